package org.rltune.env.wrapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.awt.GraphicsEnvironment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rltune.env.Env;
import org.rltune.env.render.PacedScreen;
import org.rltune.env.render.Pixels;
import org.rltune.space.ArrayBox;
import org.rltune.space.Discrete;

final class RenderWrappersTest {
    private static final float[] ACTION = new float[2];

    @TempDir
    Path folder;

    private List<String> files() throws IOException {
        try (Stream<Path> paths = Files.list(folder)) {
            return paths.map(path -> path.getFileName().toString()).sorted().toList();
        }
    }

    private int frames(String file) throws IOException {
        ImageReader reader = ImageIO.getImageReadersByFormatName("gif").next();
        try (ImageInputStream stream =
                ImageIO.createImageInputStream(folder.resolve(file).toFile())) {
            reader.setInput(stream);
            return reader.getNumImages(true);
        }
    }

    /** Episodes of 7, 8, 9, 7, ... steps. */
    private static void play(Env<float[], float[]> env, int episodes) {
        for (int e = 0; e < episodes; e++) {
            env.reset(e);
            while (!env.step(ACTION).ended()) {}
        }
    }

    @Test
    void recordsTheEpisodesWhoseNumberIsACube() throws IOException {
        Env<float[], float[]> env = new RecordVideo<>(ProbeEnv.vectors(), folder);
        play(env, 10);
        env.close();
        assertThat(files())
                .containsExactly("rl-video-episode-0.gif", "rl-video-episode-1.gif", "rl-video-episode-8.gif");
        // The first picture is that of the reset.
        assertThat(frames("rl-video-episode-0.gif")).isEqualTo(8);
        assertThat(frames("rl-video-episode-1.gif")).isEqualTo(9);
        assertThat(LongStream.rangeClosed(0, 3000).filter(VideoOptions::cappedCubic))
                .containsExactly(0L, 1L, 8L, 27L, 64L, 125L, 216L, 343L, 512L, 729L, 1000L, 2000L, 3000L);
    }

    @Test
    void recordsFromAStepForANumberOfSteps() throws IOException {
        VideoOptions options = VideoOptions.defaults()
                .withStepTrigger(step -> step % 20 == 5)
                .withVideoLength(6)
                .withNamePrefix("run");
        RecordVideo<float[], float[]> env = new RecordVideo<>(ProbeEnv.vectors(), folder, options);
        play(env, 5);
        env.close();
        assertThat(files()).containsExactly("run-step-25.gif", "run-step-5.gif");
        // As in Gymnasium a length of 6 makes 7 pictures, and the recording goes on over a reset.
        assertThat(frames("run-step-5.gif")).isEqualTo(7);
        assertThat(frames("run-step-25.gif")).isEqualTo(7);
        assertThat(env.isRecording()).isFalse();
    }

    @Test
    void writesPngInAllColours() throws IOException {
        VideoOptions options = VideoOptions.defaults()
                .withEpisodeTrigger(episode -> episode == 1)
                .withFormat(VideoFormat.PNG);
        ProbeEnv<float[], float[]> probe = ProbeEnv.vectors();
        Env<float[], float[]> env = new RecordVideo<>(probe, folder, options);
        play(env, 2);
        env.close();
        Path last = folder.resolve("rl-video-episode-1/000008.png");
        assertThat(Pixels.colors(ImageIO.read(last.toFile()))).isEqualTo(Pixels.colors(probe.renderFrame()));
        assertThat(folder.resolve("rl-video-episode-1/000009.png")).doesNotExist();
    }

    @Test
    void refusesVideosThatCannotBe() {
        Env<Integer, Integer> blind = new BlindEnv();
        assertThatThrownBy(() -> new RecordVideo<>(blind, folder))
                .hasMessageContaining("RecordVideo needs pictures")
                .hasMessageContaining("BlindEnv")
                .hasMessageContaining("renderFrame()");
        assertThatThrownBy(() -> VideoOptions.defaults().withNamePrefix("a/b")).hasMessageContaining("slash");
        assertThatThrownBy(() -> VideoOptions.defaults().withVideoLength(-1)).hasMessageContaining("videoLength is -1");
        assertThatThrownBy(() -> new RenderCollection<>(blind)).hasMessageContaining("RenderCollection needs pictures");
        assertThatThrownBy(() -> new AddWhiteNoise<>(ProbeEnv.vectors(), 1, true))
                .hasMessageContaining("probabilityOfNoisePerPixel is 1.0");
        assertThatThrownBy(() -> new ObstructView<>(ProbeEnv.vectors(), 0.5, 0, true))
                .hasMessageContaining("obstructionWidth is 0");
    }

    /** An environment without pictures. */
    private static final class BlindEnv extends org.rltune.env.SeededEnv<Integer, Integer> {
        BlindEnv() {
            super(Discrete.of(1), Discrete.of(1));
        }

        @Override
        protected Integer start(Map<String, Object> options) {
            return 0;
        }

        @Override
        public org.rltune.env.StepResult<Integer> step(Integer action) {
            return new org.rltune.env.StepResult<>(0, 0, false, false);
        }
    }

    @Test
    void showsEachPictureForItsTime() {
        FakeScreen screen = new FakeScreen();
        long[] clock = {-5_000_000};
        long[] slept = {0};
        Env<float[], float[]> env =
                new HumanRendering<>(ProbeEnv.vectors(), new PacedScreen(screen, () -> clock[0], nanos -> {
                    slept[0] += nanos;
                    clock[0] += nanos;
                }));
        env.reset(1);
        clock[0] += 10_000_000;
        env.step(ACTION);
        clock[0] += 50_000_000; // later than the next picture
        env.step(ACTION);
        assertThat(screen.pictures).hasSize(3);
        // 30 pictures per second: 33333333 ns each, of which 10 ms had passed.
        assertThat(slept[0]).isEqualTo(33_333_333 - 10_000_000);
        screen.closed = true;
        env.step(ACTION);
        assertThat(screen.pictures).hasSize(3);
    }

    @Test
    void saysWhatToDoWithoutADisplay() {
        assumeTrue(GraphicsEnvironment.isHeadless(), "this machine has a display");
        assertThatThrownBy(() -> new HumanRendering<>(ProbeEnv.vectors()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("headless")
                .hasMessageContaining("RecordVideo");
    }

    @Test
    void disturbsPicturesAsGymnasium() {
        check("AddWhiteNoise 0.4", new AddWhiteNoise<>(ProbeEnv.vectors(), 0.4, false));
        check("AddWhiteNoise 0.6 gray", new AddWhiteNoise<>(ProbeEnv.vectors(), 0.6, true));
        check("ObstructView 0.5 of 2", new ObstructView<>(ProbeEnv.vectors(), 0.5, 2, false));
        check("ObstructView 0.7 of 3 gray", new ObstructView<>(ProbeEnv.vectors(), 0.7, 3, true));
    }

    private static void check(String name, Env<float[], float[]> env) {
        env.reset(5);
        Object first = Recorded.plain(Pixels.bytes(env.renderFrame()));
        env.step(ACTION);
        assertThat(List.of(first, Recorded.plain(Pixels.bytes(env.renderFrame()))))
                .as(name)
                .isEqualTo(Recorded.of(name));
    }

    @Test
    void theObservationIsThePicture() {
        ProbeEnv<float[], float[]> probe = ProbeEnv.vectors();
        Env<byte[], float[]> env = AddRenderObservation.renderOnly(probe);
        assertThat(env.observationSpace()).isEqualTo(ArrayBox.uint8(0, 255, 6, 5, 3));
        assertThat(env.reset(1).observation()).isEqualTo(Pixels.bytes(probe.renderFrame()));
        Env<Map<String, Object>, float[]> both = AddRenderObservation.beside(ProbeEnv.maps(), "pixels", "state");
        assertThat(both.reset(1).observation()).containsOnlyKeys("alpha", "zeta", "pixels");
        assertThatThrownBy(() -> AddRenderObservation.beside(ProbeEnv.maps(), "zeta", "state"))
                .hasMessageContaining("renderKey is 'zeta'");
    }

    @Test
    void collectsPicturesUntilTheyAreAskedForOrAReset() {
        RenderCollection<float[], float[]> env = new RenderCollection<>(ProbeEnv.vectors());
        env.reset(1);
        env.step(ACTION);
        env.reset(2);
        env.step(ACTION);
        env.step(ACTION);
        assertThat(env.frames()).hasSize(3);
        assertThat(env.frames()).isEmpty();
        RenderCollection<float[], float[]> keeping = new RenderCollection<>(ProbeEnv.vectors(), false, false);
        keeping.reset(1);
        keeping.step(ACTION);
        keeping.reset(2);
        assertThat(keeping.frames()).hasSize(3);
        assertThat(keeping.frames()).hasSize(3);
    }
}
