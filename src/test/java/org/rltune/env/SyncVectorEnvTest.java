package org.rltune.env;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.rltune.random.Seeds;
import org.rltune.space.Box;
import org.rltune.space.Discrete;
import org.rltune.space.Sequence;
import org.rltune.space.Space;

final class SyncVectorEnvTest {
    private static final String WALK = "test/Walk-v0";
    private static final String STEER = "test/Steer-v0";

    @BeforeEach
    void register() {
        Envs.replace(EnvSpec.of(WALK, context -> new WalkEnv()).withMaxEpisodeSteps(60));
        Envs.replace(EnvSpec.of(STEER, context -> new SteerEnv()).withMaxEpisodeSteps(50));
        Envs.replace(EnvSpec.of(FaultyEnv.ID, FaultyEnv::new));
    }

    @AfterEach
    void unregister() {
        List.of(WALK, STEER, FaultyEnv.ID).forEach(Envs::unregister);
    }

    private static SyncVectorEnv make(String id, Map<String, Object> config, int envs) {
        return new SyncVectorEnv(id, config, envs, 2, 3, Seeds.of(1));
    }

    @Nested
    final class OfDiscreteActions extends VectorEnvContract {
        @Override
        protected VectorEnv make(int envs, long seed) {
            return new SyncVectorEnv(WALK, Map.of(), envs, 0, 0, Seeds.of(seed));
        }
    }

    @Nested
    final class OfBoxActions extends VectorEnvContract {
        @Override
        protected VectorEnv make(int envs, long seed) {
            return new SyncVectorEnv(STEER, Map.of(), envs, 1, 1, Seeds.of(seed));
        }
    }

    @Test
    void beginsEachEpisodeWithTheSeedOfItsPlaceAndNumber() {
        Seeds seeds = Seeds.of(1);
        float[] observation = new float[6];
        make(WALK, Map.of(), 3).restart(new long[] {0, 4, 2}, observation);
        long[] episode = {0, 4, 2};
        for (int e = 0; e < 3; e++) {
            float[] alone =
                    new WalkEnv().reset(seeds.seed("episode", 2, e, episode[e])).observation();
            assertThat(observation[2 * e]).isEqualTo(alone[0]);
        }
    }

    @Test
    void tellsTheCreatorItsPlace() {
        StringBuilder places = new StringBuilder();
        Envs.replace(EnvSpec.of(WALK, context -> {
            places.append(context.workerIndex()).append(context.vectorIndex()).append(context.numWorkers());
            assertThat(context.config()).isEqualTo(Map.of("a", 1));
            return new WalkEnv();
        }));
        make(WALK, Map.of("a", 1), 2).close();
        assertThat(places).hasToString("203213");
    }

    @Test
    void addsTheStartOfADiscreteSpace() {
        Integer[] seen = {null};
        Envs.replace(EnvSpec.of(WALK, context -> new SeededEnv<float[], Integer>(Box.of(0, 1, 1), Discrete.of(3, 5)) {
            @Override
            protected float[] start(Map<String, Object> options) {
                return new float[1];
            }

            @Override
            public StepResult<float[]> step(Integer action) {
                seen[0] = action;
                return new StepResult<>(new float[1], 0, false, false);
            }
        }));
        SyncVectorEnv env = make(WALK, Map.of(), 1);
        env.reset(new float[1]);
        env.step(new float[] {2}, new VectorStep(1, 1));
        assertThat(seen[0]).isEqualTo(7);
        for (float wrong : new float[] {-1, 3, 0.5f}) {
            assertThatThrownBy(() -> env.step(new float[] {wrong}, new VectorStep(1, 1)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining(Float.toString(wrong))
                    .hasMessageContaining("from 0 to 2");
        }
    }

    @Test
    void handsBoxActionsOnAsTheyAre() {
        SyncVectorEnv env = make(STEER, Map.of(), 1);
        env.reset(new float[4]);
        VectorStep out = new VectorStep(1, 4);
        env.step(new float[] {50, -50, 0, 0}, out);
        assertThat(out.observation[0]).isBetween(50f, 51.1f);
        assertThat(out.observation[1]).isBetween(-50f, -49.9f);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "nan | observation index 1: value NaN must be a finite number within [-2.4, 2.4]",
                "bound | observation index 2: value 5.0 is outside the bounds [-2.4, 2.4]",
                "length | the observation has the length 4",
                "null | the observation is null",
                "no result | step returned null",
                "type | double[]",
                "reward | the reward is NaN",
                "endless reward | the reward is Infinity",
                "throw | step failed: java.lang.ArithmeticException: by zero",
            })
    void namesThePlaceOfWhatIsWrong(String fault, String message) {
        SyncVectorEnv env = make(FaultyEnv.ID, FaultyEnv.with(fault), 2);
        env.restart(new long[] {7, 8}, new float[6]);
        VectorStep out = new VectorStep(2, 3);
        env.step(new float[2], out);
        env.step(new float[2], out);
        assertThatThrownBy(() -> env.step(new float[2], out))
                .isInstanceOf(EnvException.class)
                .hasMessageStartingWith("Faulty-v0 (worker 2, vector index 0), episode 7, step 3: ")
                .hasMessageContaining(message);
    }

    @Test
    void checksTheFirstObservationToo() {
        SyncVectorEnv env = make(FaultyEnv.ID, FaultyEnv.with("reset"), 1);
        assertThatThrownBy(() -> env.reset(new float[3]))
                .hasMessageContaining("step 0")
                .hasMessageContaining("index 1: value 9.0");
    }

    @Test
    void refusesInfiniteObservationsEvenWithinInfiniteBounds() {
        SyncVectorEnv env = make(STEER, Map.of(), 1);
        env.reset(new float[4]);
        VectorStep out = new VectorStep(1, 4);
        float[] push = {Float.MAX_VALUE, 0, 0, 0};
        env.step(push, out);
        assertThatThrownBy(() -> env.step(push, out))
                .isInstanceOf(EnvException.class)
                .hasMessageContaining("Infinity");
    }

    @Test
    void saysWhenAnEpisodeDoesNotRepeatItself() {
        int[] made = {0};
        Envs.replace(EnvSpec.of(WALK, context -> {
            int limit = made[0]++ == 0 ? 60 : 3;
            return new TimeLimit<>(new WalkEnv(), limit);
        }));
        SyncVectorEnv first = make(WALK, Map.of(), 1);
        first.reset(new float[2]);
        for (int i = 0; i < 10; i++) {
            first.step(new float[] {1}, new VectorStep(1, 2));
        }
        SyncVectorEnv second = make(WALK, Map.of(), 1);
        assertThatThrownBy(() -> second.restore(first.save(), new float[2]))
                .isInstanceOf(EnvException.class)
                .hasMessageContaining("episode 0, step 3")
                .hasMessageContaining("same seed and actions");
    }

    @Test
    void refusesSpacesWithoutAFlatForm() {
        Space<List<Object>> letters = Sequence.of(Discrete.of(4));
        Envs.replace(EnvSpec.of(WALK, context -> new SeededEnv<List<Object>, Integer>(letters, Discrete.of(2)) {
            @Override
            protected List<Object> start(Map<String, Object> options) {
                return List.of();
            }

            @Override
            public StepResult<List<Object>> step(Integer action) {
                return new StepResult<>(List.of(), 0, false, false);
            }
        }));
        assertThatThrownBy(() -> make(WALK, Map.of(), 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(WALK)
                .hasMessageContaining("observation space Sequence");
    }

    @Test
    void refusesEnvironmentsWithDifferentSpaces() {
        Envs.replace(EnvSpec.of(WALK, context -> context.vectorIndex() == 1 ? new SteerEnv() : new WalkEnv()));
        assertThatThrownBy(() -> make(WALK, Map.of(), 2))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("vector index 1")
                .hasMessageContaining("spaces differ");
    }

    @Test
    void allocatesNothingOfItsOwnPerStep() {
        StepResult<float[]> always = new StepResult<>(new float[2], 0, false, false);
        Envs.replace(EnvSpec.of(WALK, context -> new SeededEnv<float[], Integer>(Box.of(0, 1, 2), Discrete.of(2)) {
            @Override
            protected float[] start(Map<String, Object> options) {
                return new float[2];
            }

            @Override
            public StepResult<float[]> step(Integer action) {
                return always;
            }
        }));
        SyncVectorEnv env = make(WALK, Map.of(), 4);
        env.reset(new float[8]);
        VectorStep out = new VectorStep(4, 2);
        float[] action = new float[4];
        var threads = (com.sun.management.ThreadMXBean) java.lang.management.ManagementFactory.getThreadMXBean();
        // The record of actions grows by doubling: from 16384 steps on, the next 4000 fit.
        for (int i = 0; i < 17000; i++) {
            env.step(action, out);
        }
        long thread = Thread.currentThread().getId();
        long before = threads.getThreadAllocatedBytes(thread);
        for (int i = 0; i < 4000; i++) {
            env.step(action, out);
        }
        assertThat(threads.getThreadAllocatedBytes(thread) - before)
                .as("bytes in 16000 steps; one object per step would be 256000")
                .isLessThan(100_000);
    }

    @Test
    void comparesStatesByValueAndCopiesThem() {
        float[] actions = {1, 2};
        EpisodeState state = new EpisodeState(3, actions);
        actions[0] = 9;
        state.actions()[1] = 9;
        assertThat(state).isEqualTo(new EpisodeState(3, new float[] {1, 2}));
        assertThat(state).hasSameHashCodeAs(new EpisodeState(3, new float[] {1, 2}));
        assertThat(state).isNotEqualTo(new EpisodeState(4, new float[] {1, 2}));
        assertThatThrownBy(() -> new EpisodeState(-1, actions)).isInstanceOf(IllegalArgumentException.class);
    }
}
