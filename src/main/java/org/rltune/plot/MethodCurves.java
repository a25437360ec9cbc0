package org.rltune.plot;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.xy.XYLineAndShapeRenderer;
import org.jfree.chart.renderer.xy.XYStepRenderer;
import org.jfree.data.xy.XYSeries;
import org.jfree.data.xy.XYSeriesCollection;

/**
 * Draws what several methods reach against what they spend: for each method the median over its repetitions as a strong
 * line of steps, and every repetition thin behind it.
 *
 * <p>Each repetition is a step function: between two points it keeps the value of the one on the left. The median is taken
 * at every x at which a repetition of the method has a point, over all of its repetitions that have begun there.
 */
public final class MethodCurves {
    private static final int FAINT = 0x50;

    private final String title;
    private final XYPlot plot;
    private final List<Method> methods = new ArrayList<>();

    /** A method and its repetitions. */
    private record Method(String name, List<Curve> repetitions) {}

    /**
     * Makes an empty picture.
     *
     * @param title what stands above it
     * @param x what is spent, with its unit
     * @param y what is reached
     */
    public MethodCurves(String title, String x, String y) {
        this.title = title;
        this.plot = ChartStyle.plot(x, y);
    }

    /**
     * Adds a method.
     *
     * @param repetitions for each repetition its points {x, y} with ascending x; may be empty
     */
    public MethodCurves add(String name, List<List<double[]>> repetitions) {
        List<Curve> curves = new ArrayList<>();
        for (List<double[]> points : repetitions) {
            curves.add(new Curve(
                    name,
                    points.stream()
                            .map(point -> new Curve.Point(point[0], point[1]))
                            .toList()));
        }
        methods.add(new Method(name, curves));
        return this;
    }

    /** Returns the median step function of some repetitions, as points {x, y}. */
    static List<Curve.Point> median(List<Curve> repetitions) {
        double[] xs = repetitions.stream()
                .flatMap(curve -> curve.points().stream())
                .mapToDouble(Curve.Point::x)
                .sorted()
                .distinct()
                .toArray();
        List<Curve.Point> median = new ArrayList<>();
        for (double x : xs) {
            double[] begun = repetitions.stream()
                    .mapToDouble(curve -> at(curve, x))
                    .filter(y -> !Double.isNaN(y))
                    .sorted()
                    .toArray();
            if (begun.length > 0) {
                median.add(new Curve.Point(x, Quartiles.quantile(begun, 0.5)));
            }
        }
        return median;
    }

    private static double at(Curve curve, double x) {
        double y = Double.NaN;
        for (Curve.Point point : curve.points()) {
            if (point.x() > x) {
                break;
            }
            y = point.y();
        }
        return y;
    }

    /** Draws the picture, 1400 x 800 pixels. */
    public BufferedImage draw() {
        boolean anything = methods.stream()
                .flatMap(method -> method.repetitions().stream())
                .anyMatch(Curve::hasValues);
        if (!anything) {
            plot.setNoDataMessage("No method reached anything: there is nothing to draw.");
            return ChartStyle.image(ChartStyle.chart(title, "", plot));
        }
        XYSeriesCollection thin = new XYSeriesCollection();
        XYSeriesCollection strong = new XYSeriesCollection();
        XYLineAndShapeRenderer behind = new XYStepRenderer();
        XYLineAndShapeRenderer front = new XYStepRenderer();
        for (int i = 0; i < methods.size(); i++) {
            Method method = methods.get(i);
            Color color = ChartStyle.palette(i);
            for (Curve curve : method.repetitions()) {
                int index = add(thin, method.name() + " #" + thin.getSeriesCount(), curve.points());
                behind.setSeriesPaint(index, new Color(color.getRed(), color.getGreen(), color.getBlue(), FAINT));
                behind.setSeriesStroke(index, ChartStyle.line(1.2f));
                behind.setSeriesVisibleInLegend(index, false);
            }
            int index = add(strong, method.name(), median(method.repetitions()));
            front.setSeriesPaint(index, color);
            front.setSeriesStroke(index, ChartStyle.line(3f));
        }
        plot.setDataset(0, thin);
        plot.setRenderer(0, behind);
        plot.setDataset(1, strong);
        plot.setRenderer(1, front);
        int most = methods.stream()
                .mapToInt(method -> method.repetitions().size())
                .max()
                .orElse(0);
        String subtitle =
                most == 1 ? "one run of each method" : "median of " + most + " runs of each method; thin: every run";
        return ChartStyle.image(ChartStyle.chart(title, subtitle, plot));
    }

    private static int add(XYSeriesCollection dataset, String name, List<Curve.Point> points) {
        XYSeries series = new XYSeries(name, false, true);
        points.forEach(point -> series.add(point.x(), point.y()));
        dataset.addSeries(series);
        return dataset.getSeriesCount() - 1;
    }

    /**
     * Draws the picture into a PNG file.
     *
     * @throws java.io.UncheckedIOException naming the file and the cause, if it cannot be written
     */
    public void write(Path file) {
        ChartStyle.write(draw(), file);
    }
}
