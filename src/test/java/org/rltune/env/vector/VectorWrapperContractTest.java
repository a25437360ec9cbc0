package org.rltune.env.vector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.rltune.env.AutoresetMode;
import org.rltune.env.Env;
import org.rltune.env.EnvSpec;
import org.rltune.env.Envs;
import org.rltune.env.EpisodeState;
import org.rltune.env.FlatActions;
import org.rltune.env.ResetNeededException;
import org.rltune.env.VectorEnv;
import org.rltune.env.VectorEnvs;
import org.rltune.env.VectorInfos;
import org.rltune.env.VectorReset;
import org.rltune.env.VectorStep;
import org.rltune.env.render.PacedScreen;
import org.rltune.env.wrapper.FakeScreen;
import org.rltune.env.wrapper.VideoOptions;
import org.rltune.random.Pcg64;
import org.rltune.random.Seeds;
import org.rltune.space.Box;
import org.rltune.space.DType;
import org.rltune.space.Discrete;
import org.rltune.space.Space;

/** What holds for every vector wrapper, in every autoreset mode. */
final class VectorWrapperContractTest {
    private static final String DRIFT = "test/Drift-v0";

    @TempDir
    static Path folder;

    /**
     * A vector wrapper.
     *
     * @param kind of the observations inside
     * @param around puts it around vector environments
     * @param single the single wrapper that does the same to one environment, if there is one
     */
    private record Case(
            String kind,
            Function<VectorEnv, VectorWrapper> around,
            @Nullable UnaryOperator<Env<?, ?>> single) {}

    @SuppressWarnings("unchecked") // the probes have these types
    private static <O> Env<O, float[]> typed(Env<?, ?> env) {
        return (Env<O, float[]>) env;
    }

    private static Map<String, Case> all() {
        Map<String, Case> all = new LinkedHashMap<>();
        all.put(
                "ClipAction",
                new Case("vectors", ClipAction::new, env -> new org.rltune.env.wrapper.ClipAction<>(typed(env))));
        all.put(
                "RescaleAction",
                new Case(
                        "vectors",
                        env -> new RescaleAction(env, -1, 1),
                        env -> new org.rltune.env.wrapper.RescaleAction<>(typed(env), -1, 1)));
        all.put(
                "RescaleAction by element",
                new Case(
                        "images",
                        env -> new RescaleAction(env, new float[] {-1, 0}, new float[] {1, 9}),
                        env -> new org.rltune.env.wrapper.RescaleAction<>(
                                typed(env), new float[] {-1, 0}, new float[] {1, 9})));
        all.put(
                "TransformAction",
                new Case(
                        "vectors",
                        env -> new TransformAction(
                                env, (from, at, into, to) -> into[to] = into[to + 1] = from[at], Discrete.of(3)),
                        env -> new org.rltune.env.wrapper.TransformAction<>(
                                typed(env), a -> new float[] {a, a}, Discrete.of(3))));
        all.put(
                "VectorizeTransformAction",
                new Case(
                        "lists",
                        env -> new VectorizeTransformAction(
                                env,
                                float[].class,
                                one -> org.rltune.env.wrapper.DiscretizeAction.multiDiscrete(one, 3, 4)),
                        env -> org.rltune.env.wrapper.DiscretizeAction.multiDiscrete(typed(env), 3, 4)));
        all.put(
                "TransformReward",
                new Case(
                        "vectors",
                        env -> new TransformReward(env, r -> 3 * r),
                        env -> new org.rltune.env.wrapper.TransformReward<>(env, r -> 3 * r)));
        all.put(
                "ClipReward",
                new Case(
                        "vectors",
                        env -> new ClipReward(env, -1, 0.25),
                        env -> new org.rltune.env.wrapper.ClipReward<>(env, -1, 0.25)));
        all.put(
                "VectorizeTransformReward",
                new Case(
                        "vectors",
                        env -> new VectorizeTransformReward(
                                env, one -> new org.rltune.env.wrapper.ClipReward<>(one, -2, 1)),
                        env -> new org.rltune.env.wrapper.ClipReward<>(env, -2, 1)));
        all.put("NormalizeReward", new Case("vectors", NormalizeReward::new, null));
        all.put("NormalizeObservation", new Case("vectors", NormalizeObservation::new, null));
        all.put("NormalizeObservation of images", new Case("images", NormalizeObservation::new, null));
        all.put("RecordEpisodeStatistics", new Case("vectors", RecordEpisodeStatistics::new, env -> env));
        all.put(
                "RecordVideo",
                new Case(
                        "vectors",
                        env -> new RecordVideo(
                                env, folder, VideoOptions.defaults().withEpisodeTrigger(e -> e == 1), 2),
                        env -> env));
        all.put(
                "HumanRendering",
                new Case(
                        "vectors",
                        env -> {
                            AtomicLong clock = new AtomicLong();
                            return new HumanRendering(
                                    env,
                                    0,
                                    0,
                                    new PacedScreen(new FakeScreen(), () -> clock.addAndGet(50_000_000), nanos -> {}));
                        },
                        env -> env));
        observations(all);
        return all;
    }

    private static void observations(Map<String, Case> all) {
        all.put(
                "TransformObservation",
                new Case(
                        "vectors",
                        env -> new TransformObservation(
                                env, (from, at, into, to) -> into[to] = from[at + 1] / 2, Box.of(-3, 10, 1)),
                        env -> new org.rltune.env.wrapper.TransformObservation<>(
                                VectorWrapperContractTest.<float[]>typed(env),
                                o -> new float[] {o[1] / 2},
                                Box.of(-3, 10, 1))));
        all.put(
                "VectorizeTransformObservation",
                new Case(
                        "vectors",
                        env -> new VectorizeTransformObservation(
                                env,
                                float[].class,
                                one -> org.rltune.env.wrapper.DiscretizeObservation.discrete(one, 4)),
                        env -> org.rltune.env.wrapper.DiscretizeObservation.discrete(typed(env), 4)));
        all.put(
                "FlattenObservation",
                new Case("maps", FlattenObservation::new, env -> new org.rltune.env.wrapper.FlattenObservation<>(env)));
        all.put(
                "FilterObservation",
                new Case(
                        "maps",
                        env -> FilterObservation.keys(env, "zeta", "alpha"),
                        env -> org.rltune.env.wrapper.FilterObservation.keys(typed(env), "zeta", "alpha")));
        all.put(
                "FilterObservation of lists",
                new Case(
                        "lists",
                        env -> FilterObservation.parts(env, 1, 0),
                        env -> org.rltune.env.wrapper.FilterObservation.parts(typed(env), 1, 0)));
        all.put(
                "GrayscaleObservation",
                new Case(
                        "images",
                        env -> new GrayscaleObservation(env, true),
                        env -> new org.rltune.env.wrapper.GrayscaleObservation<>(typed(env), true)));
        all.put(
                "ResizeObservation",
                new Case(
                        "images",
                        env -> new ResizeObservation(env, 4, 3),
                        env -> new org.rltune.env.wrapper.ResizeObservation<>(typed(env), 4, 3)));
        all.put(
                "ReshapeObservation",
                new Case(
                        "vectors",
                        env -> new ReshapeObservation(env, 3, 1),
                        env -> new org.rltune.env.wrapper.ReshapeObservation<>(env, 3, 1)));
        all.put(
                "RescaleObservation",
                new Case(
                        "vectors",
                        env -> new RescaleObservation(env, -1, 1),
                        env -> new org.rltune.env.wrapper.RescaleObservation<>(typed(env), -1, 1)));
        all.put(
                "RescaleObservation by element",
                new Case(
                        "vectors",
                        env -> new RescaleObservation(env, new float[] {0, -1, 3}, new float[] {1, 7, 9}),
                        env -> new org.rltune.env.wrapper.RescaleObservation<>(
                                typed(env), new float[] {0, -1, 3}, new float[] {1, 7, 9})));
        all.put(
                "DtypeObservation",
                new Case(
                        "vectors",
                        env -> DtypeObservation.to(env, DType.INT16),
                        env -> org.rltune.env.wrapper.DtypeObservation.to(env, DType.INT16)));
        all.put(
                "DtypeObservation to floats",
                new Case(
                        "images",
                        DtypeObservation::toFloats,
                        env -> org.rltune.env.wrapper.DtypeObservation.toFloats(env)));
    }

    private interface Law {
        void holds(Case one, AutoresetMode mode) throws Exception;
    }

    private static Stream<DynamicTest> each(Law law) {
        return all().entrySet().stream()
                .flatMap(entry -> Arrays.stream(AutoresetMode.values())
                        .map(mode -> DynamicTest.dynamicTest(
                                entry.getKey() + " " + mode, () -> law.holds(entry.getValue(), mode))));
    }

    private static VectorEnv inside(Case one, AutoresetMode mode) {
        return Probes.envs(one.kind(), Probes.ENVS, mode);
    }

    private static float[] actions(VectorEnv env, Pcg64 random) {
        float[] flat = new float[env.numEnvs() * env.actionSize()];
        FlatActions code = FlatActions.of(env.actionSpace());
        for (int e = 0; e < env.numEnvs(); e++) {
            code.encode(env.actionSpace().sample(random), flat, e * env.actionSize());
        }
        return flat;
    }

    /** Everything that a step tells but durations. */
    private static String told(VectorEnv env, VectorStep out) {
        StringBuilder text = new StringBuilder(Arrays.toString(out.observation));
        for (int e = 0; e < env.numEnvs(); e++) {
            text.append(' ').append(out.reward[e]).append(out.terminated[e]).append(out.truncated[e]);
            if (out.ended(e)) {
                int size = env.observationSize();
                text.append(out.episodeReturn[e]).append(' ').append(out.episodeLength[e]);
                text.append(Arrays.toString(Arrays.copyOfRange(out.finalObservation, e * size, (e + 1) * size)));
            }
        }
        return text + untimed(out.infos()) + untimed(out.finalInfos());
    }

    private static String untimed(VectorInfos infos) {
        return infos.toString().replaceAll(", t=[-0-9.E]+", "");
    }

    private static List<String> play(VectorEnv env, long seed, int steps) {
        VectorStep out = env.newStep();
        Pcg64 random = new Pcg64(seed);
        List<String> all = new ArrayList<>();
        env.reset(VectorReset.seed(seed), out);
        all.add(Arrays.toString(out.observation));
        for (int k = 0; k < steps; k++) {
            env.step(actions(env, random), out);
            all.add(told(env, out));
            requireInside(env, out.observation);
            boolean[] ended = ended(env, out);
            if (env.autoresetMode() == AutoresetMode.DISABLED && any(ended)) {
                env.reset(VectorReset.next().where(ended), out);
                all.add(Arrays.toString(out.observation));
            }
        }
        return all;
    }

    private static boolean[] ended(VectorEnv env, VectorStep out) {
        boolean[] ended = new boolean[env.numEnvs()];
        for (int e = 0; e < ended.length; e++) {
            ended[e] = out.ended(e);
        }
        return ended;
    }

    private static boolean any(boolean[] flags) {
        for (boolean flag : flags) {
            if (flag) {
                return true;
            }
        }
        return false;
    }

    private static void requireInside(VectorEnv env, float[] observation) {
        Space<?> space = env.observationSpace();
        for (int e = 0; e < env.numEnvs(); e++) {
            Object value = space.unflatten(observation, e * env.observationSize());
            assertThat(space.violationOf(value)).isNull();
        }
    }

    @TestFactory
    Stream<DynamicTest> spacesAgreeAndObservationsLieInThem() {
        return each((one, mode) -> {
            try (VectorEnv env = one.around().apply(inside(one, mode))) {
                assertThat(env.observationSize())
                        .isEqualTo(env.observationSpace().flatSize());
                assertThat(env.actionSize())
                        .isEqualTo(FlatActions.of(env.actionSpace()).size());
                assertThat(env.newStep().observation).hasSize(Probes.ENVS * env.observationSize());
                play(env, 4, 40);
            }
        });
    }

    @TestFactory
    Stream<DynamicTest> twoAlikeDoTheSame() {
        return each((one, mode) -> {
            try (VectorEnv a = one.around().apply(inside(one, mode));
                    VectorEnv b = one.around().apply(inside(one, mode))) {
                assertThat(play(a, 8, 30)).isEqualTo(play(b, 8, 30));
            }
        });
    }

    /** Rewards that are 0 in a step that only resets stay 0 in these cases, so that there is no difference. */
    @TestFactory
    Stream<DynamicTest> doesWhatSingleWrappersInsideDo() {
        return each((one, mode) -> {
            if (one.single() != null) {
                try (VectorEnv vector = one.around().apply(inside(one, mode));
                        VectorEnv single = Probes.envs(one.kind(), Probes.ENVS, mode, Probes.LENGTH, one.single())) {
                    assertThat(vector.observationSpace()).isEqualTo(single.observationSpace());
                    assertThat(vector.actionSpace()).isEqualTo(single.actionSpace());
                    List<String> expected = play(single, 6, 45);
                    List<String> actual = play(vector, 6, 45);
                    if (vector instanceof RecordEpisodeStatistics) {
                        actual.replaceAll(line -> line.replaceAll("episode=\\{[^}]*\\}", ""));
                    }
                    assertThat(actual).isEqualTo(expected);
                }
            }
        });
    }

    @TestFactory
    Stream<DynamicTest> aResetOfSomeLeavesTheRowsOfTheOthers() {
        return each((one, mode) -> {
            try (VectorEnv env = one.around().apply(inside(one, mode))) {
                VectorStep out = env.newStep();
                assertThatThrownBy(() -> env.reset(VectorReset.next().where(false, true, false), out))
                        .isInstanceOf(ResetNeededException.class);
                env.reset(VectorReset.seed(1), out);
                Pcg64 random = new Pcg64(2);
                env.step(actions(env, random), out);
                env.step(actions(env, random), out);
                int size = env.observationSize();
                float[] observation = out.observation.clone();
                double[] reward = out.reward.clone();
                VectorStep fresh = env.newStep(); // the rows of the others are left, whatever is in them
                Arrays.fill(fresh.observation, 77);
                Arrays.fill(fresh.reward, 7);
                Arrays.fill(fresh.truncated, true);
                env.reset(VectorReset.next().where(true, false, false), fresh);
                assertThat(Arrays.copyOfRange(fresh.observation, size, 3 * size))
                        .containsOnly(77);
                assertThat(fresh.reward).containsExactly(0, 7, 7);
                assertThat(fresh.truncated).containsExactly(false, true, true);
                env.reset(VectorReset.next().where(false, true, false), out);
                assertThat(Arrays.copyOfRange(out.observation, 0, size))
                        .isEqualTo(Arrays.copyOfRange(observation, 0, size));
                assertThat(Arrays.copyOfRange(out.observation, 2 * size, 3 * size))
                        .isEqualTo(Arrays.copyOfRange(observation, 2 * size, 3 * size));
                assertThat(out.reward).containsExactly(reward[0], 0, reward[2]);
                requireInside(env, out.observation);
                int steps = 0;
                do {
                    if (mode == AutoresetMode.DISABLED && any(ended(env, out))) {
                        env.reset(VectorReset.next().where(ended(env, out)), out);
                    }
                    env.step(actions(env, random), out);
                    steps++;
                } while (!out.ended(1));
                assertThat(out.episodeLength[1]).as("the new episode only").isEqualTo(steps);
            }
        });
    }

    @TestFactory
    Stream<DynamicTest> episodeReturnsAreSumsOfTheRewardsOutside() {
        return each((one, mode) -> {
            try (VectorEnv env = one.around().apply(inside(one, mode))) {
                VectorStep out = env.newStep();
                env.reset(VectorReset.seed(1), out);
                Pcg64 random = new Pcg64(5);
                double[] sum = new double[Probes.ENVS];
                boolean[] fresh = new boolean[Probes.ENVS];
                int ends = 0;
                for (int k = 0; k < 40; k++) {
                    env.step(actions(env, random), out);
                    for (int e = 0; e < Probes.ENVS; e++) {
                        sum[e] = fresh[e] ? 0 : sum[e] + out.reward[e];
                        fresh[e] = out.ended(e) && mode == AutoresetMode.NEXT_STEP;
                        if (out.ended(e)) {
                            ends++;
                            assertThat(out.episodeReturn[e]).isEqualTo(sum[e]);
                            sum[e] = 0;
                        }
                    }
                    if (mode == AutoresetMode.DISABLED && any(ended(env, out))) {
                        env.reset(VectorReset.next().where(ended(env, out)), out);
                    }
                }
                assertThat(ends).isGreaterThan(5);
            }
        });
    }

    @TestFactory
    Stream<DynamicTest> passesOnWhatItDoesNotChange() {
        return each((one, mode) -> {
            VectorEnv inside = inside(one, mode);
            VectorWrapper env = one.around().apply(inside);
            VectorWrapper twice = one.around().apply(inside);
            assertThat(env.inner()).isSameAs(inside);
            assertThat(env.unwrapped()).isSameAs(inside);
            assertThat(new RecordEpisodeStatistics(twice).unwrapped()).isSameAs(inside);
            assertThat(env.numEnvs()).isEqualTo(Probes.ENVS);
            assertThat(env.autoresetMode()).isEqualTo(mode);
            assertThat(env.renderModes()).isEqualTo(inside.renderModes()).isNotEmpty();
            assertThat(env.renderFps()).isEqualTo(30);
            assertThat(env.env(1)).isEqualTo(inside.env(1)).isPresent();
            assertThat(env).hasToString("<" + env.getClass().getSimpleName() + ", " + inside + ">");
            env.reset(VectorReset.seed(1), env.newStep());
            assertThat(env.renderFrame(1).getWidth()).isEqualTo(5);
            env.close();
            env.close();
            assertThat(Probes.inside(inside, 2).isClosed()).isTrue();
        });
    }

    @TestFactory
    Stream<DynamicTest> refusesStepsBeforeTheFirstResetAndArraysThatDoNotFit() {
        return each((one, mode) -> {
            try (VectorEnv env = one.around().apply(inside(one, mode))) {
                VectorStep out = env.newStep();
                float[] zeros = new float[Probes.ENVS * env.actionSize()];
                assertThatThrownBy(() -> env.step(zeros, out)).isInstanceOf(ResetNeededException.class);
                env.reset(VectorReset.seed(1), out);
                VectorStep other = new VectorStep(Probes.ENVS, env.observationSize() + 1);
                assertThatThrownBy(() -> env.step(zeros, other)).hasMessageContaining("out.observation has");
                assertThatThrownBy(() -> env.reset(VectorReset.next(), other))
                        .hasMessageContaining("out.observation has");
                assertThatThrownBy(() -> env.step(new float[zeros.length + 1], out))
                        .isInstanceOf(IllegalArgumentException.class)
                        .hasMessageContaining("action has");
                assertThatThrownBy(() -> env.reset(VectorReset.next().where(true), out))
                        .hasMessageContaining("3 environments");
                zeros[env.actionSize()] = Float.NaN;
                assertThatThrownBy(() -> env.step(zeros, out))
                        .isInstanceOf(IllegalArgumentException.class)
                        .hasMessageContaining("vector index 1")
                        .hasMessageContaining("NaN");
                zeros[env.actionSize()] = 0;
                env.step(zeros, out);
            }
        });
    }

    /** An environment that is reset by a step ignores its action, whatever it is. */
    @TestFactory
    Stream<DynamicTest> ignoresTheActionOfAStepThatResets() {
        return each((one, mode) -> {
            if (mode != AutoresetMode.NEXT_STEP) {
                return;
            }
            try (VectorEnv env = one.around().apply(inside(one, mode))) {
                VectorStep out = env.newStep();
                env.reset(VectorReset.seed(1), out);
                Pcg64 random = new Pcg64(3);
                int resets = 0;
                for (int k = 0; k < 30; k++) {
                    float[] actions = actions(env, random);
                    for (int i = 0; i < actions.length; i++) {
                        boolean reset = k > 0 && out.ended(i / env.actionSize());
                        resets += reset ? 1 : 0;
                        actions[i] = reset ? Float.NaN : actions[i];
                    }
                    env.step(actions, out);
                }
                assertThat(resets).isPositive();
            }
        });
    }

    @TestFactory
    Stream<DynamicTest> workersEnvironmentsGoOnOrSayWhyNot() {
        Envs.replace(EnvSpec.of(DRIFT, context -> new DriftEnv()));
        Map<String, Function<VectorEnv, VectorWrapper>> cases = new LinkedHashMap<>();
        cases.put("ClipAction", ClipAction::new);
        cases.put("RescaleAction", env -> new RescaleAction(env, 0, 1));
        cases.put("RescaleObservation", env -> new RescaleObservation(env, 0, 1));
        cases.put("ReshapeObservation", env -> new ReshapeObservation(env, 1, 2));
        cases.put("RecordEpisodeStatistics", RecordEpisodeStatistics::new);
        cases.put("NormalizeObservation", NormalizeObservation::new);
        cases.put("NormalizeReward", NormalizeReward::new);
        cases.put("ClipReward", env -> new ClipReward(env, 0, 1));
        return cases.entrySet().stream()
                .map(entry -> DynamicTest.dynamicTest(entry.getKey(), () -> worker(entry.getValue())));
    }

    private static VectorWrapper drift(Function<VectorEnv, VectorWrapper> around) {
        return around.apply(VectorEnvs.ofWorker(DRIFT, Map.of(), Probes.ENVS, 0, 0, Seeds.of(4)));
    }

    private static List<String> run(VectorEnv env, long seed, int steps) {
        VectorStep out = env.newStep();
        Pcg64 random = new Pcg64(seed);
        List<String> all = new ArrayList<>();
        for (int k = 0; k < steps; k++) {
            env.step(actions(env, random), out);
            all.add(told(env, out));
        }
        return all;
    }

    private static void worker(Function<VectorEnv, VectorWrapper> around) {
        VectorWrapper one = drift(around);
        VectorWrapper two = drift(around);
        float[] first = new float[Probes.ENVS * one.observationSize()];
        float[] again = first.clone();
        one.reset(first);
        two.reset(again);
        assertThat(again).isEqualTo(first);
        assertThat(run(two, 1, 20)).isEqualTo(run(one, 1, 20));
        one.restart(new long[] {3, 1, 4}, first);
        two.restart(new long[] {3, 1, 4}, again);
        assertThat(again).isEqualTo(first);
        assertThat(run(two, 2, 3)).isEqualTo(run(one, 2, 3));
        boolean keeps = !(one instanceof VectorRewardWrapper || one instanceof NormalizeObservation);
        if (keeps) {
            List<EpisodeState> states = one.save();
            List<String> expected = run(one, 5, 40);
            two.restore(states, again);
            assertThat(two.save()).isEqualTo(states);
            assertThat(run(two, 5, 40)).isEqualTo(expected);
        } else {
            assertThatThrownBy(one::save)
                    .isInstanceOf(UnsupportedOperationException.class)
                    .hasMessageContaining(one.getClass().getSimpleName() + ": save")
                    .hasMessageContaining("leave this wrapper out");
            assertThatThrownBy(() -> one.restore(List.of(), again)).hasMessageContaining("restore");
        }
        one.close();
        two.close();
    }
}
