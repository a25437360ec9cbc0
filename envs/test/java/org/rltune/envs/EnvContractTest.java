package org.rltune.envs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.rltune.env.Env;
import org.rltune.env.EnvContext;
import org.rltune.env.Envs;
import org.rltune.env.EpisodeReplay;
import org.rltune.env.EpisodeState;
import org.rltune.env.RenderMode;
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
    private static final List<String> OURS = List.of(
            "Acrobot-v1",
            "Blackjack-v1",
            "CartPole-v0",
            "CartPole-v1",
            "Catch-v0",
            "CliffWalking-v1",
            "CliffWalkingSlippery-v1",
            "FrozenLake-v1",
            "FrozenLake8x8-v1",
            "MountainCar-v0",
            "MountainCarContinuous-v0",
            "Pendulum-v1",
            "TMaze-v0",
            "Taxi-v4");
    private static final int LONGEST = 100;

    static List<String> ids() {
        assertThat(Envs.list()).containsAll(OURS);
        return Envs.list();
    }

    @SuppressWarnings("unchecked") // the actions come from the environment's own space
    private static Env<Object, Object> make(String id) {
        return (Env<Object, Object>) Envs.make(id);
    }

    /** A text for anything, arrays by their elements. */
    private static String text(Object value) {
        if (value instanceof Map<?, ?> map) {
            StringBuilder told = new StringBuilder();
            map.forEach((key, entry) ->
                    told.append(key).append('=').append(text(entry)).append(' '));
            return told.toString();
        }
        return Arrays.deepToString(new Object[] {value});
    }

    private static String text(StepResult<Object> result) {
        return text(result.observation()) + " " + result.reward() + " " + text(result.info())
                + (result.terminated() ? " terminated" : "") + (result.truncated() ? " truncated" : "");
    }

    /** Plays to the end of an episode (or for 100 steps) with random actions, checked at every step, and tells all. */
    private static List<String> play(Env<Object, Object> env, Object first, long actionSeed) {
        return play(env, first, actionSeed, () -> {});
    }

    private static List<String> play(Env<Object, Object> env, Object first, long actionSeed, Runnable afterEachStep) {
        Pcg64 random = new Pcg64(actionSeed);
        List<String> told = new ArrayList<>(List.of(text(first)));
        assertThat(env.observationSpace().violation(first)).isNull();
        boolean ended = false;
        while (!ended && told.size() <= LONGEST) {
            StepResult<Object> result = env.step(env.actionSpace().sample(random));
            assertThat(env.observationSpace().violation(result.observation())).isNull();
            assertThat(result.reward()).isFinite();
            told.add(text(result));
            afterEachStep.run();
            ended = result.ended();
        }
        return told;
    }

    /** As long an episode as there is one among a few, but not to its end. */
    private static List<Object> someActions(String id, int atMost) {
        Env<Object, Object> env = make(id);
        List<Object> longest = List.of();
        for (int seed = 0; seed < 5; seed++) {
            Pcg64 random = new Pcg64(seed);
            List<Object> actions = new ArrayList<>();
            env.reset(7);
            while (actions.size() < atMost) {
                Object action = env.actionSpace().sample(random);
                if (env.step(action).ended()) {
                    break;
                }
                actions.add(action);
            }
            longest = actions.size() > longest.size() ? actions : longest;
        }
        return longest;
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
        List<String> third = play(other, other.reset(6).observation(), 1);
        if (first.get(0).startsWith("[[")) { // an array; where there are few states, two seeds may look the same
            assertThat(third).isNotEqualTo(first);
        }
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
        Pcg64 random = new Pcg64(1);
        Object action = env.actionSpace().sample(random);
        assertThatThrownBy(() -> env.step(action)).isInstanceOf(ResetNeededException.class);
        env.reset(1);
        for (int steps = 0; steps < 20_000; steps++) {
            if (env.step(env.actionSpace().sample(random)).ended()) {
                assertThatThrownBy(() -> env.step(action)).isInstanceOf(ResetNeededException.class);
                return;
            }
        }
        throw new AssertionError("No episode of " + id + " came to its end");
    }

    static List<String> limitedIds() {
        return Envs.list().stream()
                .filter(id -> Envs.spec(id).maxEpisodeSteps().isPresent())
                .toList();
    }

    @ParameterizedTest
    @MethodSource("limitedIds")
    void isTruncatedAtItsTimeLimitAndNotBefore(String id) {
        int limit = Envs.spec(id).maxEpisodeSteps().getAsInt();
        for (int seed = 0; seed < 5; seed++) {
            Env<Object, Object> env = make(id);
            Pcg64 random = new Pcg64(seed);
            env.reset(seed);
            int steps = 0;
            StepResult<Object> result;
            do {
                result = env.step(env.actionSpace().sample(random));
                steps++;
                assertThat(result.truncated()).isEqualTo(steps == limit);
            } while (!result.ended());
        }
    }

    @ParameterizedTest
    @MethodSource("ids")
    void continuesFromASnapshotWithTheSameBits(String id) {
        Env<Object, Object> env = make(id);
        if (!OURS.contains(id) && env.snapshot().isEmpty()) {
            assertThatThrownBy(() -> env.restore(new byte[8]))
                    .isInstanceOfAny(UnsupportedOperationException.class, IllegalArgumentException.class);
            return; // it is restored by repeating its actions, below
        }
        Object seen = env.reset(7).observation();
        for (Object action : someActions(id, 25)) {
            seen = env.step(action).observation();
        }
        byte[] snapshot = env.snapshot().orElseThrow();
        Env<Object, Object> other = make(id);
        other.restore(snapshot);
        assertThat(other.snapshot().orElseThrow()).isEqualTo(snapshot);
        for (RenderMode mode : env.renderModes()) {
            assertThat(shown(other, mode)).isEqualTo(shown(env, mode));
        }
        List<String> rest = play(env, seen, 3);
        rest.addAll(play(env, env.reset().observation(), 4));
        List<String> again = play(other, seen, 3);
        again.addAll(play(other, other.reset().observation(), 4));
        assertThat(again.equals(rest)).as("%s goes on differently", id).isTrue();
        other.restore(snapshot); // backwards, into an environment that went on
        List<String> backwards = play(other, seen, 3);
        assertThat(backwards).isEqualTo(rest.subList(0, backwards.size()));
    }

    @ParameterizedTest
    @MethodSource("ids")
    void looksTheSameTwiceAndIsNotChangedByALook(String id) {
        Env<Object, Object> env = make(id);
        if (OURS.contains(id)) {
            assertThat(env.renderModes()).contains(RenderMode.RGB_ARRAY);
        }
        assertThat(env.renderFps()).isBetween(1, 60);
        List<String> unseen = play(env, env.reset(5).observation(), 1);
        for (RenderMode mode : RenderMode.values()) {
            Env<Object, Object> other = make(id);
            if (!env.renderModes().contains(mode)) {
                other.reset(5);
                assertThatThrownBy(() -> shown(other, mode)).isInstanceOf(UnsupportedOperationException.class);
                continue;
            }
            assertThatThrownBy(() -> shown(other, mode)).isInstanceOf(ResetNeededException.class);
            Object first = other.reset(5).observation();
            String before = shown(other, mode);
            Set<String> sights = new HashSet<>(List.of(before));
            int[] steps = {0};
            List<String> seen = play(other, first, 1, () -> {
                if (steps[0]++ < 3) {
                    String sight = shown(other, mode);
                    assertThat(shown(other, mode)).isEqualTo(sight);
                    assertThat(sight.substring(0, 9)).isEqualTo(before.substring(0, 9));
                    sights.add(sight);
                }
            });
            assertThat(seen.equals(unseen)).as("%s is changed by a look", id).isTrue();
            sights.add(shown(other, mode));
            other.reset(6);
            sights.add(shown(other, mode));
            assertThat(sights).hasSizeGreaterThan(1);
        }
    }

    /** A picture as its size and a checksum of its colours; a text as it is. */
    private static String shown(Env<Object, Object> env, RenderMode mode) {
        if (mode == RenderMode.ANSI) {
            return "         " + env.renderText();
        }
        BufferedImage image = env.renderFrame();
        int[] colors = image.getRGB(0, 0, image.getWidth(), image.getHeight(), null, 0, image.getWidth());
        assertThat(Arrays.stream(colors).distinct().limit(3).count()).isGreaterThan(2);
        return String.format(Locale.ROOT, "%4dx%4d %x", image.getWidth(), image.getHeight(), Arrays.hashCode(colors));
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

    /** The one that went on, the one restored from its snapshot, and the one that repeated its actions: three of a kind. */
    @ParameterizedTest
    @MethodSource("ids")
    void continuesBothWaysWithTheSameBits(String id) {
        EpisodeReplay<Object, Object> env = new EpisodeReplay<>(make(id));
        Object seen = env.reset(7).observation();
        for (Object action : someActions(id, 60)) {
            seen = env.step(action).observation();
        }
        Env<Object, Object> repeated = make(id);
        env.repeatOn(repeated);
        Env<Object, Object> restored = make(id);
        Optional<byte[]> snapshot = env.inner().snapshot();
        // Native environments have no snapshot; then the replay's own stands in, which goes by way of JSON.
        if (snapshot.isPresent()) {
            restored.restore(snapshot.get());
        } else {
            assertThat(OURS).doesNotContain(id);
            EpisodeReplay<Object, Object> replay = new EpisodeReplay<>(restored);
            replay.restore(env.snapshot().orElseThrow());
        }
        List<String> straight = play(env, seen, 3);
        straight.addAll(play(env, env.reset().observation(), 4));
        for (Env<Object, Object> other : List.of(repeated, restored)) {
            List<String> told = play(other, seen, 3);
            told.addAll(play(other, other.reset().observation(), 4));
            assertThat(told.equals(straight)).as("%s goes on differently", id).isTrue();
        }
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
