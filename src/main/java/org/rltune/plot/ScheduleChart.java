package org.rltune.plot;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.LegendItem;
import org.jfree.chart.LegendItemCollection;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.plot.CombinedDomainXYPlot;
import org.jfree.chart.plot.DatasetRenderingOrder;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.xy.XYItemRenderer;
import org.jfree.chart.renderer.xy.XYLineAndShapeRenderer;
import org.jfree.chart.renderer.xy.XYStepRenderer;
import org.jfree.chart.ui.RectangleInsets;
import org.jfree.data.xy.XYSeries;
import org.jfree.data.xy.XYSeriesCollection;
import org.jspecify.annotations.Nullable;
import org.rltune.tune.Decision;
import org.rltune.tune.DecisionRecord;
import org.rltune.tune.ExperimentAnalysis;
import org.rltune.tune.ScheduleEntry;
import org.rltune.tune.Trial;

/** Draws the hyperparameters over time, one below the other: steps of each trial, and those behind the best policy. */
final class ScheduleChart {
    private static final String TITLE = ": hyperparameters over time";
    private static final int MOST = 12;
    private static final int PIXELS_EACH = 150;
    private static final int PIXELS_AROUND = 190;
    private static final double JITTER = 0.5;

    private final ExperimentAnalysis analysis;
    private final RunDescription run;
    private final List<String> names;
    private final int left;
    private final @Nullable Trial best;

    ScheduleChart(ExperimentAnalysis analysis, RunDescription run) {
        this.analysis = analysis;
        this.run = run;
        List<String> tuned = run.tuned();
        this.names = tuned.subList(0, Math.min(MOST, tuned.size()));
        this.left = tuned.size() - names.size();
        this.best = RunPictures.best(analysis);
    }

    /** Returns how high the picture should be, in pixels. */
    int height() {
        return Math.max(500, PIXELS_AROUND + PIXELS_EACH * names.size());
    }

    JFreeChart chart() {
        if (names.isEmpty()) {
            XYPlot none = ChartStyle.plot("training iteration", "");
            none.setNoDataMessage("The run tunes no hyperparameter: there is nothing to draw.");
            none.getDomainAxis().setRange(0, 1);
            none.getRangeAxis().setVisible(false);
            none.getDomainAxis().setTickLabelsVisible(false);
            return ChartStyle.framed(analysis.name() + TITLE, "", none);
        }
        NumberAxis time = ChartStyle.axis("training iteration");
        time.setStandardTickUnits(NumberAxis.createIntegerTickUnits(Locale.ROOT));
        time.setLowerMargin(0);
        time.setUpperMargin(0.01);
        CombinedDomainXYPlot all = new CombinedDomainXYPlot(time);
        all.setGap(14);
        all.setInsets(new RectangleInsets(12, 4, 0, 0));
        names.forEach(name -> all.add(plot(name)));
        JFreeChart chart = ChartStyle.framed(analysis.name() + TITLE, subtitle(), all);
        all.setFixedLegendItems(legend());
        return ChartStyle.withLegend(chart, all);
    }

    private String subtitle() {
        long exploits = exploits();
        String text = analysis.trials().size()
                + (analysis.trials().size() == 1 ? " trial, " : " trials, ")
                + exploits
                + (exploits == 1 ? " exploit" : " exploits");
        return left == 0 ? text : text + "; " + left + " more hyperparameters have no room";
    }

    private long exploits() {
        return analysis.decisions().stream()
                .filter(record -> record.decision() instanceof Decision.Exploit)
                .count();
    }

    private LegendItemCollection legend() {
        LegendItemCollection legend = new LegendItemCollection();
        legend.add(ChartStyle.sample("trial", ChartStyle.GREY, 1.5f));
        if (best != null) {
            legend.add(ChartStyle.sample(
                    "behind the best policy (" + best.id() + ", along its lineage)", ChartStyle.VERMILION, 2.8f));
        }
        if (exploits() > 0) {
            String text = "exploit: copies a better trial and explores";
            legend.add(new LegendItem(text, null, null, null, ChartStyle.triangle(), ChartStyle.INK));
        }
        return legend;
    }

    private XYPlot plot(String name) {
        List<Object> values = new ArrayList<>();
        analysis.trials()
                .forEach(trial -> trial.schedule().forEach(entry -> {
                    if (entry.config().contains(name)) {
                        values.add(entry.config().get(name));
                    }
                }));
        Scale scale = Scale.of(Optional.ofNullable(run.domains().get(name)).orElse(Map.of()), values);
        ScaleAxis axis = new ScaleAxis(scale);
        axis.setLabel(name.length() > 24 ? name.substring(0, 23) + "…" : name);
        axis.setLabelAngle(Math.PI / 2);
        axis.setLabelFont(ChartStyle.font(Font.PLAIN, 17));
        axis.setTickLabelFont(ChartStyle.font(Font.PLAIN, 14));
        axis.setLabelPaint(ChartStyle.INK);
        axis.setTickLabelPaint(ChartStyle.INK);
        axis.setAxisLinePaint(ChartStyle.GREY);
        XYPlot plot = new XYPlot(null, null, axis, null);
        plot.setDatasetRenderingOrder(DatasetRenderingOrder.FORWARD);
        plot.setBackgroundPaint(Color.WHITE);
        plot.setOutlinePaint(new Color(0xDD, 0xDD, 0xDD));
        plot.setDomainGridlinePaint(new Color(0xE6, 0xE6, 0xE6));
        plot.setDomainGridlineStroke(new BasicStroke(1));
        plot.setRangeGridlinePaint(new Color(0xE6, 0xE6, 0xE6));
        plot.setRangeGridlineStroke(new BasicStroke(1));
        XYSeriesCollection thin = new XYSeriesCollection();
        analysis.trials().forEach(trial -> steps(thin, name, scale, trial, 0, trial.trainingIteration()));
        XYSeriesCollection strong = new XYSeriesCollection();
        if (best != null) {
            int to = RunPictures.scoredIteration(analysis, best);
            for (Lineage.Stretch stretch : Lineage.of(analysis.decisions(), best.id(), to)) {
                trial(stretch.trial())
                        .ifPresent(trial -> steps(strong, name, scale, trial, stretch.from(), stretch.to()));
            }
        }
        add(plot, thin, steps(thin, ChartStyle.trialGrey(analysis.trials().size()), 1.3f));
        add(plot, strong, steps(strong, ChartStyle.VERMILION, 2.8f));
        XYSeriesCollection marks = exploits(name, scale);
        XYLineAndShapeRenderer triangles = new XYLineAndShapeRenderer(false, true);
        triangles.setSeriesShape(0, ChartStyle.triangle());
        triangles.setSeriesPaint(0, ChartStyle.faint(ChartStyle.INK, 0x90));
        add(plot, marks, triangles);
        return plot;
    }

    private static void add(XYPlot plot, XYSeriesCollection data, XYItemRenderer renderer) {
        int index = plot.getDatasetCount();
        // A plot without data has one empty place for them.
        index = index == 1 && plot.getDataset(0) == null ? 0 : index;
        plot.setDataset(index, data);
        plot.setRenderer(index, renderer);
    }

    private static XYItemRenderer steps(XYSeriesCollection data, Color color, float width) {
        XYStepRenderer renderer = new XYStepRenderer();
        for (int i = 0; i < data.getSeriesCount(); i++) {
            renderer.setSeriesPaint(i, color);
            renderer.setSeriesStroke(i, ChartStyle.line(width));
        }
        return renderer;
    }

    /** Adds what was in force from one iteration of a trial to another: a value of iteration n lies between n - 1 and n. */
    private void steps(XYSeriesCollection data, String name, Scale scale, Trial trial, int from, int to) {
        Map<Integer, Double> points = new LinkedHashMap<>();
        double last = Double.NaN;
        for (ScheduleEntry entry : trial.schedule()) {
            double y = place(name, scale, trial, entry);
            int x = entry.iteration() - 1;
            if (x <= from) {
                points.put(from, y);
                last = y;
            } else if (x < to) {
                points.put(x, y);
                last = y;
            }
        }
        points.put(to, last);
        XYSeries series = new XYSeries(trial.id() + " " + data.getSeriesCount(), false, true);
        points.forEach(series::add);
        data.addSeries(series);
    }

    /** Categories are spread a little, so that trials with the same one do not hide each other. */
    private double place(String name, Scale scale, Trial trial, ScheduleEntry entry) {
        if (!entry.config().contains(name)) {
            return Double.NaN;
        }
        double at = scale.at(entry.config().get(name));
        if (scale.categories() == 0) {
            return at;
        }
        int trials = analysis.trials().size();
        return at + JITTER / scale.categories() * ((trial.number() + 0.5) / Math.max(1, trials) - 0.5);
    }

    private XYSeriesCollection exploits(String name, Scale scale) {
        XYSeries marks = new XYSeries("exploits", false, true);
        for (DecisionRecord record : analysis.decisions()) {
            if (record.decision() instanceof Decision.Exploit exploit) {
                ScheduleEntry entry = new ScheduleEntry(
                        record.targetIteration() + 1, record.targetIteration() + 1, exploit.explored());
                trial(exploit.trialId())
                        .ifPresent(trial -> marks.add(record.targetIteration(), place(name, scale, trial, entry)));
            }
        }
        return new XYSeriesCollection(marks);
    }

    private Optional<Trial> trial(String id) {
        return analysis.trials().stream().filter(trial -> trial.id().equals(id)).findFirst();
    }
}
