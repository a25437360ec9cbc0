package org.rltune.plot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.rltune.tune.Importance;

final class PicturesTest {
    private static final int VERMILION = ChartStyle.VERMILION.getRGB();
    private static final int BLUE = ChartStyle.BLUE.getRGB();

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 8, 64})
    void showsTheBestTrialAndTheMedianForAnyPopulation(int trials) {
        BufferedImage image = RewardChart.draw(FakePopulation.of(trials, 30));
        assertThat(image.getWidth()).isEqualTo(1400);
        assertThat(image.getHeight()).isEqualTo(800);
        assertThat(image.getRGB(0, 0)).isEqualTo(Color.WHITE.getRGB());
        assertThat(count(image, VERMILION)).isGreaterThan(500);
        if (trials > 1) {
            assertThat(count(image, BLUE)).isGreaterThan(500);
        } else {
            assertThat(count(image, BLUE)).isZero();
        }
    }

    @Test
    void showsATrialWithASingleRow() {
        Curve one = new Curve("t00000", List.of(new Curve.Point(1, 20)));
        BufferedImage image = RewardChart.draw(new Population("one", "m", List.of(one), "t00000", List.of()));
        assertThat(count(image.getSubimage(110, 80, 1200, 600), VERMILION)).isGreaterThan(10);
    }

    @Test
    void saysSoWhereNoRowHasTheMetric() {
        Curve none = Curve.of("t00000", List.of(Map.of("training_iteration", 1)), "training_iteration", "m");
        BufferedImage image = RewardChart.draw(new Population("none", "m", List.of(none), "", List.of()));
        BufferedImage empty = RewardChart.draw(new Population("none", "m", List.of(), "", List.of()));
        int ink = ChartStyle.INK.getRGB();
        assertThat(count(image.getSubimage(200, 300, 1000, 200), ink)).isGreaterThan(500);
        assertThat(count(empty.getSubimage(200, 300, 1000, 200), ink)).isGreaterThan(500);
        BufferedImage line = new LineCurve("none", "x", "y").draw();
        assertThat(count(line.getSubimage(200, 300, 1000, 200), ink)).isGreaterThan(500);
    }

    @Test
    void drawsABarForEachShareAndForTheInteractions() {
        Importance importance = new Importance(Map.of("lr", 0.6), Map.of("lr", 0.1), 0.3, 40);
        BufferedImage image = ImportanceChart.draw("importance", importance);
        int all = count(image, BLUE);
        int one = count(ImportanceChart.draw("one", new Importance(Map.of("lr", 0.6), Map.of("lr", 0.1), 0, 40)), BLUE);
        assertThat(one).isGreaterThan(5000);
        assertThat((double) all / one).as("0.9 against 0.6").isBetween(1.4, 1.6);
    }

    @Test
    void leavesAGapWhereARowHasNoMetric() {
        // Constant 100 at 1..3 and 7..9; without gaps the line would run through the middle, or dive to zero.
        List<Map<String, ?>> rows = new ArrayList<>();
        for (int i = 1; i <= 9; i++) {
            boolean missing = i >= 4 && i <= 6;
            rows.add(missing ? Map.of("training_iteration", i) : Map.of("training_iteration", i, "m", 100.0));
        }
        Curve curve = Curve.of("t", rows, "training_iteration", "m");
        BufferedImage image = RewardChart.draw(new Population("gap", "m", List.of(curve), "t", List.of()));
        int middle = (110 + 1365) / 2;
        assertThat(count(image.getSubimage(middle - 150, 90, 300, 580), VERMILION))
                .isZero();
        assertThat(count(image.getSubimage(110, 90, 250, 580), VERMILION)).isGreaterThan(100);
        assertThat(count(image.getSubimage(1100, 90, 250, 580), VERMILION)).isGreaterThan(100);
    }

    @Test
    void readsNestedColumnsAndTreatsInfiniteValuesAsGaps() {
        List<Map<String, ?>> rows = List.of(
                Map.of("x", 1, "a", Map.of("b", 2.0)),
                Map.of("x", 2, "a", Map.of("b", Double.POSITIVE_INFINITY)),
                Map.of("x", 3, "a/b", "NaN"),
                Map.of("a/b", 5.0));
        assertThat(Curve.of("c", rows, "x", "a/b").points())
                .containsExactly(
                        new Curve.Point(1, 2.0), new Curve.Point(2, Double.NaN), new Curve.Point(3, Double.NaN));
    }

    @Test
    void interpolatesQuartilesAsNumpyDoes() {
        // numpy.percentile([1, 2, 4, 8], [25, 50, 75]) -> [1.75, 3., 5.]
        double[] sorted = {1, 2, 4, 8};
        assertThat(Quartiles.quantile(sorted, 0.25)).isEqualTo(1.75, within(1e-12));
        assertThat(Quartiles.quantile(sorted, 0.5)).isEqualTo(3, within(1e-12));
        assertThat(Quartiles.quantile(sorted, 0.75)).isEqualTo(5, within(1e-12));
        assertThat(Quartiles.quantile(new double[] {7}, 0.75)).isEqualTo(7);
    }

    @Test
    void takesQuartilesOverTheTrialsThatHaveAValue() {
        Curve a = new Curve("a", List.of(new Curve.Point(1, 10), new Curve.Point(2, Double.NaN)));
        Curve b = new Curve("b", List.of(new Curve.Point(1, 20), new Curve.Point(2, 5), new Curve.Point(4, 6)));
        Curve c = new Curve("c", List.of(new Curve.Point(3, Double.NaN)));
        assertThat(Quartiles.of(List.of(a, b, c)))
                .containsExactly(
                        List.of(new Quartiles(1, 12.5, 15, 17.5), new Quartiles(2, 5, 5, 5)),
                        List.of(new Quartiles(4, 6, 6, 6)));
    }

    @Test
    void writesAPictureThatCanBeRead(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("curve.png");
        List<Map<String, ?>> rows = List.of(Map.of("x", 1, "y", 2), Map.of("x", 2, "y", 5));
        LineCurve curve = new LineCurve("two lines", "x", "y").add("same", rows).add("same", rows);
        curve.write(file);
        curve.write(file);
        assertThat(ImageIO.read(file.toFile()).getWidth()).isEqualTo(1400);
        assertThat(Files.list(folder)).containsExactly(file);
    }

    @Test
    void namesTheFileThatItCannotWrite(@TempDir Path folder) {
        Path file = folder.resolve("missing").resolve("curve.png");
        assertThatThrownBy(() -> new LineCurve("t", "x", "y").write(file))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining(file.toString())
                .hasMessageContaining("Check that its folder exists");
    }

    private static int count(BufferedImage image, int rgb) {
        int found = 0;
        for (int y = 0; y < image.getHeight(); y++) {
            for (int x = 0; x < image.getWidth(); x++) {
                found += image.getRGB(x, y) == rgb ? 1 : 0;
            }
        }
        return found;
    }
}
