package org.rltune.plot;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.util.List;
import org.junit.jupiter.api.Test;

final class MethodCurvesTest {
    @Test
    void takesTheMedianOfStepFunctionsThatHaveBegun() {
        Curve early = new Curve("a", List.of(new Curve.Point(10, 1), new Curve.Point(30, 7)));
        Curve late = new Curve("a", List.of(new Curve.Point(20, 3)));
        assertThat(MethodCurves.median(List.of(early, late)))
                .containsExactly(new Curve.Point(10, 1), new Curve.Point(20, 2), new Curve.Point(30, 5));
        assertThat(MethodCurves.median(List.of())).isEmpty();
    }

    @Test
    void drawsEveryMethodInAColourOfItsOwnAndSaysWhenThereIsNothing() {
        BufferedImage image = new MethodCurves("title", "steps", "return")
                .add("one", List.of(List.of(new double[] {0, 0}, new double[] {10, 10})))
                .add("two", List.of(List.of(new double[] {0, 5}, new double[] {10, 20})))
                .add("never began", List.of())
                .draw();
        assertThat(count(image, ChartStyle.palette(0).getRGB())).isGreaterThan(200);
        assertThat(count(image, ChartStyle.palette(1).getRGB())).isGreaterThan(200);
        assertThat(new MethodCurves("title", "x", "y").draw().getWidth()).isEqualTo(1400);
    }

    private static int count(BufferedImage image, int rgb) {
        int count = 0;
        for (int y = 0; y < image.getHeight(); y++) {
            for (int x = 0; x < image.getWidth(); x++) {
                count += image.getRGB(x, y) == rgb ? 1 : 0;
            }
        }
        return count;
    }
}
