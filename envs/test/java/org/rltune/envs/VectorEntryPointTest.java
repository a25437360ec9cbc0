package org.rltune.envs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.rltune.env.AutoresetMode;
import org.rltune.env.EnvSpec;
import org.rltune.env.Envs;
import org.rltune.env.EpisodeState;
import org.rltune.env.SyncVectorEnv;
import org.rltune.env.VectorEnv;
import org.rltune.env.VectorEnvs;
import org.rltune.env.VectorMode;
import org.rltune.env.VectorOptions;
import org.rltune.env.VectorReset;
import org.rltune.env.VectorStep;
import org.rltune.random.Pcg64;
import org.rltune.random.Seeds;
import org.rltune.space.Box;
import org.rltune.space.Discrete;

/** Every vector entry point gives the bits of its environment, one after the other. */
final class VectorEntryPointTest {
    private static final int ENVS = 5;
    private static final Seeds SEEDS = Seeds.of(11);

    /** An environment with a config. */
    private record Kind(String id, Map<String, Object> config) {}

    static List<Kind> kinds() {
        List<Kind> kinds = new ArrayList<>();
        for (String id : Envs.list()) {
            if (Envs.spec(id).vectorEntryPoint().isPresent()) {
                kinds.add(new Kind(id, Map.of()));
            }
        }
        kinds.add(new Kind("CartPole-v1", Map.of("sutton_barto_reward", true)));
        kinds.add(new Kind("MountainCar-v0", Map.of("goal_velocity", 0.02)));
        kinds.add(new Kind("MountainCarContinuous-v0", Map.of("goal_velocity", 0.02)));
        kinds.add(new Kind("Pendulum-v1", Map.of("g", 9.81)));
        kinds.add(new Kind("Acrobot-v1", Map.of("book_or_nips", "nips", "torque_noise_max", 0.3)));
        return kinds;
    }

    private static VectorEnv objects(Kind kind, int envs) {
        return new SyncVectorEnv(kind.id, kind.config, envs, 2, 3, SEEDS);
    }

    private static VectorEnv together(Kind kind, int envs) {
        return VectorEnvs.ofWorker(kind.id, kind.config, envs, 2, 3, SEEDS);
    }

    /** Actions of the space; where they are numbers, one of ten lies outside. */
    private static void draw(VectorEnv env, Pcg64 random, float[] actions) {
        for (int i = 0; i < actions.length; i++) {
            if (env.actionSpace() instanceof Discrete discrete) {
                actions[i] = random.integers(0, discrete.n());
            } else if (env.actionSpace() instanceof Box box) {
                int j = i % env.actionSize();
                double stretch = random.nextDouble() < 0.1 ? 3 : 1;
                actions[i] = (float) (stretch * random.uniform(box.low()[j], box.high()[j]));
            }
        }
    }

    private static List<String> run(VectorEnv env, long seed, int steps) {
        Pcg64 random = new Pcg64(seed);
        VectorStep out = env.newStep();
        float[] actions = new float[env.numEnvs() * env.actionSize()];
        List<String> told = new ArrayList<>();
        for (int i = 0; i < steps; i++) {
            draw(env, random, actions);
            env.step(actions, out);
            StringBuilder text = new StringBuilder(Arrays.toString(out.observation))
                    .append(Arrays.toString(out.reward))
                    .append(Arrays.toString(out.terminated))
                    .append(Arrays.toString(out.truncated));
            for (int e = 0; e < env.numEnvs(); e++) {
                if (out.ended(e)) {
                    int size = env.observationSize();
                    text.append(Arrays.toString(Arrays.copyOfRange(out.finalObservation, e * size, (e + 1) * size)))
                            .append(out.episodeReturn[e])
                            .append(out.episodeLength[e]);
                }
            }
            told.add(text.toString());
        }
        return told;
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void givesTheBitsOfSingleEnvironments(Kind kind) {
        VectorEnv one = objects(kind, ENVS);
        VectorEnv other = together(kind, ENVS);
        assertThat(other.observationSpace()).isEqualTo(one.observationSpace());
        assertThat(other.actionSpace()).isEqualTo(one.actionSpace());
        float[] expected = new float[ENVS * one.observationSize()];
        float[] actual = expected.clone();
        one.reset(expected);
        other.reset(actual);
        assertThat(actual).isEqualTo(expected);
        assertThat(run(other, 4, 2500)).isEqualTo(run(one, 4, 2500));
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void goesOnWhereSingleEnvironmentsWereSavedAndTheOtherWayRound(Kind kind) {
        for (boolean swap : new boolean[] {false, true}) {
            VectorEnv saved = swap ? objects(kind, ENVS) : together(kind, ENVS);
            VectorEnv restored = swap ? together(kind, ENVS) : objects(kind, ENVS);
            float[] observation = new float[ENVS * saved.observationSize()];
            saved.reset(observation);
            for (int steps : new int[] {0, 13, 111}) {
                run(saved, 4, steps);
                List<EpisodeState> states = saved.save();
                restored.restore(states, observation);
                assertThat(restored.save()).isEqualTo(states);
                assertThat(run(restored, 3, 300)).isEqualTo(run(saved, 3, 300));
                assertThat(restored.save()).isEqualTo(saved.save());
            }
        }
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void allocatesNothingPerStepNorPerEpisode(Kind kind) {
        VectorEnv env = together(kind, 8);
        env.reset(new float[8 * env.observationSize()]);
        VectorStep out = env.newStep();
        float[] actions = new float[8 * env.actionSize()];
        Pcg64 random = new Pcg64(1);
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long thread = Thread.currentThread().getId();
        long least = Long.MAX_VALUE;
        for (int attempt = 0; attempt < 4; attempt++) { // the first ones run until the log of actions has its size
            long before = threads.getThreadAllocatedBytes(thread);
            for (int i = 0; i < 1000; i++) {
                for (int j = 0; j < actions.length; j++) {
                    actions[j] = random.nextBoolean() ? 1 : 0; // valid for every kind
                }
                env.step(actions, out);
            }
            least = Math.min(least, threads.getThreadAllocatedBytes(thread) - before);
        }
        assertThat(least).as("bytes of 8000 steps; a few come from the counter").isLessThan(1000);
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void refusesWhatSingleEnvironmentsRefuse(Kind kind) {
        assertThatThrownBy(() -> together(new Kind(kind.id, Map.of("no_such_key", 1)), 2))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(kind.id)
                .hasMessageContaining("no_such_key");
        VectorEnv env = together(kind, 2);
        env.reset(new float[2 * env.observationSize()]);
        float[] actions = new float[2 * env.actionSize()];
        actions[actions.length - 1] = Float.NaN;
        assertThatThrownBy(() -> env.step(actions, env.newStep()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("vector index 1")
                .hasMessageContaining("NaN");
    }

    @Test
    void isThereForClassicControl() {
        assertThat(kinds())
                .extracting(Kind::id)
                .contains(
                        "CartPole-v0",
                        "CartPole-v1",
                        "MountainCar-v0",
                        "MountainCarContinuous-v0",
                        "Pendulum-v1",
                        "Acrobot-v1");
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void answersUsersAsSingleEnvironmentsDo(Kind kind) {
        for (AutoresetMode mode : List.of(AutoresetMode.NEXT_STEP, AutoresetMode.SAME_STEP)) {
            VectorOptions options =
                    VectorOptions.defaults().withConfig(kind.config).withAutoreset(mode);
            EnvSpec loose = Envs.spec(kind.id).withDisableEnvChecker(true); // it refuses actions outside the box
            try (VectorEnv one = Envs.makeVec(loose, ENVS, options.withMode(VectorMode.SYNC));
                    VectorEnv other = Envs.makeVec(kind.id, ENVS, options)) {
                VectorStep first = one.newStep();
                VectorStep second = other.newStep();
                one.reset(VectorReset.seed(8), first);
                other.reset(VectorReset.seed(8), second);
                assertThat(second.observation).isEqualTo(first.observation);
                assertThat(run(other, 6, 700)).isEqualTo(run(one, 6, 700));
            }
        }
    }

    /** Enough environments and steps for the loops that the compiler turns into vector instructions. */
    @ParameterizedTest
    @MethodSource("kinds")
    void givesTheSameBitsForManyAndForThreads(Kind kind) {
        int envs = 77;
        VectorOptions options = VectorOptions.defaults().withConfig(kind.config);
        EnvSpec loose = Envs.spec(kind.id).withDisableEnvChecker(true);
        for (AutoresetMode mode : List.of(AutoresetMode.NEXT_STEP, AutoresetMode.SAME_STEP)) {
            VectorOptions reset = options.withAutoreset(mode);
            try (VectorEnv one = Envs.makeVec(loose, envs, reset.withMode(VectorMode.SYNC));
                    VectorEnv other = Envs.makeVec(kind.id, envs, reset)) {
                VectorStep first = one.newStep();
                VectorStep second = other.newStep();
                one.reset(VectorReset.seed(8), first);
                other.reset(VectorReset.seed(8), second);
                assertThat(run(other, 6, 600)).isEqualTo(run(one, 6, 600));
            }
        }
    }

    /** Beyond 0.85 rad one by one, below all at once. A single one, since a vector of single ones checks the angles. */
    @Test
    void cartPolesThatBeginWideHaveTheSameBits() {
        Pcg64 random = new Pcg64(4);
        for (double width : new double[] {0.2, 0.84, 0.86, 4, 1e9}) {
            Map<String, Object> options = Map.of("low", -width, "high", width);
            try (VectorEnv env = Envs.makeVec("CartPole-v1", 40)) {
                VectorStep out = env.newStep();
                env.reset(VectorReset.seed(8).withOptions(options), out);
                float[] actions = new float[40];
                draw(env, random, actions);
                float[] first = out.observation.clone();
                env.step(actions, out);
                for (int e = 0; e < 40; e++) {
                    CartPole one = new CartPole();
                    assertThat(one.reset(8L + e, options).observation())
                            .isEqualTo(Arrays.copyOfRange(first, 4 * e, 4 * e + 4));
                    assertThat(one.step((int) actions[e]).observation())
                            .as("width %s, environment %d", width, e)
                            .isEqualTo(Arrays.copyOfRange(out.observation, 4 * e, 4 * e + 4));
                }
            }
        }
    }

    @Test
    void cartPoleDividesByItsMassAsADivisionDoes() {
        double mass = 0.1 + 1.0;
        Pcg64 random = new Pcg64(9);
        for (int i = 0; i < 2_000_000; i++) {
            long bits = random.nextLong() & 0x000f_ffff_ffff_ffffL;
            double x = Double.longBitsToDouble(bits | (1023L + i % 900 - 450) << 52);
            if (CartPole.perTotalMass(x) != x / mass || CartPole.perTotalMass(-x) != -x / mass) {
                throw new AssertionError(x + " divided by " + mass + " is " + CartPole.perTotalMass(x));
            }
        }
        assertThat(CartPole.perTotalMass(0)).isZero();
    }
}
