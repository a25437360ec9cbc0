package org.rltune.env.wrapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.rltune.random.Pcg64;
import org.rltune.space.ArrayBox;

/** Resized images are those of OpenCV 5.0.0, recorded by {@code record_wrappers.py}. */
final class ResizeTest {
    @TestFactory
    Stream<DynamicTest> resizesAsOpenCv() {
        return Recorded.of("resize").stream().map(line -> {
            Map<?, ?> image = (Map<?, ?>) line;
            int[] from = ints(image.get("from"));
            int[] to = ints(image.get("to"));
            return DynamicTest.dynamicTest(image.get("from") + " to " + image.get("to"), () -> {
                AreaResize resize = AreaResize.of(from[0], from[1], from[2], to[0], to[1]);
                assertThat(Recorded.plain(resize.apply(bytes(image.get("image")))))
                        .isEqualTo(image.get("result"));
            });
        });
    }

    private static int[] ints(Object list) {
        return ((List<?>) list).stream().mapToInt(x -> ((Double) x).intValue()).toArray();
    }

    private static byte[] bytes(Object list) {
        int[] values = ints(list);
        byte[] bytes = new byte[values.length];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) values[i];
        }
        return bytes;
    }

    @Test
    void aSmallerImageHasTheMeansOfTheAreas() {
        long seed = 4;
        Pcg64 random = new Pcg64(seed);
        for (int trial = 0; trial < 40; trial++) {
            int height = (int) random.integers(1, 30);
            int width = (int) random.integers(1, 30);
            int newHeight = (int) random.integers(1, height + 1);
            int newWidth = (int) random.integers(1, width + 1);
            byte[] image = new byte[height * width];
            random.nextBytes(image);
            byte[] resized =
                    AreaResize.of(height, width, 1, newHeight, newWidth).apply(image);
            for (int y = 0; y < newHeight; y++) {
                for (int x = 0; x < newWidth; x++) {
                    double mean = mean(image, height, width, newHeight, newWidth, y, x);
                    // Half a unit of rounding, and single precision with parts below a thousandth left out.
                    assertThat((double) (resized[y * newWidth + x] & 0xff))
                            .as("seed " + seed + ", trial " + trial)
                            .isBetween(mean - 1.1, mean + 1.1);
                }
            }
        }
    }

    private static double mean(byte[] image, int height, int width, int newHeight, int newWidth, int y, int x) {
        double top = (double) y * height / newHeight;
        double bottom = (double) (y + 1) * height / newHeight;
        double left = (double) x * width / newWidth;
        double right = (double) (x + 1) * width / newWidth;
        double sum = 0;
        for (int r = 0; r < height; r++) {
            for (int c = 0; c < width; c++) {
                double part = Math.max(0, Math.min(bottom, r + 1) - Math.max(top, r))
                        * Math.max(0, Math.min(right, c + 1) - Math.max(left, c));
                sum += part * (image[r * width + c] & 0xff);
            }
        }
        return sum / ((bottom - top) * (right - left));
    }

    @Test
    void theSpaceHasTheNewSize() {
        ResizeObservation<float[]> env = new ResizeObservation<>(ProbeEnv.images(), 3, 4);
        assertThat(env.observationSpace()).isEqualTo(ArrayBox.uint8(0, 255, 3, 4, 3));
        assertThat(env.observationSpace().violation(env.reset(1).observation())).isNull();
        ResizeObservation<float[]> gray = new ResizeObservation<>(new GrayscaleObservation<>(ProbeEnv.images()), 12, 2);
        assertThat(gray.observationSpace()).isEqualTo(ArrayBox.uint8(0, 255, 12, 2));
    }

    @Test
    void refusesWhatIsNoImage() {
        assertThatThrownBy(() -> new ResizeObservation<>(ProbeEnv.images(), 0, 4))
                .hasMessageContaining("height is 0");
        assertThatThrownBy(() -> new ResizeObservation<>(new ReshapeObservation<>(ProbeEnv.images(), 90), 3, 4))
                .hasMessageContaining("ResizeObservation needs images")
                .hasMessageContaining("(90,)");
    }
}
