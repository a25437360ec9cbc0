package org.rltune.plot;

import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.xy.XYLineAndShapeRenderer;
import org.jfree.data.xy.XYSeries;
import org.jfree.data.xy.XYSeriesCollection;

/**
 * Draws a metric of one trainer, or of several beside each other, as plain lines.
 *
 * <pre>{@code
 * new LineCurve("My environment", "timesteps_total", "episode_reward_mean").add("seed 0", rows).write(file);
 * }</pre>
 */
public final class LineCurve {
    private final String title;
    private final String x;
    private final String y;
    private final List<Curve> curves = new ArrayList<>();

    /**
     * Makes an empty picture.
     *
     * @param title what stands above it
     * @param x the column on the horizontal axis, and its label
     * @param y the column on the vertical axis, and its label
     */
    public LineCurve(String title, String x, String y) {
        this.title = title;
        this.x = x;
        this.y = y;
    }

    /** Adds a line: a row without the y column is a gap. */
    public LineCurve add(String name, List<? extends Map<String, ?>> rows) {
        curves.add(Curve.of(name, rows, x, y));
        return this;
    }

    /** Draws the picture, 1400 x 800 pixels. */
    public BufferedImage draw() {
        XYPlot plot = ChartStyle.plot(x, y);
        XYSeriesCollection dataset = new XYSeriesCollection();
        XYLineAndShapeRenderer renderer = new XYLineAndShapeRenderer(true, false);
        for (Curve curve : curves) {
            int index = dataset.getSeriesCount();
            XYSeries series =
                    new XYSeries(dataset.getSeriesIndex(curve.name()) < 0 ? curve.name() : curve.name() + "#" + index);
            curve.points().forEach(point -> series.add(point.x(), point.y()));
            dataset.addSeries(series);
            renderer.setSeriesPaint(index, ChartStyle.palette(index));
            renderer.setSeriesStroke(index, ChartStyle.line(curves.size() > 6 ? 1.6f : 2.6f));
            renderer.setSeriesShapesVisible(index, curve.points().size() < 3);
        }
        if (curves.stream().anyMatch(Curve::hasValues)) {
            plot.setDataset(dataset);
            plot.setRenderer(renderer);
        } else {
            plot.setNoDataMessage("No row has a value of " + y + ": there is nothing to draw.");
        }
        return ChartStyle.image(ChartStyle.chart(title, "", plot));
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
