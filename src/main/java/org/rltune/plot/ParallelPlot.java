package org.rltune.plot;

import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.geom.Path2D;
import java.awt.geom.Point2D;
import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.LegendItemCollection;
import org.jfree.chart.plot.Plot;
import org.jfree.chart.plot.PlotRenderingInfo;
import org.jfree.chart.plot.PlotState;
import org.jspecify.annotations.Nullable;
import org.rltune.tune.ExperimentAnalysis;
import org.rltune.tune.Mode;
import org.rltune.tune.Trial;
import org.rltune.tune.log.Figures;
import org.rltune.tune.space.HyperParams;

/** Draws an axis for each hyperparameter and one for the score, and a line across them for each trial. */
final class ParallelPlot extends Plot {
    private static final int LEAST_PIXELS_PER_AXIS = 118;
    private static final double TITLES = 64;
    private static final double MARGIN = 40;
    private static final double SPREAD = 0.4;
    private static final Color[] BETTER = {
        new Color(0xC9, 0xDC, 0xEC), ChartStyle.SKY, ChartStyle.BLUE, new Color(0x00, 0x22, 0x55)
    };

    /** One axis. */
    record Axis(String name, Scale scale) {}

    /**
     * One trial.
     *
     * @param places where it crosses each axis, from 0 to 1; NaN where it has no value
     * @param rank from 0 for the worst score to 1 for the best; NaN without a score
     * @param best whether this is the best trial
     */
    record Line(double[] places, double rank, boolean best) {}

    private final List<Axis> axes;
    private final List<Line> lines;
    private final String best;

    private ParallelPlot(List<Axis> axes, List<Line> lines, String best) {
        this.axes = List.copyOf(axes);
        this.lines = List.copyOf(lines);
        this.best = best;
    }

    static ParallelPlot of(ExperimentAnalysis analysis, RunDescription run) {
        List<HyperParams> configs = new ArrayList<>();
        List<Double> scores = new ArrayList<>();
        for (Trial trial : analysis.trials()) {
            configs.add(trial.configAt(Math.max(1, RunPictures.scoredIteration(analysis, trial))));
            double score = RunPictures.score(analysis, trial).orElse(Double.NaN);
            scores.add(Double.isFinite(score) ? score : Double.NaN);
        }
        List<Axis> axes = new ArrayList<>();
        for (String name : run.tuned()) {
            List<Object> values = configs.stream()
                    .filter(config -> config.contains(name))
                    .map(config -> config.get(name))
                    .toList();
            axes.add(new Axis(
                    name, Scale.of(Optional.ofNullable(run.domains().get(name)).orElse(Map.of()), values)));
        }
        String metric = analysis.metric().isEmpty() ? "(no metric)" : analysis.metric();
        List<Double> finite =
                scores.stream().filter(score -> !score.isNaN()).sorted().toList();
        axes.add(new Axis(metric, Scale.of(Map.of(), finite)));
        Trial best = RunPictures.best(analysis);
        List<Line> lines = new ArrayList<>();
        for (int t = 0; t < configs.size(); t++) {
            double[] places = new double[axes.size()];
            double rank = rank(finite, scores.get(t), analysis.mode());
            for (int a = 0; a + 1 < places.length; a++) {
                HyperParams config = configs.get(t);
                String name = axes.get(a).name();
                Scale scale = axes.get(a).scale();
                places[a] = scale.at(config.contains(name) ? config.get(name) : null);
                if (scale.categories() > 0 && !Double.isNaN(rank)) {
                    places[a] += SPREAD / scale.categories() * (rank - 0.5); // the better the higher within a category
                }
            }
            places[places.length - 1] = scores.get(t).isNaN()
                    ? Double.NaN
                    : axes.get(places.length - 1).scale().at(scores.get(t));
            lines.add(new Line(places, rank, analysis.trials().get(t) == best));
        }
        return new ParallelPlot(
                axes,
                lines,
                best == null
                        ? "no trial is best yet"
                        : "best: " + best.id() + ", " + Figures.number(RunPictures.score(analysis, best)));
    }

    /** Ranks, not scores, choose the colours: one outlier would leave all others with the same. */
    private static double rank(List<Double> sorted, double score, Mode mode) {
        if (Double.isNaN(score)) {
            return Double.NaN;
        }
        long below = sorted.stream().filter(other -> other < score).count();
        long above = sorted.stream().filter(other -> other > score).count();
        long worse = mode == Mode.MAX ? below : above;
        double middle = worse + (sorted.size() - above - below - 1) / 2.0; // equals share their places
        return sorted.size() == 1 ? 1 : middle / (sorted.size() - 1);
    }

    /** Returns how wide the picture should be, in pixels. */
    int width() {
        return Math.max(ChartStyle.WIDTH, LEAST_PIXELS_PER_AXIS * axes.size() + 100);
    }

    List<Axis> axes() {
        return axes;
    }

    List<Line> lines() {
        return lines;
    }

    JFreeChart chart(String title) {
        String trials = lines.size() + (lines.size() == 1 ? " trial; " : " trials; ");
        JFreeChart chart = ChartStyle.framed(title + ": hyperparameters and score", trials + best, this);
        setBackgroundPaint(Color.WHITE);
        setOutlineVisible(false);
        return ChartStyle.withLegend(chart, this);
    }

    @Override
    public String getPlotType() {
        return "parallel coordinates";
    }

    @Override
    public LegendItemCollection getLegendItems() {
        LegendItemCollection legend = new LegendItemCollection();
        legend.add(ChartStyle.sample("worst", color(0), 3));
        legend.add(ChartStyle.sample("middle", color(0.5), 3));
        legend.add(ChartStyle.sample("better", color(1), 3));
        legend.add(ChartStyle.sample("best", ChartStyle.VERMILION, 3.5f));
        if (lines.stream().anyMatch(line -> Double.isNaN(line.rank()))) {
            legend.add(ChartStyle.sample("no score", ChartStyle.GREY, 1.2f));
        }
        return legend;
    }

    @Override
    public void draw(
            Graphics2D graphics,
            Rectangle2D area,
            @Nullable Point2D anchor,
            @Nullable PlotState parent,
            @Nullable PlotRenderingInfo info) {
        Pen pen = new Pen(graphics);
        double width = area.getWidth() - 2 * MARGIN - LEAST_PIXELS_PER_AXIS;
        Rectangle2D inner = new Rectangle2D.Double(
                area.getX() + MARGIN + 20, area.getY() + TITLES, width, area.getHeight() - TITLES - MARGIN / 2);
        for (int a = 0; a < axes.size(); a++) {
            pen.line(x(inner, a), inner.getY(), x(inner, a), inner.getMaxY(), ChartStyle.GREY, 1.6f);
        }
        lines.stream()
                .sorted(Comparator.comparing(Line::best)
                        .thenComparing(line -> Double.isNaN(line.rank()) ? -1 : line.rank()))
                .forEach(line -> line(pen, inner, line));
        for (int a = 0; a < axes.size(); a++) {
            marks(pen, inner, a);
        }
    }

    private void line(Pen pen, Rectangle2D inner, Line line) {
        Path2D path = new Path2D.Double();
        Color color = line.best() ? ChartStyle.VERMILION : color(line.rank());
        boolean drawing = false;
        for (int a = 0; a < axes.size(); a++) {
            double place = line.places()[a];
            if (Double.isNaN(place)) {
                drawing = false;
                continue;
            }
            double y = y(inner, place);
            if (drawing) {
                path.lineTo(x(inner, a), y);
            } else {
                path.moveTo(x(inner, a), y);
            }
            drawing = true;
            pen.dot(x(inner, a), y, line.best() ? 4.5 : 2.5, color);
        }
        pen.path(path, color, line.best() ? 3.4f : Double.isNaN(line.rank()) ? 1 : 1.7f);
    }

    private void marks(Pen pen, Rectangle2D inner, int a) {
        Font small = ChartStyle.font(Font.PLAIN, 14);
        Font bold = ChartStyle.font(a + 1 == axes.size() ? Font.BOLD : Font.PLAIN, 16);
        for (Scale.Tick tick : axes.get(a).scale().ticks(8)) {
            double y = y(inner, tick.at());
            pen.line(x(inner, a) - 4, y, x(inner, a) + 4, y, ChartStyle.INK, 1.2f);
            String text = pen.fitted(tick.label(), small, LEAST_PIXELS_PER_AXIS - 30.0);
            pen.label(text, x(inner, a) + 8, y, small, ChartStyle.INK);
        }
        boolean crowded = axes.stream().anyMatch(axis -> pen.width(axis.name(), bold) > step(inner) - 12);
        double y = inner.getY() - (crowded && a % 2 == 0 ? 46 : 22);
        String name = pen.fitted(axes.get(a).name(), bold, (crowded ? 2 : 1) * step(inner) - 16);
        double half = pen.width(name, bold) / 2;
        double x = Math.max(inner.getX() - MARGIN - 14 + half, x(inner, a));
        x = Math.min(x, inner.getMaxX() + MARGIN + LEAST_PIXELS_PER_AXIS - 24 - half);
        pen.text(name, x, y, Pen.Align.CENTER, bold, ChartStyle.INK);
    }

    private double step(Rectangle2D inner) {
        return inner.getWidth() / Math.max(1, axes.size() - 1);
    }

    private double x(Rectangle2D inner, int axis) {
        return inner.getX() + step(inner) * axis;
    }

    /** The ends of an axis keep a little distance from its scale's ends. */
    private static double y(Rectangle2D inner, double place) {
        return inner.getMaxY() - inner.getHeight() * (0.03 + 0.94 * place);
    }

    private static Color color(double rank) {
        if (Double.isNaN(rank)) {
            return ChartStyle.GREY;
        }
        double position = rank * (BETTER.length - 1);
        int below = Math.min(BETTER.length - 2, (int) position);
        double share = position - below;
        return new Color(
                mix(BETTER[below].getRed(), BETTER[below + 1].getRed(), share),
                mix(BETTER[below].getGreen(), BETTER[below + 1].getGreen(), share),
                mix(BETTER[below].getBlue(), BETTER[below + 1].getBlue(), share));
    }

    private static int mix(int from, int to, double share) {
        return (int) Math.round(from + (to - from) * share);
    }
}
