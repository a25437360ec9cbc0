package org.rltune.space;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.rltune.json.Json;
import org.rltune.random.Pcg64;

final class TupleTest extends SpaceContract<List<Object>> {
    @Override
    List<Tuple> spaces() {
        return List.of(
                Tuple.of(Discrete.of(5), Discrete.of(4)),
                Tuple.of(Discrete.of(4), Discrete.of(5)),
                Tuple.of(Discrete.of(5), Tuple.of(Box.of(0, 1, 3), Discrete.of(2))),
                Tuple.of(Text.of(3), MultiBinary.of(2), ArrayBox.uint8(0, 9, 2)),
                Tuple.of(List.of(Discrete.of(2), Sequence.of(Discrete.of(3)))),
                Tuple.of(Discrete.of(2), Graph.of(Discrete.of(3), null)));
    }

    @Test
    void keepsItsSpacesInOrder() {
        assertThat(spaces().get(0).spaces()).containsExactly(Discrete.of(5), Discrete.of(4));
        assertThat(spaces().get(0)).hasToString("Tuple(Discrete(5), Discrete(4))");
    }

    @Test
    void saysWhichPartIsWrong() {
        Tuple space = Tuple.of(Discrete.of(2), Box.of(-1, 0, 2));
        assertThat(space.violation(List.of(1, new float[] {0, -1}))).isNull();
        assertThat(space.violation(List.of(2, new float[] {0, -1}))).isEqualTo("part 0: value 2 is above the bound 1");
        assertThat(space.violation(List.of(1, new float[] {0, 1})))
                .isEqualTo("part 1: index 1: value 1.0 is above the bound 0.0");
        assertThat(space.violation(List.of(1))).isEqualTo("the length is 1, but there are 2 spaces");
        assertThat(space.violation(List.of(1, new double[2])))
                .isEqualTo("part 1: the value is a double[], but one of Box(-1.0, 0.0, (2,)) is a float[]");
        assertThat(space.violation(java.util.Arrays.asList(1, null))).isEqualTo("part 1: there is no value");
        refuses(() -> space.flatten(List.of(1)), "has 1 elements");
        refuses(() -> space.flatten(List.of(1, "x")), "the value is a String");
        refuses(() -> space.toJsonable(List.of(1, "x")), "the value is a String");
        refuses(() -> space.fromJsonable(List.of(1)), "value has 1 elements", "must be 2");
    }

    /** Each part has a generator of its own, which its seed alone determines. */
    @Test
    void seedsEachPartByItself() {
        Tuple space = Tuple.of(Discrete.of(5), Dict.of("b", Box.of(0, 1), "a", Discrete.of(9)));
        SeedTree seeds = SeedTree.each(
                List.of(SeedTree.of(1), SeedTree.named(Map.of("a", SeedTree.of(2), "b", SeedTree.of(3)))));
        SpaceSampler<List<Object>> sampler = SpaceSampler.of(space, seeds);
        assertThat(sampler.seeds()).isEqualTo(seeds);
        assertThat(sampler.space()).isEqualTo(space);
        Pcg64[] generators = {new Pcg64(1), new Pcg64(2), new Pcg64(3)};
        for (int i = 0; i < 10; i++) {
            List<Object> value = sampler.sample();
            Map<?, ?> map = (Map<?, ?>) value.get(1);
            equal(value.get(0), Discrete.of(5).sample(generators[0]));
            equal(map.get("a"), Discrete.of(9).sample(generators[1]));
            equal(map.get("b"), Box.of(0, 1).sample(generators[2]));
        }
    }

    @Test
    void refusesSeedsThatDoNotFit() {
        Tuple space = spaces().get(0);
        refuses(() -> SpaceSampler.of(space, SeedTree.each(1)), "There are 1 seeds", "needs 2");
        refuses(() -> SpaceSampler.of(space, SeedTree.named(Map.of("a", SeedTree.of(1)))), "have names");
        refuses(() -> SpaceSampler.of(Discrete.of(3), SeedTree.each(1)), "Discrete(3) has none", "one number");
        refuses(() -> SeedTree.each(-1), "seed is -1");
    }

    @Test
    void masksEachPart() {
        Tuple space = Tuple.of(Discrete.of(3), Box.of(0, 1), Discrete.of(3));
        Mask mask = Mask.each(Mask.of(0, 0, 1), Mask.none(), Mask.of(1, 0, 0));
        SpaceSampler<List<Object>> sampler = space.sampler(0);
        for (int i = 0; i < 20; i++) {
            List<Object> value = sampler.sample(mask);
            assertThat(List.of(value.get(0), value.get(2))).isEqualTo(List.of(2, 0));
        }
        refuses(() -> sampler.sample(Mask.each(Mask.none())), "has 1 parts", "must be 3");
        refuses(() -> sampler.sample(Mask.each(Mask.none(), Mask.of(1), Mask.none())), "takes none");
        refuses(() -> Mask.each(Mask.of(1), Mask.none(), Mask.probability(1)), "never both");
    }

    @Test
    void drawsItsPartsInOrderFromOneGenerator() {
        Pcg64 random = new Pcg64(4);
        List<Object> value = spaces().get(0).sample(new Pcg64(4));
        assertThat(value)
                .containsExactly(Discrete.of(5).sample(random), Discrete.of(4).sample(random));
    }

    @Test
    void hasTheFlatFormsOfItsPartsOneAfterTheOther() {
        Tuple space = Tuple.of(Discrete.of(3), Box.of(-1, 2, 2));
        assertThat(space.flatten(List.of(1, new float[] {0.5f, -1}))).containsExactly(0, 1, 0, 0.5f, -1);
        assertThat(space.flattened()).isEqualTo(Box.of(new float[] {0, 0, 0, -1, -1}, new float[] {1, 1, 1, 2, 2}));
        assertThat(Json.write(space.toJsonable(List.of(1, new float[] {0.5f, -1}))))
                .isEqualTo("[1,[0.5,-1.0]]");
    }

    @Test
    void refusesPartsThatAreMissing() {
        refuses(() -> Tuple.of(Discrete.of(2), null), "spaces[1] is null", "a space");
        refuses(() -> OneOf.of(Discrete.of(2), null), "spaces[1] is null", "a space");
        refuses(() -> Mask.each(null, Mask.none()), "parts[0] is null", "Mask.none()");
        Map<String, Space<?>> map = new LinkedHashMap<>();
        map.put("a", null);
        refuses(() -> Dict.of(map), "spaces[a] is null", "a space");
        map.put(null, map.remove("a"));
        refuses(() -> Dict.of(map), "spaces[null] is null", "under a key");
    }

    @Test
    void mayBeEmptyButHasNoFlatBoxThen() {
        assertThat(Tuple.of().sample(new Pcg64(0))).isEmpty();
        assertThat(Tuple.of().flatSize()).isZero();
        refuses(() -> Tuple.of().flattened(), "is empty");
    }
}
