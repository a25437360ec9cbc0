package org.rltune.space;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
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
            for (int i = 0; i < 500; i++) {
                T value = space.sample(random);
                assertThat(space.violation(value)).as(space.toString()).isNull();
                assertThat(space.contains(value)).isTrue();
            }
        }
    }

    @Test
    void samplesTheSameFromTheSameState() {
        for (Space<T> space : spaces()) {
            assertThat(space.sample(new Pcg64(1))).isEqualTo(space.sample(new Pcg64(1)));
        }
    }

    @Test
    void comesBackFromJson() {
        for (Space<T> space : spaces()) {
            String text = Json.write(space.toJson());
            Space<?> read = Space.fromJson(Json.asObject(Json.parse(text, "space"), "space"));
            assertThat(read).isEqualTo(space).hasSameHashCodeAs(space).hasToString(space.toString());
            assertThat(Space.fromJson(space.toJson())).isEqualTo(space);
        }
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
        }
    }
}
