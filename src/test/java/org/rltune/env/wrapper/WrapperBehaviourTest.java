package org.rltune.env.wrapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rltune.env.Env;
import org.rltune.env.EnvSpec;
import org.rltune.env.Envs;
import org.rltune.env.OrderEnforcing;
import org.rltune.env.ResetNeededException;
import org.rltune.env.StepResult;
import org.rltune.env.TimeLimit;
import org.rltune.env.VectorEnv;
import org.rltune.env.VectorOptions;
import org.rltune.env.VectorReset;
import org.rltune.env.VectorStep;
import org.rltune.env.Wrapper;
import org.rltune.space.ArrayBox;
import org.rltune.space.Box;
import org.rltune.space.Dict;
import org.rltune.space.Discrete;
import org.rltune.space.OneOf;
import org.rltune.space.Tuple;

/** What Gymnasium's own tests of wrappers check beyond the recordings. */
final class WrapperBehaviourTest {
    private static final float[] ACTION = new float[2];

    @Test
    void theShorterOfTwoTimeLimitsEndsTheEpisode() {
        for (int[] limits : new int[][] {{4, 4}, {4, 6}, {6, 4}}) {
            Env<float[], float[]> env = new TimeLimit<>(new TimeLimit<>(ProbeEnv.vectors(100), limits[0]), limits[1]);
            for (int episode = 0; episode < 2; episode++) {
                env.reset(1);
                for (int k = 1; k < 4; k++) {
                    assertThat(env.step(ACTION).ended()).isFalse();
                }
                StepResult<float[]> last = env.step(ACTION);
                assertThat(last.truncated()).isTrue();
                assertThat(last.terminated()).isFalse();
            }
        }
    }

    @Test
    void nothingIsShownBeforeTheFirstReset() {
        Env<float[], float[]> env = new OrderEnforcing<>(ProbeEnv.vectors(), "Probe-v0");
        assertThatThrownBy(env::renderFrame)
                .isInstanceOf(ResetNeededException.class)
                .hasMessageContaining("Probe-v0: nothing to show yet");
        assertThatThrownBy(env::renderText).isInstanceOf(ResetNeededException.class);
        assertThatThrownBy(() -> env.step(ACTION)).isInstanceOf(ResetNeededException.class);
        env.reset(1);
        assertThat(env.renderFrame().getWidth()).isEqualTo(5);
        assertThat(env.renderText()).isEqualTo("episode 0, step 0");
    }

    /** Tells the number of the step. */
    private static Env<float[], float[]> telling(ProbeEnv<float[], float[]> probe) {
        return new Wrapper<>(probe) {
            @Override
            public StepResult<float[]> step(float[] action) {
                StepResult<float[]> r = super.step(action);
                return new StepResult<>(
                        r.observation(), 1, r.terminated(), r.truncated(), Map.of("step", probe.actions.size()));
            }
        };
    }

    @Test
    void repeatsGiveTheInfoOfTheLastStepAndEndWithTheEpisode() {
        Env<float[], float[]> env = new RepeatAction<>(telling(ProbeEnv.vectors(5)), 3);
        env.reset(1);
        StepResult<float[]> first = env.step(ACTION);
        assertThat(first.info()).isEqualTo(Map.of("step", 3));
        assertThat(first.reward()).isEqualTo(3);
        StepResult<float[]> second = env.step(ACTION);
        assertThat(second.info()).isEqualTo(Map.of("step", 5));
        assertThat(second.reward()).isEqualTo(2);
        assertThat(second.terminated()).isTrue();
        assertThat(env.observationSpace()).isEqualTo(ProbeEnv.BOX);
        assertThat(env.actionSpace()).isEqualTo(ProbeEnv.ACTIONS);
    }

    @Test
    void repeatingOnceChangesNothing() {
        assertThat(Recorded.play(new RepeatAction<>(ProbeEnv.vectors(), 1), 20, ACTION))
                .isEqualTo(Recorded.play(ProbeEnv.vectors(), 20, ACTION));
    }

    @Test
    void aResetForgetsTheStickyAction() {
        ProbeEnv<float[], float[]> probe = ProbeEnv.vectors(1000);
        Env<float[], float[]> env = new StickyAction<>(probe, 0.99, 3, 3);
        for (int seed = 0; seed < 5; seed++) {
            env.reset(seed);
            int begin = probe.actions.size();
            env.step(new float[] {seed, 0});
            env.step(new float[] {-1, 0});
            assertThat(probe.actions.get(begin)).as("seed " + seed).containsExactly(seed, 0);
        }
        assertThat(probe.actions.get(1)).as("the second step repeats").containsExactly(0, 0);
    }

    @Test
    void theStickyActionIsACopyOfAllParts() {
        Dict space = Dict.of("motor", Box.of(-1, 1, 1), "gripper", Tuple.of(Box.of(-1, 1, 1), Discrete.of(2)));
        ProbeEnv<float[], Map<String, Object>> probe = new ProbeEnv<>(ProbeEnv.BOX, space, ProbeEnv::vector, 1000);
        Env<float[], Map<String, Object>> env = new StickyAction<>(probe, 0.99, 2, 2);
        env.reset(0);
        float[] motor = {0.25f};
        float[] gripper = {-0.5f};
        Map<String, Object> action = Map.of("motor", motor, "gripper", new ArrayList<>(List.of(gripper, 1)));
        env.step(action);
        motor[0] = 0.9f;
        gripper[0] = 0.9f;
        env.step(action);
        assertThat(Recorded.plain(probe.actions.get(1))).isEqualTo(Recorded.plain(probe.actions.get(0)));
        assertThat((float[]) probe.actions.get(1).get("motor")).containsExactly(0.25f);
    }

    @Test
    void withoutStickinessEveryActionIsTaken() {
        ProbeEnv<float[], float[]> probe = ProbeEnv.vectors(1000);
        Env<float[], float[]> env = new StickyAction<>(probe, 0, 3, 3);
        env.reset(0);
        float[] reused = new float[2];
        for (float value : new float[] {0.25f, -0.5f, 0.9f}) {
            reused[0] = value;
            env.step(reused);
        }
        assertThat(probe.actions)
                .containsExactly(new float[] {0.25f, 0}, new float[] {-0.5f, 0}, new float[] {0.9f, 0});
    }

    @Test
    void theFlatFormOfAChoiceLiesInItsSpace() {
        OneOf space = OneOf.of(Box.of(-1, 1, 2), Box.of(-1, 1, 3));
        Env<float[], Integer> env = new FlattenObservation<>(new ProbeEnv<>(
                space, Discrete.of(2), (e, t) -> new OneOf.Choice(t % 2, new float[t % 2 == 0 ? 2 : 3]), 7));
        assertThat(env.observationSpace()).isEqualTo(space.flattened());
        assertThat(env.observationSpace().violation(env.reset(1).observation())).isNull();
        for (int k = 0; k < 5; k++) {
            assertThat(env.observationSpace().violation(env.step(0).observation()))
                    .isNull();
        }
    }

    @Test
    void grayImagesKeepTheirChannelWhenTheyAreResized() {
        Env<byte[], float[]> flat = new ResizeObservation<>(new GrayscaleObservation<>(ProbeEnv.images()), 3, 4);
        Env<byte[], float[]> deep = new ResizeObservation<>(new GrayscaleObservation<>(ProbeEnv.images(), true), 3, 4);
        assertThat(flat.observationSpace()).isEqualTo(ArrayBox.uint8(0, 255, 3, 4));
        assertThat(deep.observationSpace()).isEqualTo(ArrayBox.uint8(0, 255, 3, 4, 1));
        assertThat(deep.reset(1).observation()).isEqualTo(flat.reset(1).observation());
    }

    @Test
    void aFunctionSeesEveryActionObservationAndReward() {
        ProbeEnv<float[], float[]> probe = ProbeEnv.vectors();
        Env<float[], Integer> env = new TransformReward<>(
                new TransformObservation<>(
                        new TransformAction<>(probe, a -> new float[] {a - 2, 0}, Discrete.of(3, 2)),
                        o -> new float[] {-o[0]},
                        Box.of(-2, 1, 1)),
                r -> 10 * r);
        assertThat(env.reset(1).observation()).containsExactly(-ProbeEnv.vector(0, 0)[0]);
        StepResult<float[]> result = env.step(4);
        assertThat(probe.actions).containsExactly(new float[] {2, 0});
        assertThat(result.observation()).containsExactly(-ProbeEnv.vector(0, 1)[0]);
        assertThat(result.reward()).isEqualTo(10 * (-0.5 + 0.1));
    }

    @Test
    void environmentsOfAVectorRecordUnderNamesOfTheirOwn(@TempDir Path folder) throws IOException {
        EnvSpec spec = EnvSpec.of("test/Probe-v0", context -> ProbeEnv.vectors())
                .withWrapper(
                        "RecordVideo", Map.of("video_folder", folder.toString(), "step_every", 100, "video_length", 2));
        try (VectorEnv envs = Envs.makeVec(spec, 2, VectorOptions.defaults())) {
            VectorStep out = envs.newStep();
            envs.reset(VectorReset.seed(1), out);
            for (int k = 0; k < 5; k++) {
                envs.step(new float[4], out);
            }
        }
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrder("rl-video-step-0.gif", "rl-video-worker-0-env-1-step-0.gif");
        }
    }

    @Test
    void aTimeLimitPutOnByHandIsInTheSpec() {
        EnvSpec spec =
                EnvSpec.of("test/Probe-v0", context -> ProbeEnv.vectors()).withMaxEpisodeSteps(500);
        Env<?, ?> made = Envs.make(spec);
        assertThat(new TimeLimit<>(made, 10).spec().orElseThrow().maxEpisodeSteps())
                .hasValue(10);
        assertThat(new TimeLimit<>(made, 900).spec().orElseThrow().maxEpisodeSteps())
                .hasValue(500);
        assertThat(new TimeLimit<>(ProbeEnv.vectors(), 10).spec()).isEmpty();
        assertThatThrownBy(() -> new TimeLimit<>(made, -1)).hasMessageContaining("maxEpisodeSteps is -1");
    }

    /** The bounds and actions are those of Gymnasium's tests/wrappers/test_rescale_action.py. */
    @Test
    void rescalesBetweenBoundsOfWhichSomeAreInfinite() {
        float inf = Float.POSITIVE_INFINITY;
        Box inside = Box.of(new float[] {0, 1, -inf, 5, -inf}, new float[] {1, 3, inf, inf, 7});
        ProbeEnv<float[], float[]> probe = new ProbeEnv<>(ProbeEnv.BOX, inside, ProbeEnv::vector, 100);
        Env<float[], float[]> env =
                new RescaleAction<>(probe, new float[] {-5, 0, -inf, -1, -inf}, new float[] {5, 1, inf, inf, 4});
        env.reset(1);
        env.step(new float[] {0, 0.5f, 7, -1, -23});
        env.step(new float[] {-5, 0, -4, 0, -3});
        env.step(new float[] {5, 1, 0, 1, 4});
        assertThat(probe.actions)
                .containsExactly(
                        new float[] {0.5f, 2, 7, 5, -20}, new float[] {0, 1, -4, 6, 0}, new float[] {1, 3, 0, 7, 7});
    }

    @Test
    void picturesAreCollectedInsideAndOutsideARecording(@TempDir Path folder) throws IOException {
        RenderCollection<float[], float[]> inside = new RenderCollection<>(ProbeEnv.vectors());
        RenderCollection<float[], float[]> outside =
                new RenderCollection<>(new RecordVideo<>(ProbeEnv.vectors(), folder.resolve("outside")));
        for (Env<float[], float[]> env : List.of(new RecordVideo<>(inside, folder.resolve("inside")), outside)) {
            env.reset(1);
            for (int k = 0; k < 5; k++) {
                env.step(ACTION);
            }
            env.close();
        }
        for (RenderCollection<float[], float[]> collection : List.of(inside, outside)) {
            assertThat(collection.frames()).hasSize(6);
            assertThat(collection.frames()).isEmpty();
        }
        assertThat(Files.size(folder.resolve("inside/rl-video-episode-0.gif")))
                .isEqualTo(Files.size(folder.resolve("outside/rl-video-episode-0.gif")));
    }

    @Test
    void recordsEpisodesAndStepsIntoTheFolderUnderThePrefix(@TempDir Path folder) throws IOException {
        VideoOptions options = VideoOptions.defaults()
                .withNamePrefix("video-prefix")
                .withEpisodeTrigger(e -> e == 1 || e == 4)
                .withStepTrigger(k -> k == 0 || k == 25);
        Path deep = folder.resolve("a").resolve("b");
        try (Env<float[], float[]> env = new RecordVideo<>(ProbeEnv.vectors(), deep, options)) {
            Recorded.play(env, 40, ACTION);
        }
        try (Stream<Path> files = Files.list(deep)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrder(
                            "video-prefix-step-0.gif",
                            "video-prefix-step-25.gif",
                            "video-prefix-episode-1.gif",
                            "video-prefix-episode-4.gif");
        }
    }
}
