package org.rltune.env.vector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.rltune.env.AutoresetMode.DISABLED;
import static org.rltune.env.AutoresetMode.NEXT_STEP;
import static org.rltune.env.AutoresetMode.SAME_STEP;

import java.awt.GraphicsEnvironment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rltune.env.Env;
import org.rltune.env.EnvException;
import org.rltune.env.ResetResult;
import org.rltune.env.StepResult;
import org.rltune.env.VectorEnv;
import org.rltune.env.VectorInfos;
import org.rltune.env.VectorReset;
import org.rltune.env.VectorStep;
import org.rltune.env.render.PacedScreen;
import org.rltune.env.wrapper.FakeScreen;
import org.rltune.env.wrapper.ProbeEnv;
import org.rltune.env.wrapper.VideoFormat;
import org.rltune.env.wrapper.VideoOptions;
import org.rltune.space.Box;
import org.rltune.space.Discrete;
import org.rltune.space.Sequence;

/** Bad input is named with its remedy; and what single vector wrappers do beyond the contract and the recordings. */
final class VectorWrapperErrorsTest {
    private static VectorEnv vectors() {
        return Probes.envs("vectors", Probes.ENVS, NEXT_STEP);
    }

    private static VectorEnv kind(String kind) {
        return Probes.envs(kind, Probes.ENVS, NEXT_STEP);
    }

    /** An environment with a number as observation and action, and without pictures. */
    private static VectorEnv numbers() {
        return Probes.of(
                2,
                NEXT_STEP,
                e -> new DriftEnv(),
                env -> new org.rltune.env.wrapper.TransformObservation<>(
                        new org.rltune.env.wrapper.TransformAction<>(
                                cast(env), a -> new float[] {a, 0}, Discrete.of(2)),
                        o -> o[0] > 0 ? 1 : 0,
                        Discrete.of(2)));
    }

    @SuppressWarnings("unchecked") // a DriftEnv
    private static Env<float[], float[]> cast(Env<?, ?> env) {
        return (Env<float[], float[]>) env;
    }

    @Test
    void spacesMustFit() {
        assertThatThrownBy(() -> new ClipAction(numbers()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("ClipAction needs a Box as action space")
                .hasMessageContaining("Discrete(2)");
        assertThatThrownBy(() -> new RescaleAction(numbers(), 0, 1)).hasMessageContaining("RescaleAction needs a Box");
        assertThatThrownBy(() -> new RescaleAction(vectors(), 1, 0)).hasMessageContaining("new bounds are 1.0 and 0.0");
        assertThatThrownBy(() -> new RescaleObservation(kind("images"), 0, 1))
                .hasMessageContaining("RescaleObservation needs a Box");
        assertThatThrownBy(() -> new GrayscaleObservation(vectors()))
                .hasMessageContaining("GrayscaleObservation needs images");
        assertThatThrownBy(() -> new ResizeObservation(vectors(), 4, 4))
                .hasMessageContaining("ResizeObservation needs images");
        assertThatThrownBy(() -> new ResizeObservation(kind("images"), 0, 4)).hasMessageContaining("height is 0");
        assertThatThrownBy(() -> new ReshapeObservation(vectors(), 2, 2)).hasMessageContaining("got the shape (2, 2)");
        assertThatThrownBy(() -> new NormalizeObservation(numbers()))
                .hasMessageContaining("NormalizeObservation needs a Box or an ArrayBox");
        assertThatThrownBy(() -> FilterObservation.keys(vectors(), "a"))
                .hasMessageContaining("FilterObservation needs a Dict");
        assertThatThrownBy(() -> FilterObservation.keys(kind("maps"), "zetta"))
                .hasMessageContaining("zetta")
                .hasMessageContaining("zeta");
        assertThatThrownBy(() -> FilterObservation.parts(kind("lists"), 2)).hasMessageContaining("index 2");
        assertThatThrownBy(() -> new TransformObservation(vectors(), (f, a, i, t) -> {}, Sequence.of(Discrete.of(2))))
                .hasMessageContaining("TransformObservation")
                .hasMessageContaining("no flat form");
        assertThatThrownBy(() -> new TransformAction(vectors(), (f, a, i, t) -> {}, Sequence.of(Discrete.of(2))))
                .hasMessageContaining("TransformAction: the action space")
                .hasMessageContaining("no flat form");
    }

    @Test
    void numbersMustFit() {
        assertThatThrownBy(() -> new NormalizeObservation(vectors(), -1)).hasMessageContaining("epsilon is -1");
        assertThatThrownBy(() -> new NormalizeReward(vectors(), 1.5, 0)).hasMessageContaining("gamma is 1.5");
        assertThatThrownBy(() -> new NormalizeReward(vectors(), 1, -0.5)).hasMessageContaining("epsilon is -0.5");
        assertThatThrownBy(() -> new ClipReward(vectors(), 1, 0)).hasMessageContaining("minReward 1.0");
        assertThatThrownBy(() -> new RecordEpisodeStatistics(vectors(), 0, "episode"))
                .hasMessageContaining("bufferLength is 0");
        assertThatThrownBy(() -> new RecordEpisodeStatistics(vectors(), 1, " ")).hasMessageContaining("statsKey");
    }

    @Test
    void vectorizesOneWrapperOfTheRightTypeAtATime() {
        assertThatThrownBy(() -> new VectorizeTransformObservation(
                        vectors(), byte[].class, env -> new org.rltune.env.wrapper.GrayscaleObservation<>(env)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("takes observations of the type byte[]")
                .hasMessageContaining("float[]");
        assertThatThrownBy(() -> new VectorizeTransformAction(
                        vectors(),
                        Integer.class,
                        env -> new org.rltune.env.wrapper.TransformAction<>(env, a -> a, env.actionSpace())))
                .hasMessageContaining("takes actions of the type Integer");
        assertThatThrownBy(() -> new VectorizeTransformObservation(
                        vectors(),
                        float[].class,
                        env -> new org.rltune.env.wrapper.FlattenObservation<>(
                                new org.rltune.env.wrapper.RescaleObservation<>(env, 0, 1))))
                .hasMessageContaining("FlattenObservation around RescaleObservation")
                .hasMessageContaining("one wrapper after the other");
        assertThatThrownBy(() -> new VectorizeTransformReward(vectors(), env -> {
                    env.reset();
                    return new org.rltune.env.wrapper.ClipReward<>(env, 0, 1);
                }))
                .isInstanceOf(UnsupportedOperationException.class)
                .hasMessageContaining("no single environment inside");
    }

    @Test
    void whatATransformationMakesIsChecked() {
        VectorEnv wide = new TransformObservation(vectors(), (from, at, into, to) -> into[to] = 7, Box.of(0, 6, 1));
        assertThatThrownBy(() -> wide.reset(VectorReset.seed(1), wide.newStep()))
                .isInstanceOf(EnvException.class)
                .hasMessageContaining("TransformObservation (vector index 0)")
                .hasMessageContaining("7.0")
                .hasMessageContaining("[0.0, 6.0]");
        VectorEnv objects = new VectorizeTransformObservation(
                vectors(),
                float[].class,
                env -> new org.rltune.env.wrapper.TransformObservation<>(env, o -> 3, Discrete.of(3)));
        assertThatThrownBy(() -> objects.reset(VectorReset.seed(1), objects.newStep()))
                .isInstanceOf(EnvException.class)
                .hasMessageContaining("not of the space Discrete(3)");
        VectorEnv reward = new TransformReward(vectors(), r -> r / 0);
        VectorStep out = reward.newStep();
        reward.reset(VectorReset.seed(1), out);
        assertThatThrownBy(() -> reward.step(new float[6], out))
                .isInstanceOf(EnvException.class)
                .hasMessageContaining("TransformReward (vector index 0) made the reward");
        VectorEnv action = new TransformAction(numbers(), (from, at, into, to) -> into[to] = 5, Discrete.of(2));
        VectorStep other = action.newStep();
        action.reset(VectorReset.seed(1), other);
        assertThatThrownBy(() -> action.step(new float[2], other))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("action 5.0 must be an index from 0 to 1");
        assertThatThrownBy(() -> action.step(new float[] {0, 2}, other))
                .hasMessageContaining("TransformAction (vector index 1)")
                .hasMessageContaining("action 2.0 must be an index from 0 to 1");
    }

    @Test
    void statisticsCountEveryStepInEveryMode() {
        for (var mode : List.of(NEXT_STEP, SAME_STEP, DISABLED)) {
            RecordEpisodeStatistics env = new RecordEpisodeStatistics(Probes.envs("vectors", Probes.ENVS, mode));
            VectorStep out = env.newStep();
            env.reset(VectorReset.seed(1), out);
            for (int k = 0; k < 30; k++) {
                env.step(new float[6], out);
                VectorInfos told = out.infos().infos("episode");
                boolean[] ended = new boolean[Probes.ENVS];
                boolean any = false;
                for (int e = 0; e < Probes.ENVS; e++) {
                    ended[e] = out.ended(e);
                    any |= ended[e];
                    assertThat(told.doubles("r")[e]).isEqualTo(ended[e] ? out.episodeReturn[e] : 0);
                    assertThat(told.longs("l")[e]).isEqualTo(ended[e] ? out.episodeLength[e] : 0);
                }
                assertThat(out.infos().mask("episode")).isEqualTo(ended);
                assertThat(out.finalInfos().isEmpty()).isTrue();
                if (any && mode == DISABLED) {
                    env.reset(VectorReset.next().where(ended), out);
                    assertThat(out.infos().isEmpty()).isTrue();
                }
            }
            // Episode n of environment e takes 4 + e + n % 3 steps, and the first has the number e.
            assertThat(env.lengthQueue()).startsWith(4, 6, 8, 5);
            assertThat(env.episodeCount()).isGreaterThan(10);
        }
    }

    @Test
    void theDurationOfAnEpisodeIsThatOfTheClock() {
        long[] clock = {0};
        RecordEpisodeStatistics env =
                new RecordEpisodeStatistics(Probes.envs("vectors", 1, NEXT_STEP), 9, "stats", () -> clock[0]);
        VectorStep out = env.newStep();
        clock[0] = 5_000_000_000L;
        env.reset(VectorReset.seed(1), out);
        while (!out.ended(0)) {
            clock[0] += 1_500_000_400L;
            env.step(new float[2], out);
        }
        assertThat(out.infos().infos("stats").doubles("t")).containsExactly(6.000002);
        clock[0] += 1_000_000_000_000L; // between two episodes
        do {
            env.step(new float[2], out);
            clock[0] += 1_000_000_000L;
        } while (!out.ended(0));
        assertThat(env.timeQueue()).containsExactly(6.000002, 5.0);
    }

    @Test
    void statisticsDoNotOverwriteWhatAnEnvironmentTells() {
        VectorEnv env = new RecordEpisodeStatistics(new RecordEpisodeStatistics(vectors()));
        VectorStep out = env.newStep();
        env.reset(VectorReset.seed(1), out);
        assertThatThrownBy(() -> {
                    for (int k = 0; k < 9; k++) {
                        env.step(new float[6], out);
                    }
                })
                .isInstanceOf(EnvException.class)
                .hasMessageContaining("already has the key 'episode'");
    }

    @Test
    void aPartialResetClearsTheDiscountedSumOfTheChosenOnly() {
        // Sums after one step: -0.4, -0.15 and 0.1. Environment 1 is reset; after the second step (rewards -0.8, -0.15
        // of the new episode 2 with 0.1, and -0.3) they are -0.4 g - 0.8, 0.1 and 0.1 g - 0.3.
        NormalizeReward env = new NormalizeReward(Probes.envs("vectors", Probes.ENVS, DISABLED), 0.5, 0);
        VectorStep out = env.newStep();
        env.reset(VectorReset.seed(1), out);
        env.step(new float[6], out);
        double first = variance(1e-4, 0, 1, new double[] {-0.4, -0.15, 0.1});
        assertThat(env.variance()).isCloseTo(first, org.assertj.core.data.Offset.offset(1e-7));
        env.reset(VectorReset.next().where(false, true, false), out);
        env.step(new float[6], out);
        double mean = 3 * ((-0.4 - 0.15 + 0.1) / 3) / (3 + 1e-4);
        double second = variance(3 + 1e-4, mean, first, new double[] {-0.2 - 0.8, 0.1, 0.05 - 0.3});
        assertThat(env.variance()).isCloseTo(second, org.assertj.core.data.Offset.offset(1e-7));
    }

    /** The variance of all numbers together: their mean square less the square of their mean. */
    private static double variance(double count, double mean, double variance, double[] more) {
        double sum = count * mean;
        double squares = count * (variance + mean * mean);
        for (double x : more) {
            sum += x;
            squares += x * x;
        }
        double total = count + more.length;
        return squares / total - sum / total * (sum / total);
    }

    @Test
    void aPartialResetAndSameStepTakeInWhatIsNew() {
        NormalizeObservation env = new NormalizeObservation(Probes.envs("numbers", 2, SAME_STEP), 0);
        VectorStep out = env.newStep();
        env.reset(VectorReset.seed(1), out);
        env.reset(VectorReset.next().where(false, true), out);
        double count = 1e-4 + 3;
        double mean = (number(0, 0) + number(1, 0) + number(2, 0)) / count;
        assertThat(env.statistics().mean(0)).isCloseTo(mean, org.assertj.core.data.Offset.offset(1e-6));
        do {
            env.step(new float[4], out);
        } while (!out.ended(0));
        // What follows the end was taken in; the last observation is scaled by the same numbers.
        double scaled = (number(0, 4) - env.statistics().mean(0))
                / Math.sqrt(env.statistics().variance(0));
        assertThat(out.finalObservation[0]).isCloseTo((float) scaled, org.assertj.core.data.Offset.offset(1e-5f));
        double next = (number(1, 0) - env.statistics().mean(0))
                / Math.sqrt(env.statistics().variance(0));
        assertThat(out.observation[0]).isCloseTo((float) next, org.assertj.core.data.Offset.offset(1e-5f));
    }

    private static float number(int e, int t) {
        return ProbeEnv.vector(e, t)[0] * 0.37f;
    }

    @Test
    void infosComeByRowsAndByColumns() {
        RecordEpisodeStatistics env = new RecordEpisodeStatistics(vectors());
        VectorStep out = env.newStep();
        env.reset(VectorReset.seed(1), out);
        assertThat(out.infos().toList()).containsExactly(Map.of(), Map.of(), Map.of());
        while (!out.ended(0)) {
            env.step(new float[6], out);
        }
        assertThat(out.infos().toList().get(0)).containsOnlyKeys("episode");
        assertThat(out.infos().toList().subList(1, 3)).containsExactly(Map.of(), Map.of());
        assertThat(out.info(0)).isEqualTo(out.infos().of(0));
        assertThatThrownBy(() -> out.infos().toList().add(Map.of())).isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void picturesAreNeeded(@TempDir Path folder) {
        VectorEnv blind = Probes.of(2, NEXT_STEP, e -> new DriftEnv(), env -> env);
        assertThatThrownBy(() -> new RecordVideo(blind, folder))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("RecordVideo needs pictures")
                .hasMessageContaining("SYNC");
        assertThatThrownBy(() -> new HumanRendering(blind)).hasMessageContaining("HumanRendering needs pictures");
        assertThatThrownBy(() -> new RecordVideo(vectors(), folder, VideoOptions.defaults(), 0))
                .hasMessageContaining("videoAspectRatio is 0.0");
        Assumptions.assumeTrue(GraphicsEnvironment.isHeadless(), "this machine has a display");
        assertThatThrownBy(() -> new HumanRendering(vectors()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("headless");
        assertThatThrownBy(() -> new HumanRendering(vectors(), 0, 5)).hasMessageContaining("screenWidth is 0");
    }

    @Test
    void showsAllEnvironmentsSideBySide() {
        FakeScreen screen = new FakeScreen();
        long[] clock = {0};
        long[] slept = {0};
        PacedScreen paced = new PacedScreen(screen, () -> clock[0], nanos -> {
            slept[0] += nanos;
            clock[0] += nanos;
        });
        VectorEnv env = new HumanRendering(vectors(), 20, 12, paced);
        VectorStep out = env.newStep();
        env.reset(VectorReset.seed(1), out);
        env.step(new float[6], out);
        assertThat(screen.pictures).hasSize(2);
        assertThat(slept[0]).isEqualTo(33_333_333);
        var picture = screen.pictures.get(1);
        assertThat(List.of(picture.getWidth(), picture.getHeight())).containsExactly(20, 12);
        // Four columns would be too many: 2 rows of 2 tiles, 10 by 12, scaled from 5 by 6 to 5 by 6.
        assertThat(picture.getRGB(4, 1) & 0xffffff).isEqualTo(env.renderFrame(0).getRGB(4, 1) & 0xffffff);
        screen.closed = true;
        env.step(new float[6], out);
        assertThat(screen.pictures).hasSize(2);
        env.close();
    }

    @Test
    void recordsTheFirstEnvironmentAlone(@TempDir Path folder) throws Exception {
        VideoOptions options = VideoOptions.defaults()
                .withFormat(VideoFormat.PNG)
                .withNamePrefix("one")
                .withEpisodeTrigger(e -> e == 0);
        RecordVideo env = RecordVideo.ofFirst(vectors(), folder, options);
        VectorStep out = env.newStep();
        env.reset(VectorReset.seed(1), out);
        assertThat(env.isRecording()).isTrue();
        env.close();
        assertThat(env.isRecording()).isFalse();
        Path file = folder.resolve("one-episode-0").resolve("000000.png");
        assertThat(Files.exists(file)).isTrue();
        var picture = javax.imageio.ImageIO.read(file.toFile());
        assertThat(List.of(picture.getWidth(), picture.getHeight())).containsExactly(5, 6);
        RecordVideo all =
                new RecordVideo(vectors(), folder, options.withNamePrefix("all").withFps(7), 100);
        all.reset(VectorReset.seed(1), out);
        all.close();
        picture = javax.imageio.ImageIO.read(
                folder.resolve("all-episode-0").resolve("000000.png").toFile());
        assertThat(List.of(picture.getWidth(), picture.getHeight())).containsExactly(15, 6);
        for (int x = 0; x < 15; x++) {
            assertThat(picture.getRGB(x, 3)).isEqualTo(all.renderFrame(x / 5).getRGB(x % 5, 3));
        }
    }

    /** Counts resets. */
    private static final class Counting extends VectorWrapper {
        private int resets;

        Counting(VectorEnv inner) {
            super(inner);
        }

        @Override
        public void reset(VectorReset request, VectorStep out) {
            resets++;
            super.reset(request, out);
        }
    }

    @Test
    void aWrapperOfYourOwnSeesEveryReset() {
        Counting env = new Counting(new RescaleObservation(vectors(), 0, 1));
        VectorStep out = env.newStep();
        env.reset(VectorReset.seed(1), out);
        env.reset(VectorReset.next().where(true, false, false), out);
        env.step(new float[6], out);
        assertThat(env.resets).isEqualTo(2);
        assertThat(env.observationSpace()).isEqualTo(env.inner().observationSpace());
        env.close();
    }

    /** Tells the numbers of the step, and at a reset that it was one. */
    private static <O, A> Env<O, A> telling(Env<O, A> inner) {
        return new org.rltune.env.Wrapper<>(inner) {
            private int steps;

            @Override
            public ResetResult<O> reset(@Nullable Long seed, Map<String, Object> options) {
                steps = 0;
                return new ResetResult<>(super.reset(seed, options).observation(), Map.of("begun", true));
            }

            @Override
            public StepResult<O> step(A action) {
                StepResult<O> r = super.step(action);
                return new StepResult<>(
                        r.observation(), r.reward(), r.terminated(), r.truncated(), Map.of("step", ++steps));
            }
        };
    }

    @Test
    void infosPassThroughWrappersOfEveryKind() {
        VectorEnv inside = Probes.envs("vectors", Probes.ENVS, SAME_STEP, Probes.LENGTH, env -> telling(env));
        VectorEnv env = new RecordEpisodeStatistics(
                new ClipReward(new ClipAction(new RescaleObservation(inside, 0, 1)), -1, 1));
        VectorStep out = env.newStep();
        env.reset(VectorReset.seed(1), out);
        assertThat(out.infos().flags("begun")).containsExactly(true, true, true);
        for (int k = 1; k < 4; k++) {
            env.step(new float[6], out);
            assertThat(out.infos().longs("step")).containsExactly(k, k, k);
            assertThat(out.infos().keys()).containsExactly("step");
            assertThat(out.finalInfos().isEmpty()).isTrue();
        }
        env.step(new float[6], out);
        assertThat(out.terminated).containsExactly(true, false, false);
        assertThat(out.infos().mask("step")).containsExactly(false, true, true);
        assertThat(out.infos().of(0)).containsOnlyKeys("begun", "episode");
        assertThat(out.finalInfos().toList()).containsExactly(Map.of("step", 4), Map.of(), Map.of());
    }
}
