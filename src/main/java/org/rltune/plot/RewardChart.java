package org.rltune.plot;

import java.awt.Color;
import java.awt.Paint;
import java.awt.Shape;
import java.awt.geom.Ellipse2D;
import java.awt.image.BufferedImage;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.LegendItem;
import org.jfree.chart.LegendItemCollection;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.xy.DeviationRenderer;
import org.jfree.chart.renderer.xy.XYLineAndShapeRenderer;
import org.jfree.data.xy.XYSeries;
import org.jfree.data.xy.XYSeriesCollection;
import org.jfree.data.xy.YIntervalSeries;
import org.jfree.data.xy.YIntervalSeriesCollection;

/** Draws a {@link Population}: from back to front the band, the trials, the median, the best trial, the exploits. */
final class RewardChart {
    private static final Shape DOT = new Ellipse2D.Double(-3, -3, 6, 6);
    private static final Shape EXPLOIT = ChartStyle.triangle();
    private static final Color MARK = new Color(0x22, 0x22, 0x22, 0x78);
    private static final Color BAND = new Color(0x56, 0xB4, 0xE9, 0x50);

    private final Population population;
    private final XYPlot plot;
    private final LegendItemCollection legend = new LegendItemCollection();
    private int datasets;

    private RewardChart(Population population) {
        this.population = population;
        this.plot = ChartStyle.plot("training iteration", population.metric());
    }

    static BufferedImage draw(Population population) {
        return ChartStyle.image(chart(population));
    }

    static JFreeChart chart(Population population) {
        return new RewardChart(population).chart();
    }

    private JFreeChart chart() {
        List<Curve> drawn =
                population.curves().stream().filter(Curve::hasValues).toList();
        plot.getDomainAxis().setStandardTickUnits(NumberAxis.createIntegerTickUnits(Locale.ROOT));
        if (drawn.isEmpty()) {
            plot.setNoDataMessage(
                    population.metric().isEmpty()
                            ? "The run has no metric: there is nothing to draw."
                            : "No row has a value of " + population.metric() + ": there is nothing to draw.");
            plot.getDomainAxis().setRange(0, 10);
            plot.getRangeAxis().setRange(0, 1);
            plot.getRangeAxis().setTickLabelsVisible(false);
            plot.getDomainAxis().setTickLabelsVisible(false);
            plot.getDomainAxis().setTickMarksVisible(false);
            plot.getRangeAxis().setTickMarksVisible(false);
        } else {
            List<Curve> best = drawn.stream()
                    .filter(curve -> curve.name().equals(population.best()))
                    .toList();
            List<Curve> others =
                    drawn.stream().filter(curve -> !best.contains(curve)).toList();
            if (drawn.size() > 1) {
                quartiles(drawn);
            }
            trials(others);
            if (drawn.size() > 1) {
                median(drawn);
            }
            best(best);
            exploits();
        }
        plot.setFixedLegendItems(legend);
        return ChartStyle.chart(population.title(), subtitle(drawn), plot);
    }

    private String subtitle(List<Curve> drawn) {
        int trials = population.curves().size();
        String text = trials == 1 ? "1 trial" : trials + " trials";
        int missing = trials - drawn.size();
        if (missing > 0 && !drawn.isEmpty()) {
            text += ", " + missing + " of them without a value";
        }
        int exploits = population.exploits().size();
        return exploits == 0 ? text : text + ", " + exploits + (exploits == 1 ? " exploit" : " exploits");
    }

    private void quartiles(List<Curve> curves) {
        YIntervalSeriesCollection bands = new YIntervalSeriesCollection();
        for (List<Quartiles> stretch : Quartiles.of(curves)) {
            YIntervalSeries band = new YIntervalSeries("quartiles " + bands.getSeriesCount());
            stretch.forEach(at -> band.add(at.x(), at.median(), at.lower(), at.upper()));
            bands.addSeries(band);
        }
        DeviationRenderer renderer = new DeviationRenderer(false, false);
        renderer.setAlpha(BAND.getAlpha() / 255f);
        renderer.setDefaultFillPaint(BAND);
        for (int i = 0; i < bands.getSeriesCount(); i++) {
            renderer.setSeriesFillPaint(i, new Color(BAND.getRGB()));
        }
        plot.setDataset(datasets, bands);
        plot.setRenderer(datasets++, renderer);
        legend.add(ChartStyle.swatch("quartiles of the population", new Color(0xC9, 0xE6, 0xF7)));
    }

    private void trials(List<Curve> curves) {
        if (curves.isEmpty()) {
            return;
        }
        lines(curves, ChartStyle.trialGrey(curves.size()), 1.2f);
        legend.add(ChartStyle.sample("trial", ChartStyle.GREY, 1.5f));
    }

    private void median(List<Curve> curves) {
        List<Curve> medians = Quartiles.of(curves).stream()
                .map(stretch -> new Curve(
                        "median",
                        stretch.stream()
                                .map(at -> new Curve.Point(at.x(), at.median()))
                                .toList()))
                .toList();
        lines(medians, ChartStyle.BLUE, 3.2f);
        legend.add(ChartStyle.sample("median of the population", ChartStyle.BLUE, 3.2f));
    }

    private void best(List<Curve> best) {
        if (best.isEmpty()) {
            return;
        }
        lines(best, ChartStyle.VERMILION, 2.8f);
        Curve curve = best.get(0);
        OptionalDouble last = curve.points().stream()
                .mapToDouble(Curve.Point::y)
                .filter(y -> !Double.isNaN(y))
                .reduce((first, second) -> second);
        legend.add(ChartStyle.sample(
                String.format(Locale.ROOT, "best trial: %s, last %.1f", curve.name(), last.orElse(Double.NaN)),
                ChartStyle.VERMILION,
                2.8f));
    }

    private void lines(List<Curve> curves, Paint paint, float width) {
        XYSeriesCollection dataset = new XYSeriesCollection();
        XYLineAndShapeRenderer renderer = new XYLineAndShapeRenderer(true, false);
        renderer.setDrawSeriesLineAsPath(true);
        for (Curve curve : curves) {
            int index = dataset.getSeriesCount();
            XYSeries series = new XYSeries(curve.name() + "#" + index, true, true);
            curve.points().forEach(point -> series.add(point.x(), point.y()));
            dataset.addSeries(series);
            renderer.setSeriesPaint(index, paint);
            renderer.setSeriesStroke(index, ChartStyle.line(width));
            renderer.setSeriesShape(index, DOT);
            renderer.setSeriesShapesVisible(index, curve.points().size() < 3);
        }
        plot.setDataset(datasets, dataset);
        plot.setRenderer(datasets++, renderer);
    }

    private void exploits() {
        XYSeries marks = new XYSeries("exploits", false, true);
        for (Population.Exploit exploit : population.exploits()) {
            for (Curve curve : population.curves()) {
                if (curve.name().equals(exploit.trial())) {
                    curve.at(exploit.iteration()).ifPresent(y -> marks.add(exploit.iteration(), y));
                }
            }
        }
        if (marks.isEmpty()) {
            return;
        }
        XYLineAndShapeRenderer renderer = new XYLineAndShapeRenderer(false, true);
        renderer.setSeriesShape(0, EXPLOIT);
        renderer.setSeriesPaint(0, MARK);
        plot.setDataset(datasets, new XYSeriesCollection(marks));
        plot.setRenderer(datasets++, renderer);
        legend.add(new LegendItem("exploit: copies a better trial", null, null, null, EXPLOIT, MARK));
    }
}
