package org.rltune.envs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.rltune.env.Env;
import org.rltune.env.Envs;
import org.rltune.env.EpisodeReplay;
import org.rltune.env.EpisodeState;
import org.rltune.env.SyncVectorEnv;
import org.rltune.env.VectorEnv;
import org.rltune.env.VectorEnvs;
import org.rltune.env.VectorStep;
import org.rltune.random.Pcg64;
import org.rltune.random.Seeds;

/** Where the flag stands and how fast it must be passed can be set. */
final class MountainCarTasksTest {
    private static final String DISCRETE = "MountainCar-v0";
    private static final String CONTINUOUS = "MountainCarContinuous-v0";
    /** Right above where episodes begin: a swing or two, or none, leads there. */
    private static final Map<String, Object> NEAR = Map.of("goal_position", -0.39);

    @SuppressWarnings("unchecked")
    private static Env<Object, Object> make(String id) {
        return (Env<Object, Object>) Envs.make(id);
    }

    /** Pushes in the direction of the velocity, which swings the car up. */
    private static Object swing(Env<Object, Object> env, float[] seen) {
        boolean right = seen[1] >= 0;
        return env.actionSpace().valueType() == Integer.class ? (Object) (right ? 2 : 0) : new float[] {right ? 1 : -1};
    }

    private static int lengthOfEpisode(Env<Object, Object> env, float[] first) {
        float[] seen = first;
        for (int steps = 1; ; steps++) {
            var result = env.step(swing(env, seen));
            seen = (float[]) result.observation();
            if (result.ended()) {
                return steps;
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {DISCRETE, CONTINUOUS})
    void takesForceAtTheNextReset(String id) {
        try (Env<Object, Object> env = make(id)) {
            Object own = env.task().orElseThrow();
            assertThat(own).isEqualTo(Map.of("goal_position", id.equals(DISCRETE) ? 0.5 : 0.45, "goal_velocity", 0.0));
            int far = lengthOfEpisode(env, (float[]) env.reset(3).observation());
            float[] first = (float[]) env.reset(3).observation();
            env.setTask(NEAR);
            assertThat(env.task()).contains(Map.of("goal_position", -0.39, "goal_velocity", 0.0));
            assertThat(lengthOfEpisode(env, first)).as("the running episode").isEqualTo(far);
            int near = lengthOfEpisode(env, (float[]) env.reset(3).observation());
            assertThat(near).isLessThan(far / 2);
            env.setTask(own);
            assertThat(lengthOfEpisode(env, (float[]) env.reset(3).observation()))
                    .isEqualTo(far);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {DISCRETE, CONTINUOUS})
    void aSnapshotHoldsTheTaskOfTheEpisodeAndThatOfTheNext(String id) {
        for (boolean replayed : new boolean[] {false, true}) {
            try (Env<Object, Object> env = replayed ? new EpisodeReplay<>(make(id)) : make(id);
                    Env<Object, Object> other = replayed ? new EpisodeReplay<>(make(id)) : make(id)) {
                env.setTask(NEAR);
                float[] first = (float[]) env.reset(3).observation();
                env.setTask(Map.of("goal_position", 0.1));
                byte[] snapshot = env.snapshot().orElseThrow();
                int near = lengthOfEpisode(env, first);
                int next = lengthOfEpisode(env, (float[]) env.reset(4).observation());
                other.reset(1);
                other.restore(snapshot);
                assertThat(lengthOfEpisode(other, first)).isEqualTo(near);
                assertThat(lengthOfEpisode(other, (float[]) other.reset(4).observation()))
                        .isEqualTo(next)
                        .isGreaterThan(near);
            }
        }
    }

    private static List<String> run(VectorEnv env, long seed, int from, int to) {
        VectorStep out = env.newStep();
        float[] actions = new float[env.numEnvs() * env.actionSize()];
        List<String> told = new ArrayList<>();
        for (int i = from; i < to; i++) {
            if (i % 50 == 10) {
                env.setTask(Map.of("goal_position", -0.39 + 0.01 * (i / 50), "goal_velocity", 0.001 * (i / 50)));
            }
            Pcg64 random = new Pcg64(seed + i);
            boolean discrete = env.actionSpace().valueType() == Integer.class;
            for (int e = 0; e < actions.length; e++) {
                boolean right = out.observation[2 * e + 1] >= 0 ^ random.nextDouble() < 0.1;
                actions[e] = (right ? 1 : -1) + (discrete ? 1 : 0);
            }
            env.step(actions, out);
            told.add(Arrays.toString(out.observation) + Arrays.toString(out.terminated) + Arrays.toString(out.reward));
        }
        return told;
    }

    @ParameterizedTest
    @ValueSource(strings = {DISCRETE, CONTINUOUS})
    void theVectorFormGivesTheSameBitsAndGoesOnFromWhereTheOtherStood(String id) {
        Seeds seeds = Seeds.of(5);
        try (VectorEnv one = new SyncVectorEnv(id, Map.of(), 3, 1, 1, seeds);
                VectorEnv other = VectorEnvs.ofWorker(id, Map.of(), 3, 1, 1, seeds);
                VectorEnv third = VectorEnvs.ofWorker(id, Map.of(), 3, 1, 1, seeds)) {
            one.reset(new float[6]);
            other.reset(new float[6]);
            List<String> first = run(one, 8, 0, 620);
            assertThat(run(other, 8, 0, 620)).isEqualTo(first);
            assertThat(first).anyMatch(line -> line.contains("true"));
            List<EpisodeState> states = one.save();
            assertThat(other.save()).isEqualTo(states);
            assertThat(states.get(0).task()).isNotNull();
            third.setTask(one.task().orElseThrow());
            third.restore(states, new float[6]);
            assertThat(third.save()).isEqualTo(states);
            assertThat(run(third, 8, 620, 1500)).isEqualTo(run(one, 8, 620, 1500));
            assertThat(third.save()).isEqualTo(one.save());
        }
    }

    @Test
    void refusesWhatIsNoTask() {
        try (Env<Object, Object> env = make(DISCRETE)) {
            for (Object wrong : List.of(
                    "far",
                    1,
                    Map.of("goal_positon", 0.2),
                    Map.of("goal_position", "far"),
                    Map.of("goal_position", -0.4),
                    Map.of("goal_position", 0.61),
                    Map.of("goal_position", Double.NaN),
                    Map.of("goal_velocity", Double.POSITIVE_INFINITY))) {
                assertThatThrownBy(() -> env.setTask(wrong)).isInstanceOf(IllegalArgumentException.class);
            }
            assertThatThrownBy(() -> env.setTask(Map.of("goal_positon", 0.2)))
                    .hasMessageContaining("Maybe 'goal_position'?");
        }
        try (Env<Object, Object> env = make("CartPole-v1");
                VectorEnv vector = VectorEnvs.ofWorker("CartPole-v1", Map.of(), 2, 0, 0, Seeds.of(1));
                VectorEnv objects = new SyncVectorEnv("CartPole-v1", Map.of(), 2, 0, 0, Seeds.of(1))) {
            assertThat(env.task()).isEmpty();
            assertThatThrownBy(() -> env.setTask(1)).isInstanceOf(UnsupportedOperationException.class);
            assertThatThrownBy(() -> vector.setTask(1)).hasMessageContaining("vector entry point");
            assertThatThrownBy(() -> objects.setTask(1)).hasMessageContaining("task() nor setTask(Object)");
        }
    }
}
