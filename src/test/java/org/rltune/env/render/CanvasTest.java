package org.rltune.env.render;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

final class CanvasTest {
    private static final int RED = 0xff0000;
    private static final int BLUE = 0x0000ff;

    private static int at(BufferedImage image, int x, int y) {
        return image.getRGB(x, y) & 0xffffff;
    }

    private static long count(BufferedImage image, int color) {
        long count = 0;
        for (int pixel : Pixels.colors(image)) {
            count += pixel == color ? 1 : 0;
        }
        return count;
    }

    @Test
    void startsInItsBackground() {
        BufferedImage image = new Canvas(7, 5, 0x123456).toImage();
        assertThat(image.getType()).isEqualTo(BufferedImage.TYPE_INT_RGB);
        assertThat(image.getWidth()).isEqualTo(7);
        assertThat(image.getHeight()).isEqualTo(5);
        assertThat(count(image, 0x123456)).isEqualTo(35);
    }

    @Test
    void countsPixelsFromTheLowerLeftCorner() {
        BufferedImage image =
                new Canvas(10, 8, Canvas.WHITE).color(RED).fillRect(0, 0, 3, 2).toImage();
        assertThat(count(image, RED)).isEqualTo(6);
        assertThat(at(image, 0, 7)).isEqualTo(RED);
        assertThat(at(image, 2, 6)).isEqualTo(RED);
        assertThat(at(image, 3, 7)).isEqualTo(Canvas.WHITE);
        assertThat(at(image, 0, 0)).isEqualTo(Canvas.WHITE);
    }

    @Test
    void stretchesTheWorldOverThePicture() {
        BufferedImage image = new Canvas(40, 20, Canvas.WHITE)
                .world(-2, 1, 2, 3)
                .color(RED)
                .fillRect(-2, 2, 0, 3)
                .toImage();
        assertThat(count(image, RED)).isEqualTo(20 * 10);
        assertThat(at(image, 0, 0)).isEqualTo(RED);
        assertThat(at(image, 19, 9)).isEqualTo(RED);
        assertThat(at(image, 20, 9)).isEqualTo(Canvas.WHITE);
        assertThat(at(image, 19, 10)).isEqualTo(Canvas.WHITE);
    }

    @Test
    void turnsCounterClockwiseAndComesBack() {
        BufferedImage image = new Canvas(20, 20, Canvas.WHITE)
                .color(RED)
                .at(10, 10, Math.PI / 2, inner -> inner.fillRect(0, 0, 8, 4))
                .color(BLUE)
                .fillRect(0, 0, 2, 2)
                .toImage();
        // (8, 4) turned by a right angle is (-4, 8): columns 6 to 9, rows 18 to 11 above the lower edge.
        assertThat(at(image, 7, 20 - 17)).isEqualTo(RED);
        assertThat(at(image, 12, 8)).isEqualTo(Canvas.WHITE);
        assertThat(at(image, 0, 19)).isEqualTo(BLUE);
    }

    @Test
    void circlesAndLinesCoverTheirArea() {
        BufferedImage disc = new Canvas(100, 100, Canvas.WHITE)
                .color(RED)
                .fillCircle(50, 50, 40)
                .toImage();
        double covered = 0;
        for (int pixel : Pixels.colors(disc)) {
            covered += (255 - (pixel & 255)) / 255.0;
        }
        // The area of a circle; a curve of short lines and 256 shades keep it to two thousandths.
        assertThat(covered).isBetween(Math.PI * 1600 * 0.998, Math.PI * 1600 * 1.002);
        BufferedImage line = new Canvas(20, 20, Canvas.WHITE)
                .color(BLUE)
                .line(4, -5, 10, 25, 10)
                .toImage();
        assertThat(count(line, BLUE)).isEqualTo(80);
    }

    @Test
    void outlinesLeaveTheInsideFree() {
        BufferedImage image = new Canvas(30, 30, Canvas.WHITE)
                .color(RED)
                .rect(2, 5, 5, 25, 25)
                .circle(1, 15, 15, 6)
                .arc(2, 15, 15, 12, 0, Math.PI / 2)
                .toImage();
        assertThat(at(image, 15, 15)).isEqualTo(Canvas.WHITE);
        assertThat(at(image, 5, 15)).isEqualTo(RED);
        // The quarter arc from the right to the top passes at 45 degrees: (15 + 8.5, 15 + 8.5) from below.
        assertThat(at(image, 23, 6)).isEqualTo(RED);
        assertThat(at(image, 8, 22)).isEqualTo(Canvas.WHITE);
    }

    @Test
    void opacityMixesColours() {
        BufferedImage image =
                new Canvas(2, 2, Canvas.WHITE).color(Canvas.BLACK, 0.5).fill().toImage();
        assertThat(at(image, 1, 1) & 255).isBetween(126, 128);
    }

    @Test
    void drawsPicturesUprightAndSharp() {
        BufferedImage picture = new BufferedImage(2, 2, BufferedImage.TYPE_INT_RGB);
        picture.setRGB(0, 0, RED);
        picture.setRGB(1, 1, BLUE);
        BufferedImage image =
                new Canvas(8, 8, Canvas.WHITE).image(picture, 2, 2, 6, 6).toImage();
        assertThat(at(image, 2, 2)).isEqualTo(RED);
        assertThat(at(image, 3, 3)).isEqualTo(RED);
        assertThat(at(image, 5, 5)).isEqualTo(BLUE);
        assertThat(at(image, 1, 1)).isEqualTo(Canvas.WHITE);
        assertThat(count(image, RED)).isEqualTo(4);
    }

    @Test
    void writesLettersThatDiffer() {
        String signs = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ .,:;!?'-+=/*()[]<>%#_~";
        assertThat(signs.chars()
                        .mapToObj(c -> new Canvas(40, 40, Canvas.WHITE)
                                .text(String.valueOf((char) c), 2, 30, 5, 5)
                                .toImage())
                        .map(image -> Arrays.hashCode(Pixels.colors(image)))
                        .distinct())
                .hasSize(signs.length());
        assertThat(Pixels.colors(new Canvas(90, 40, Canvas.WHITE)
                        .text("Sum i", 2, 20, 5, 5)
                        .toImage()))
                .isEqualTo(Pixels.colors(new Canvas(90, 40, Canvas.WHITE)
                        .text("SUM I", 2, 20, 5, 5)
                        .toImage()));
    }

    @Test
    void thePictureIsTheCallers() {
        Canvas canvas = new Canvas(3, 3, Canvas.WHITE);
        BufferedImage before = canvas.toImage();
        canvas.color(RED).fill();
        assertThat(count(before, Canvas.WHITE)).isEqualTo(9);
        before.setRGB(0, 0, BLUE);
        assertThat(count(canvas.toImage(), RED)).isEqualTo(9);
    }

    @Test
    void refusesWhatCannotBeDrawn() {
        assertThatThrownBy(() -> new Canvas(0, 3, Canvas.WHITE)).hasMessageContaining("width is 0");
        Canvas canvas = new Canvas(3, 3, Canvas.WHITE);
        assertThatThrownBy(() -> canvas.fillPolygon(1, 2, 3)).hasMessageContaining("3 numbers");
        assertThatThrownBy(() -> canvas.world(1, 0, 1, 1)).hasMessageContaining("right - left is 0.0");
        assertThatThrownBy(() -> canvas.line(0, 0, 0, 1, 1)).hasMessageContaining("lineWidth is 0.0");
        assertThatThrownBy(() -> canvas.color(RED, 2)).hasMessageContaining("opacity is 2.0");
    }

    @Test
    void copiesPicturesOfOtherTypes() {
        BufferedImage gray = new BufferedImage(2, 1, BufferedImage.TYPE_3BYTE_BGR);
        gray.setRGB(0, 0, 0x102030);
        assertThat(Pixels.copy(gray).getType()).isEqualTo(BufferedImage.TYPE_INT_RGB);
        assertThat(Pixels.bytes(gray)).containsExactly(0x10, 0x20, 0x30, 0, 0, 0);
        assertThat(Pixels.colors(Pixels.copy(gray))).containsExactly(0x102030, 0);
        // A part of a picture shares the array of the whole.
        BufferedImage whole =
                new Canvas(4, 4, RED).color(BLUE).fillRect(2, 0, 4, 4).toImage();
        assertThat(Pixels.colors(Pixels.copy(whole.getSubimage(1, 1, 2, 1)))).containsExactly(RED, BLUE);
    }
}
