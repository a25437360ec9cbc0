package org.rltune.space;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.rltune.json.Json;
import org.rltune.random.Pcg64;

final class DictTest extends SpaceContract<Map<String, Object>> {
    private static final Dict NESTED = Dict.of(
            "a",
            Box.of(0, 1, 3, 3),
            "b",
            Dict.of("b_1", Box.of(-100, 100, 2), "b_2", Box.of(-1, 1, 2)),
            "c",
            Discrete.of(5));

    @Override
    List<Dict> spaces() {
        return List.of(
                NESTED,
                Dict.of("a", Discrete.of(2), "b", Discrete.of(2)),
                Dict.of("b", Discrete.of(2), "a", Discrete.of(2)),
                Dict.of("a", Discrete.of(2), "c", Discrete.of(2)),
                Dict.of("x", Text.of(2), "y", OneOf.of(Discrete.of(2), Box.of(0, 1, 2))),
                Dict.of("s", Sequence.of(Discrete.of(2))));
    }

    @Test
    void sortsTheKeysOfMapsWithoutOrderOnly() {
        Map<String, Space<?>> plain = Map.of("b", Discrete.of(2), "a", Discrete.of(3), "B", Discrete.of(4));
        assertThat(Dict.of(plain).spaces().keySet()).containsExactly("B", "a", "b");
        Map<String, Space<?>> ordered = new LinkedHashMap<>();
        ordered.put("b", Discrete.of(2));
        ordered.put("a", Discrete.of(3));
        assertThat(Dict.of(ordered).spaces().keySet()).containsExactly("b", "a");
        assertThat(Dict.sorted(ordered).spaces().keySet()).containsExactly("a", "b");
        assertThat(Dict.of(Map.of("a", Discrete.of(2), "b", Discrete.of(2)))).isEqualTo(spaces().get(1));
        ordered.clear();
    }

    /** Python compares U+FF21 with U+1F600 by their numbers, UTF-16 by its units. */
    @Test
    void sortsKeysByCodePoints() {
        Map<String, Space<?>> map = Map.of("\ud83d\ude00", Discrete.of(2), "\uff21", Discrete.of(3));
        assertThat(Dict.of(map).spaces().keySet()).containsExactly("\uff21", "\ud83d\ude00");
    }

    @Test
    void givesTheSpaceOfEachKey() {
        assertThat(NESTED.get("c")).isEqualTo(Discrete.of(5));
        assertThat(NESTED.spaces()).hasSize(3).containsKey("a").doesNotContainKey("d");
        refuses(() -> NESTED.get("d"), "The key is d", "[a, b, c]");
        assertThat(Dict.of("a", Discrete.of(2), "b", Discrete.of(3)))
                .hasToString("Dict('a': Discrete(2), 'b': Discrete(3))");
    }

    @Test
    void saysWhichKeyIsWrong() {
        Dict space = Dict.of("a", Discrete.of(2), "b", Box.of(0, 1));
        assertThat(space.violation(Map.of("b", new float[1], "a", 1))).isNull();
        assertThat(space.violation(Map.of("b", new float[1], "a", 2)))
                .isEqualTo("key 'a': value 2 is above the bound 1");
        assertThat(space.violation(Map.of("a", 1))).isEqualTo("the keys are [a], but they must be [a, b]");
        assertThat(space.violation(Map.of("a", 1, "b", "x"))).startsWith("key 'b': the value is a String");
        refuses(() -> space.flatten(Map.of("a", 1)), "there is no value");
        refuses(() -> space.fromJsonable(Map.of("a", 1)), "The value has the keys [a]", "[a, b]");
    }

    @Test
    void seedsEachPartByItself() {
        SeedTree seeds = SeedTree.named(Map.of(
                "a", SeedTree.of(0),
                "b", SeedTree.named(Map.of("b_1", SeedTree.of(1), "b_2", SeedTree.of(2))),
                "c", SeedTree.of(3)));
        SpaceSampler<Map<String, Object>> sampler = SpaceSampler.of(NESTED, seeds);
        assertThat(sampler.seeds()).isEqualTo(seeds).hasToString("{a=0, b={b_1=1, b_2=2}, c=3}");
        Pcg64[] generators = {new Pcg64(0), new Pcg64(1), new Pcg64(2), new Pcg64(3)};
        for (int i = 0; i < 10; i++) {
            Map<String, Object> value = sampler.sample();
            Map<?, ?> b = (Map<?, ?>) value.get("b");
            equal(value.get("a"), Box.of(0, 1, 3, 3).sample(generators[0]));
            equal(b.get("b_1"), Box.of(-100, 100, 2).sample(generators[1]));
            equal(b.get("b_2"), Box.of(-1, 1, 2).sample(generators[2]));
            equal(value.get("c"), Discrete.of(5).sample(generators[3]));
        }
    }

    @Test
    void refusesSeedsAndMasksWithOtherKeys() {
        Dict space = spaces().get(1);
        refuses(
                () -> SpaceSampler.of(space, SeedTree.named(Map.of("a", SeedTree.of(1)))),
                "The seeds have the keys [a]",
                "[a, b]");
        refuses(() -> SpaceSampler.of(space, SeedTree.each(1, 2)), "have no names");
        refuses(() -> space.sampler(0).sample(Mask.named(Map.of("a", Mask.of(1, 0)))), "The mask has the keys [a]");
        refuses(() -> space.sampler(0).sample(Mask.of(1)), "Mask.named");
        Map<String, Object> value = space.sampler(0).sample(Mask.named(Map.of("a", Mask.of(0, 1), "b", Mask.of(1, 0))));
        assertThat(value).isEqualTo(Map.of("a", 1, "b", 0));
    }

    @Test
    void hasTheFlatFormsOfItsPartsInTheOrderOfTheKeys() {
        Dict space = Dict.of("z", Discrete.of(2), "a", Box.of(-1, 2, 2));
        Map<String, Object> value = Map.of("a", new float[] {0.5f, -1}, "z", 1);
        assertThat(space.flatten(value)).containsExactly(0, 1, 0.5f, -1);
        assertThat(Json.write(space.toJsonable(value))).isEqualTo("{\"z\":1,\"a\":[0.5,-1.0]}");
    }

    @Test
    void refusesPairsThatMakeNoSpace() {
        refuses(() -> Dict.of("a", Discrete.of(2), "b"), "1 arguments", "a space for each key");
        refuses(() -> Dict.of("a", Discrete.of(2), "b", "Box"), "is b and Box", "a text and a space");
        refuses(() -> Dict.of("a", Discrete.of(2), "a", Discrete.of(3)), "'a' comes twice");
        Map<String, Object> json = new LinkedHashMap<>(spaces().get(1).toJson());
        json.put("keys", List.of("a", "a"));
        refuses(() -> Space.fromJson(json), "keys[1] is a", "came before");
        json.put("keys", List.of("a"));
        refuses(() -> Space.fromJson(json), "keys has 1 elements", "must be 2");
    }
}
