package org.rltune.envs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.rltune.env.Env;
import org.rltune.env.EnvContext;
import org.rltune.env.Envs;
import org.rltune.env.EpisodeState;
import org.rltune.env.ResetNeededException;
import org.rltune.env.StepResult;
import org.rltune.env.SyncVectorEnv;
import org.rltune.env.VectorEnv;
import org.rltune.env.VectorStep;
import org.rltune.random.Pcg64;
import org.rltune.random.Seeds;
import org.rltune.space.Box;
import org.rltune.space.Discrete;
import org.rltune.space.Space;

/** What every registered environment keeps. */
final class EnvContractTest {
    static List<String> ids() {
        assertThat(Envs.list()).contains("CartPole-v0", "CartPole-v1", "Pendulum-v1");
        return Envs.list();
    }

    @SuppressWarnings("unchecked") // the actions come from the environment's own space
    private static Env<Object, Object> make(String id) {
        return (Env<Object, Object>) Envs.make(id);
    }

    private static String text(Object observation) {
        return observation instanceof float[] floats ? java.util.Arrays.toString(floats) : observation.toString();
    }

    /** Plays to the end of an episode (or 2000 steps) with random actions, checked at every step, and tells all. */
    private static List<String> play(Env<Object, Object> env, Object first, long actionSeed) {
        Pcg64 random = new Pcg64(actionSeed);
        List<String> told = new ArrayList<>(List.of(text(first)));
        assertThat(env.observationSpace().violation(first)).isNull();
        boolean ended = false;
        while (!ended && told.size() <= 2000) {
            StepResult<Object> result = env.step(env.actionSpace().sample(random));
            assertThat(env.observationSpace().violation(result.observation())).isNull();
            assertThat(result.reward()).isFinite();
            told.add(text(result.observation()) + result.reward() + result.terminated() + result.truncated());
            ended = result.ended();
        }
        return told;
    }

    @ParameterizedTest
    @MethodSource("ids")
    void staysInItsSpacesAndRepeatsItselfForTheSameSeed(String id) {
        Env<Object, Object> env = make(id);
        List<String> first = play(env, env.reset(5).observation(), 1);
        play(env, env.reset().observation(), 2);
        assertThat(play(env, env.reset(5).observation(), 1)).isEqualTo(first);
        Env<Object, Object> other = make(id);
        assertThat(play(other, other.reset(5).observation(), 1)).isEqualTo(first);
        assertThat(play(other, other.reset(6).observation(), 1)).isNotEqualTo(first);
    }

    @ParameterizedTest
    @MethodSource("ids")
    void goesOnWithItsGeneratorWithoutASeed(String id) {
        Env<Object, Object> env = make(id);
        env.reset(5);
        List<String> second = play(env, env.reset().observation(), 1);
        env.reset(5);
        assertThat(play(env, env.reset().observation(), 1)).isEqualTo(second);
    }

    @ParameterizedTest
    @MethodSource("ids")
    void refusesStepsBeforeAResetAndAfterTheEnd(String id) {
        Env<Object, Object> env = make(id);
        Object action = env.actionSpace().sample(new Pcg64(1));
        assertThatThrownBy(() -> env.step(action)).isInstanceOf(ResetNeededException.class);
        assertThat(play(env, env.reset(1).observation(), 1)).hasSizeLessThan(2000);
        assertThatThrownBy(() -> env.step(action)).isInstanceOf(ResetNeededException.class);
    }

    @ParameterizedTest
    @MethodSource("ids")
    void isTruncatedAtItsTimeLimitAndNotBefore(String id) {
        assumeThat(Envs.spec(id).maxEpisodeSteps()).isPresent();
        int limit = Envs.spec(id).maxEpisodeSteps().getAsInt();
        for (int seed = 0; seed < 5; seed++) {
            Env<Object, Object> env = make(id);
            List<String> told = play(env, env.reset(seed).observation(), seed);
            assertThat(told.size() - 1).isLessThanOrEqualTo(limit);
            assertThat(told.get(told.size() - 1).endsWith("true")).isEqualTo(told.size() - 1 == limit);
        }
    }

    @ParameterizedTest
    @MethodSource("ids")
    void doesNotChangeAnObservationThatItReturned(String id) {
        Env<Object, Object> env = make(id);
        Object first = env.reset(1).observation();
        String before = text(first);
        play(env, first, 1);
        assertThat(text(first)).isEqualTo(before);
    }

    @ParameterizedTest
    @MethodSource("ids")
    void refusesUnknownConfigAndResetOptions(String id) {
        assertThatThrownBy(() -> Envs.make(id, Map.of("no_such_key", 1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(id)
                .hasMessageContaining("no_such_key");
        assertThatThrownBy(() -> make(id).reset(1L, Map.of("no_such_key", 1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("no_such_key");
    }

    @ParameterizedTest
    @MethodSource("ids")
    void givesBackItsSpecAsMade(String id) {
        try (Env<?, ?> env = Envs.make(id, new EnvContext(Map.of(), 1, 2, 3))) {
            assertThat(env.observationSpace()).isEqualTo(make(id).observationSpace());
            assertThat(env.actionSpace()).isEqualTo(make(id).actionSpace());
        }
    }

    @ParameterizedTest
    @MethodSource("ids")
    void continuesWithTheSameBitsWhenItsActionsAreRepeated(String id) {
        SyncVectorEnv env = new SyncVectorEnv(id, Map.of(), 2, 0, 0, Seeds.of(3));
        float[] observation = new float[2 * env.observationSize()];
        env.reset(observation);
        run(env, 1, 333);
        List<EpisodeState> states = env.save();
        SyncVectorEnv other = new SyncVectorEnv(id, Map.of(), 2, 0, 0, Seeds.of(3));
        other.restore(states, observation);
        assertThat(run(other, 2, 300)).isEqualTo(run(env, 2, 300));
    }

    private static List<String> run(VectorEnv env, long seed, int steps) {
        Pcg64 random = new Pcg64(seed);
        VectorStep out = new VectorStep(env.numEnvs(), env.observationSize());
        float[] actions = new float[env.numEnvs() * env.actionSize()];
        List<String> told = new ArrayList<>();
        for (int i = 0; i < steps; i++) {
            for (int e = 0; e < env.numEnvs(); e++) {
                draw(env.actionSpace(), random, actions, e * env.actionSize());
            }
            env.step(actions, out);
            told.add(text(out.observation) + out.reward[0] + out.reward[1] + out.ended(0) + out.ended(1));
        }
        return told;
    }

    private static void draw(Space<?> space, Pcg64 random, float[] into, int at) {
        if (space instanceof Discrete discrete) {
            into[at] = discrete.sample(random) - discrete.start();
        } else if (space instanceof Box box) {
            System.arraycopy(box.sample(random), 0, into, at, box.size());
        }
    }
}
