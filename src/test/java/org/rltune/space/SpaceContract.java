package org.rltune.space;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.rltune.json.Json;
import org.rltune.random.Pcg64;

/** What holds for every space. */
abstract class SpaceContract<T> {
    /** Different spaces of the type. */
    abstract List<? extends Space<T>> spaces();

    @Test
    void containsWhatItSamples() {
        for (Space<T> space : spaces()) {
            Pcg64 random = new Pcg64(5);
            SpaceSampler<T> sampler = space.sampler(6);
            for (int i = 0; i < 200; i++) {
                for (T value : List.of(space.sample(random), sampler.sample())) {
                    assertThat(space.violation(value)).as(space.toString()).isNull();
                    assertThat(space.violationOf(value)).isNull();
                    assertThat(space.contains(value)).isTrue();
                }
            }
        }
    }

    @Test
    void samplesTheSameFromTheSameState() {
        for (Space<T> space : spaces()) {
            equal(space.sample(new Pcg64(1)), space.sample(new Pcg64(1)));
            SpaceSampler<T> one = space.sampler(3);
            SpaceSampler<T> two = SpaceSampler.of(space, one.seeds());
            for (int i = 0; i < 10; i++) {
                equal(two.sample(), one.sample());
            }
        }
    }

    @Test
    void comesBackFromJson() {
        for (Space<T> space : spaces()) {
            String text = Json.write(space.toJson());
            Space<?> read = Space.fromJson(Json.asObject(Json.parse(text, "space"), "space"));
            assertThat(read).isEqualTo(space).hasSameHashCodeAs(space).hasToString(space.toString());
            assertThat(Space.fromJson(space.toJson())).isEqualTo(space);
            equal(((Space<?>) read).sampler(4).sample(), space.sampler(4).sample());
        }
    }

    @Test
    void bringsItsValuesBackFromJson() {
        for (Space<T> space : spaces()) {
            SpaceSampler<T> sampler = space.sampler(8);
            for (int i = 0; i < 20; i++) {
                T value = sampler.sample();
                String text = Json.write(space.toJsonable(value));
                equal(space.fromJsonable(Json.parse(text, "value")), value);
            }
        }
    }

    /** The flat form has a 32-bit float for each number; the spaces of the contract have no larger ones to lose. */
    @Test
    void bringsItsValuesBackFromTheFlatForm() {
        for (Space<T> space : spaces()) {
            SpaceSampler<T> sampler = space.sampler(9);
            if (!space.isFlattenable()) {
                T value = sampler.sample();
                hasNoFlatForm(space::flatSize);
                hasNoFlatForm(() -> space.flatten(value, new float[9], 0));
                hasNoFlatForm(() -> space.unflatten(new float[9], 0));
                hasNoFlatForm(space::flattened);
                continue;
            }
            int size = space.flatSize();
            Box flat = space.flattened();
            assertThat(flat.shape()).containsExactly(size);
            for (int i = 0; i < 20; i++) {
                T value = sampler.sample();
                assertThat(flat.violation(space.flatten(value))).isNull();
                float[] room = new float[size + 3];
                java.util.Arrays.fill(room, 7);
                space.flatten(value, room, 2);
                assertThat(new float[] {room[0], room[1], room[size + 2]}).containsOnly(7);
                if (keepsItsValuesFlat(space)) {
                    equal(space.unflatten(room, 2), value);
                }
            }
        }
    }

    boolean keepsItsValuesFlat(Space<T> space) {
        return true;
    }

    private static void hasNoFlatForm(ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOf(UnsupportedOperationException.class)
                .hasMessageContaining("has no flat form of one size");
    }

    @Test
    void equalsOnlyItsLike() {
        List<? extends Space<T>> once = spaces();
        List<? extends Space<T>> again = spaces();
        for (int i = 0; i < once.size(); i++) {
            for (int j = 0; j < again.size(); j++) {
                assertThat(once.get(i).equals(again.get(j)))
                        .as("%s, %s", once.get(i), again.get(j))
                        .isEqualTo(i == j);
            }
            assertThat(once.get(i).equals((Object) "a text")).isFalse();
        }
    }

    @Test
    void saysWhatIsWrongWithValuesOfOtherTypes() {
        for (Space<T> space : spaces()) {
            assertThat(space.violationOf(null)).isEqualTo("there is no value");
            assertThat(space.violationOf(new StringBuilder("x")))
                    .startsWith("the value is a StringBuilder, but one of ");
            assertThat(space.valueType())
                    .isAssignableFrom(space.sample(new Pcg64(0)).getClass());
        }
    }

    @Test
    void refusesMasksForOtherSpaces() {
        Mask strange = Mask.each(Mask.text(Mask.none()), Mask.named(java.util.Map.of()), Mask.each(), Mask.each());
        for (Space<T> space : spaces()) {
            refuses(() -> space.sampler(0).sample(strange), "ask");
            refuses(() -> space.sampler(0).sample(Mask.sequence(Mask.text(2, Mask.of(1)))), "ask");
            refuses(() -> space.sampler(-1), "seed is -1");
        }
    }

    static void equal(Object actual, Object expected) {
        assertThat(Values.equal(actual, expected))
                .as("%s, expected %s", Values.text(actual), Values.text(expected))
                .isTrue();
    }

    static void refuses(ThrowingCallable call, String... parts) {
        assertThatIllegalArgumentException()
                .isThrownBy(call)
                .satisfies(e -> assertThat(e.getMessage()).contains(parts));
    }
}
