package org.rltune.plot;

import java.awt.Color;
import java.util.List;
import java.util.Locale;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.LegendItemCollection;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.xy.StackedXYBarRenderer;
import org.jfree.chart.renderer.xy.StandardXYBarPainter;
import org.jfree.data.xy.CategoryTableXYDataset;
import org.rltune.tune.log.Figures;

/** Draws the seconds of an iteration as bars of phases, one on the other. */
final class PhaseChart {
    private static final List<Color> COLORS = List.of(
            ChartStyle.GREEN,
            ChartStyle.SKY,
            ChartStyle.ORANGE,
            ChartStyle.BLUE,
            ChartStyle.PURPLE,
            ChartStyle.VERMILION);
    private static final Color REST = new Color(0xC4, 0xC4, 0xC4);
    private static final double WIDE = 0.9;

    private PhaseChart() {}

    static JFreeChart chart(String name, Phases phases) {
        String title = name + ": time by phase";
        XYPlot plot = ChartStyle.plot("training iteration", "seconds of one iteration, mean over the trials");
        ((NumberAxis) plot.getRangeAxis()).setAutoRangeIncludesZero(true);
        plot.getRangeAxis().setLowerMargin(0);
        plot.getDomainAxis().setStandardTickUnits(NumberAxis.createIntegerTickUnits(Locale.ROOT));
        LegendItemCollection legend = new LegendItemCollection();
        double all = phases.totals().values().stream()
                .mapToDouble(seconds -> seconds)
                .sum();
        if (phases.iterations().isEmpty() || all <= 0) {
            plot.setNoDataMessage("No row tells how long it took: there is nothing to draw.");
            plot.getDomainAxis().setRange(0, 1);
            plot.getRangeAxis().setRange(0, 1);
            plot.getDomainAxis().setTickLabelsVisible(false);
            plot.getRangeAxis().setTickLabelsVisible(false);
            plot.setFixedLegendItems(legend);
            return ChartStyle.chart(title, "", plot);
        }
        CategoryTableXYDataset data = new CategoryTableXYDataset();
        data.setIntervalWidth(phases.each() * WIDE);
        StackedXYBarRenderer bars = new StackedXYBarRenderer();
        bars.setBarPainter(new StandardXYBarPainter());
        bars.setShadowVisible(false);
        int index = 0;
        for (var phase : phases.seconds().entrySet()) {
            for (int g = 0; g < phases.iterations().size(); g++) {
                double middle = phases.iterations().get(g) + (phases.each() - 1) / 2.0;
                data.add(middle, phase.getValue()[g], phase.getKey());
            }
            Color color = phase.getKey().equals(Phases.REST) ? REST : COLORS.get(index % COLORS.size());
            bars.setSeriesPaint(index++, color);
            double total = phases.totals().getOrDefault(phase.getKey(), 0.0);
            legend.add(ChartStyle.swatch(
                    String.format(Locale.ROOT, "%s %.0f %%", phase.getKey(), 100 * total / all), color));
        }
        plot.setDataset(data);
        plot.setRenderer(bars);
        plot.setFixedLegendItems(legend);
        String groups = phases.each() == 1 ? "" : "; each bar is the mean of " + phases.each() + " iterations";
        return ChartStyle.chart(title, "all trials together: " + Figures.duration(all) + " of training" + groups, plot);
    }
}
