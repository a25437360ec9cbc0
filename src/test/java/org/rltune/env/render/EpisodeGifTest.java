package org.rltune.env.render;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.metadata.IIOMetadataNode;
import javax.imageio.stream.ImageInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rltune.random.Pcg64;

/** The files are read back by the JDK's own GIF reader. */
final class EpisodeGifTest {
    @TempDir
    Path folder;

    /** What a viewer shows: each picture after it was drawn over the one before, and for how many hundredths. */
    private record Shown(int[] pixels, int hundredths) {
        boolean is(BufferedImage picture) {
            return Arrays.equals(pixels, Pixels.colors(picture));
        }
    }

    private static List<Shown> play(Path file) throws IOException {
        ImageReader reader = ImageIO.getImageReadersByFormatName("gif").next();
        List<Shown> shown = new ArrayList<>();
        try (ImageInputStream stream = ImageIO.createImageInputStream(file.toFile())) {
            reader.setInput(stream);
            int count = reader.getNumImages(true);
            BufferedImage screen = null;
            for (int i = 0; i < count; i++) {
                BufferedImage part = reader.read(i);
                IIOMetadataNode root =
                        (IIOMetadataNode) reader.getImageMetadata(i).getAsTree("javax_imageio_gif_image_1.0");
                IIOMetadataNode place = (IIOMetadataNode)
                        root.getElementsByTagName("ImageDescriptor").item(0);
                IIOMetadataNode control = (IIOMetadataNode)
                        root.getElementsByTagName("GraphicControlExtension").item(0);
                if (screen == null) {
                    screen = new BufferedImage(part.getWidth(), part.getHeight(), BufferedImage.TYPE_INT_RGB);
                }
                screen.createGraphics()
                        .drawImage(
                                part,
                                Integer.parseInt(place.getAttribute("imageLeftPosition")),
                                Integer.parseInt(place.getAttribute("imageTopPosition")),
                                null);
                shown.add(new Shown(Pixels.colors(screen), Integer.parseInt(control.getAttribute("delayTime"))));
            }
        }
        return shown;
    }

    /** A ball on its way to the right. */
    private static BufferedImage ball(int step) {
        return new Canvas(60, 40, Canvas.WHITE)
                .color(0x1f77b4)
                .fillCircle(10 + 3 * step, 20, 6)
                .color(Canvas.BLACK)
                .line(1, 0, 5, 60, 5)
                .toImage();
    }

    private static List<BufferedImage> balls(int count) {
        List<BufferedImage> pictures = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            pictures.add(ball(i));
        }
        return pictures;
    }

    @Test
    void showsEveryPictureExactly() throws IOException {
        Path file = folder.resolve("ball.gif");
        EpisodeGif.write(file, 25, balls(12));
        List<Shown> shown = play(file);
        assertThat(shown).hasSize(12).allMatch(picture -> picture.hundredths() == 4);
        for (int i = 0; i < 12; i++) {
            assertThat(shown.get(i).is(ball(i))).as("picture " + i).isTrue();
        }
    }

    @Test
    void playsWithoutEnd() throws IOException {
        Path file = folder.resolve("loop.gif");
        EpisodeGif.write(file, 25, balls(2));
        String bytes = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
        assertThat(bytes).startsWith("GIF89a");
        // The extension of Netscape 2.0: 3 bytes of data, 1, and the number of repeats, where 0 stands for no end.
        assertThat(bytes.split("NETSCAPE2.0\u0003\u0001\u0000\u0000\u0000", -1)).hasSize(2);
    }

    @Test
    void keepsTheMeanSpeed() throws IOException {
        for (int fps : new int[] {1, 7, 30, 50}) {
            Path file = folder.resolve("speed" + fps + ".gif");
            EpisodeGif.write(file, fps, balls(15));
            int total = play(file).stream().mapToInt(Shown::hundredths).sum();
            assertThat(total).as("fps " + fps).isEqualTo((int) Math.round(1500.0 / fps));
        }
    }

    @Test
    void leavesPicturesOutBeyondFiftyASecondButNeverTheLast() throws IOException {
        Path file = folder.resolve("fast.gif");
        EpisodeGif.write(file, 100, balls(10));
        List<Shown> shown = play(file);
        assertThat(shown).allMatch(picture -> picture.hundredths() >= 2);
        assertThat(shown).hasSize(6);
        assertThat(shown.get(0).is(ball(0))).isTrue();
        assertThat(shown.get(1).is(ball(2))).isTrue();
        assertThat(shown.get(5).is(ball(9))).isTrue();
    }

    @Test
    void aPictureThatStaysIsWrittenOnce() throws IOException {
        Path file = folder.resolve("still.gif");
        EpisodeGif.write(file, 20, List.of(ball(0), ball(0), ball(0), ball(1)));
        assertThat(play(file)).extracting(Shown::hundredths).containsExactly(15, 5);
    }

    @Test
    void samePicturesGiveTheSameBytes() throws IOException {
        EpisodeGif.write(folder.resolve("a.gif"), 30, balls(5));
        EpisodeGif.write(folder.resolve("b.gif"), 30, balls(5));
        assertThat(Files.readAllBytes(folder.resolve("a.gif"))).isEqualTo(Files.readAllBytes(folder.resolve("b.gif")));
    }

    @Test
    void manyColoursComeClose() throws IOException {
        BufferedImage many = new BufferedImage(64, 64, BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < 64; y++) {
            for (int x = 0; x < 64; x++) {
                many.setRGB(x, y, x * 4 << 16 | y * 4 << 8 | 128);
            }
        }
        Path file = folder.resolve("many.gif");
        EpisodeGif.write(file, 10, List.of(many));
        int[] expected = Pixels.colors(many);
        int[] actual = play(file).get(0).pixels();
        double squares = 0;
        for (int i = 0; i < expected.length; i++) {
            for (int shift : new int[] {16, 8, 0}) {
                int d = (expected[i] >> shift & 255) - (actual[i] >> shift & 255);
                squares += d * d;
            }
        }
        // 256 groups of 4096 colours on a square are 4 by 4 colours; their places 0, 4, 8, 12 have the variance 20.
        assertThat(Math.sqrt(squares / expected.length)).isLessThan(Math.sqrt(2 * 20) * 1.1);
    }

    @Test
    void aFewStrayColoursDoNotMoveTheFlatOnes() throws IOException {
        BufferedImage picture = new Canvas(80, 80, 0xffe4c4)
                .color(0x2f4f4f)
                .fillRect(0, 0, 80, 30)
                .toImage();
        Pcg64 random = new Pcg64(5);
        for (int i = 0; i < 600; i++) {
            picture.setRGB((int) random.integers(0, 80), 40, (int) random.integers(0, 1 << 24));
            picture.setRGB((int) random.integers(0, 80), 41 + i % 8, (int) random.integers(0, 1 << 24));
        }
        Path file = folder.resolve("stray.gif");
        EpisodeGif.write(file, 10, List.of(picture));
        int[] shown = play(file).get(0).pixels();
        assertThat(shown[0]).isEqualTo(0xffe4c4);
        assertThat(shown[80 * 79]).isEqualTo(0x2f4f4f);
    }

    @Test
    void refusesWhatMakesNoFilm() {
        Path file = folder.resolve("bad.gif");
        assertThatThrownBy(() -> EpisodeGif.write(file, 10, List.of())).hasMessageContaining("pictures is empty");
        assertThatThrownBy(() -> new EpisodeGif(file, 0)).hasMessageContaining("fps is 0");
        try (EpisodeGif gif = new EpisodeGif(file, 10)) {
            gif.add(ball(0));
            assertThatThrownBy(() -> gif.add(new Canvas(3, 4, 0).toImage()))
                    .hasMessageContaining("Picture 1")
                    .hasMessageContaining("3x4")
                    .hasMessageContaining("60x40");
            gif.close();
            assertThatThrownBy(() -> gif.add(ball(0))).hasMessageContaining("closed");
        }
        EpisodeGif lost = new EpisodeGif(folder.resolve("no/such/folder.gif"), 10);
        assertThatThrownBy(() -> lost.add(ball(0)))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("folder.gif");
        lost.close();
    }

    @Test
    void withoutPicturesThereIsNoFile() {
        Path file = folder.resolve("none.gif");
        new EpisodeGif(file, 10).close();
        assertThat(file).doesNotExist();
    }
}
