package org.rltune.env;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.rltune.random.Pcg64;
import org.rltune.space.ArrayBox;
import org.rltune.space.Box;
import org.rltune.space.DType;
import org.rltune.space.Dict;
import org.rltune.space.Discrete;
import org.rltune.space.Graph;
import org.rltune.space.MultiBinary;
import org.rltune.space.MultiDiscrete;
import org.rltune.space.OneOf;
import org.rltune.space.Sequence;
import org.rltune.space.Space;
import org.rltune.space.Text;
import org.rltune.space.Tuple;

/** Every space with a flat form is one of observations and of actions of a vector, in every mode. */
final class VectorSpacesTest {
    private static final int ENVS = 3;

    static Stream<Space<?>> flat() {
        return Stream.of(
                Discrete.of(3),
                Discrete.of(3, -1),
                Box.of(0, 1, 1),
                Box.of(Float.NEGATIVE_INFINITY, 1, 2),
                Box.of(-10, 0, 4, 3),
                ArrayBox.uint8(0, 255, 4, 3),
                ArrayBox.of(DType.FLOAT16, -1, 1, 3),
                ArrayBox.float64(-2, 3, 2),
                ArrayBox.of(DType.INT32, -7, 9, 2),
                ArrayBox.of(DType.BOOL, 0, 1, 2),
                MultiDiscrete.of(2, 3),
                MultiDiscrete.of(new int[] {3, 4}, new int[] {-1, 2}),
                MultiBinary.of(4),
                Text.of(1, 3),
                Tuple.of(Discrete.of(3), Box.of(0, 1, 2)),
                Tuple.of(Tuple.of(Discrete.of(2), MultiBinary.of(2)), Text.of(0, 2)),
                Dict.of("pad", Discrete.of(4, 2), "place", Box.of(-1, 1, 2)),
                Dict.of("deep", Dict.of("a", Box.of(0, 1, 1), "b", MultiDiscrete.of(2, 2)), "x", Discrete.of(2)),
                OneOf.of(Discrete.of(3), Box.of(0, 1, 1)));
    }

    static Stream<Space<?>> notFlat() {
        return Stream.of(
                Sequence.of(Discrete.of(3)),
                Graph.of(Box.of(0, 1, 2), Discrete.of(2)),
                Tuple.of(Discrete.of(2), Sequence.of(Box.of(0, 1, 1))),
                Dict.of("a", Sequence.of(Discrete.of(3))));
    }

    /** Answers with an observation of its generator; told are the action that came and the observation itself. */
    private static final class Sampling extends SeededEnv<Object, Object> {
        private final Space<Object> space;
        private int steps;

        @SuppressWarnings("unchecked") // samples of the space are of its type
        Sampling(Space<?> space) {
            super((Space<Object>) space, (Space<Object>) space);
            this.space = (Space<Object>) space;
        }

        @Override
        protected Object start(Map<String, Object> options) {
            steps = 0;
            return space.sample(random());
        }

        @Override
        public StepResult<Object> step(Object action) {
            Object observation = space.sample(random());
            Object kept = action instanceof float[] floats ? floats.clone() : action;
            return new StepResult<>(observation, 1, ++steps == 3, false, Map.of("came", kept, "seen", observation));
        }
    }

    private static float[] flatten(Space<?> space, Object value) {
        return typed(space).flatten(value);
    }

    @SuppressWarnings("unchecked") // values of the space
    private static Space<Object> typed(Space<?> space) {
        return (Space<Object>) space;
    }

    @ParameterizedTest
    @MethodSource("flat")
    void takesEverySpaceWithAFlatForm(Space<?> space) {
        for (AutoresetMode mode : AutoresetMode.values()) {
            for (VectorMode way : List.of(VectorMode.SYNC, VectorMode.THREADED)) {
                VectorOptions options =
                        VectorOptions.defaults().withMode(way).withThreads(2).withAutoreset(mode);
                try (VectorEnv env =
                        Envs.makeVec(EnvSpec.of("test/Sampling-v0", c -> new Sampling(space)), ENVS, options)) {
                    steps(env, space, mode);
                }
            }
        }
    }

    private static void steps(VectorEnv env, Space<?> space, AutoresetMode mode) {
        assertThat(env.observationSpace()).isEqualTo(space);
        assertThat(env.actionSpace()).isEqualTo(space);
        VectorStep out = env.newStep();
        env.reset(VectorReset.seed(5), out);
        Pcg64 random = new Pcg64(7);
        FlatActions code = FlatActions.of(space);
        for (int k = 1; k <= 3; k++) {
            float[] actions = new float[ENVS * env.actionSize()];
            Object[] given = new Object[ENVS];
            for (int e = 0; e < ENVS; e++) {
                given[e] = space.sample(random);
                code.encode(given[e], actions, e * env.actionSize());
            }
            env.step(actions, out);
            boolean last = k == 3;
            VectorInfos told = last && mode == AutoresetMode.SAME_STEP ? out.finalInfos() : out.infos();
            float[] where = last && mode == AutoresetMode.SAME_STEP ? out.finalObservation : out.observation;
            int size = env.observationSize();
            for (int e = 0; e < ENVS; e++) {
                assertThat(out.terminated[e]).isEqualTo(last);
                Object came = told.of(e).get("came");
                assertThat(space.violationOf(came)).isNull();
                assertThat(flatten(space, came)).as("%s %s", came, given[e]).isEqualTo(flatten(space, given[e]));
                assertThat(Arrays.copyOfRange(where, e * size, (e + 1) * size))
                        .isEqualTo(flatten(space, told.of(e).get("seen")));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("notFlat")
    void refusesTheOthersWithTheRemedy(Space<?> space) {
        assertThatThrownBy(() -> Envs.makeVec(
                        EnvSpec.of("test/Sampling-v0", c -> new Sampling(space)), ENVS, VectorOptions.defaults()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("test/Sampling-v0")
                .hasMessageContaining("no flat form");
    }
}
