package org.rltune.plot;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.util.Locale;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.axis.CategoryAxis;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.labels.ItemLabelAnchor;
import org.jfree.chart.labels.ItemLabelPosition;
import org.jfree.chart.labels.StandardCategoryItemLabelGenerator;
import org.jfree.chart.plot.CategoryPlot;
import org.jfree.chart.plot.PlotOrientation;
import org.jfree.chart.renderer.category.BarRenderer;
import org.jfree.chart.renderer.category.StandardBarPainter;
import org.jfree.chart.ui.RectangleInsets;
import org.jfree.chart.ui.TextAnchor;
import org.jfree.data.category.DefaultCategoryDataset;
import org.rltune.tune.Importance;

/** Draws how much of the score's variance each hyperparameter explains alone, as bars, the longest at the top. */
public final class ImportanceChart {
    private static final String INTERACTIONS = "(interactions)";

    private ImportanceChart() {}

    /**
     * Draws the picture, 1400 x 800 pixels.
     *
     * @param title what stands above it, such as the experiment's name
     */
    public static BufferedImage draw(String title, Importance importance) {
        DefaultCategoryDataset data = new DefaultCategoryDataset();
        importance.shares().forEach((name, share) -> data.addValue(share, "share", name));
        data.addValue(importance.interactions(), "share", INTERACTIONS);

        CategoryAxis names = new CategoryAxis();
        names.setTickLabelFont(ChartStyle.font(Font.PLAIN, 18));
        names.setTickLabelPaint(ChartStyle.INK);
        names.setAxisLinePaint(ChartStyle.GREY);
        names.setMaximumCategoryLabelWidthRatio(0.4f);
        NumberAxis shares = new NumberAxis("share of the variance of the score");
        shares.setNumberFormatOverride(new DecimalFormat("0 %", DecimalFormatSymbols.getInstance(Locale.ROOT)));
        shares.setLabelFont(ChartStyle.font(Font.PLAIN, 20));
        shares.setTickLabelFont(ChartStyle.font(Font.PLAIN, 17));
        shares.setRange(0, 1.12 * longest(importance));

        BarRenderer bars = new BarRenderer();
        bars.setBarPainter(new StandardBarPainter());
        bars.setShadowVisible(false);
        bars.setSeriesPaint(0, ChartStyle.BLUE);
        bars.setMaximumBarWidth(0.08);
        bars.setDefaultItemLabelsVisible(true);
        bars.setDefaultPositiveItemLabelPosition(
                new ItemLabelPosition(ItemLabelAnchor.OUTSIDE3, TextAnchor.CENTER_LEFT));
        bars.setDefaultItemLabelFont(ChartStyle.font(Font.PLAIN, 16));
        bars.setDefaultItemLabelGenerator(new StandardCategoryItemLabelGenerator(
                "{2}", new DecimalFormat("0.0 %", DecimalFormatSymbols.getInstance(Locale.ROOT))));

        CategoryPlot plot = new CategoryPlot(data, names, shares, bars);
        plot.setOrientation(PlotOrientation.HORIZONTAL);
        plot.setBackgroundPaint(Color.WHITE);
        plot.setOutlineVisible(false);
        plot.setRangeGridlinePaint(new Color(0xDD, 0xDD, 0xDD));
        plot.setRangeGridlineStroke(new BasicStroke(1));
        JFreeChart chart = ChartStyle.framed(
                title, "What each hyperparameter explains alone, from " + importance.trials() + " trials", plot);
        chart.setPadding(new RectangleInsets(14, 10, 10, 40));
        return ChartStyle.image(chart);
    }

    private static double longest(Importance importance) {
        double longest = importance.interactions();
        for (double share : importance.shares().values()) {
            longest = Math.max(longest, share);
        }
        return longest;
    }

    /**
     * Draws the picture into a PNG file.
     *
     * @throws java.io.UncheckedIOException naming the file and the cause, if it cannot be written
     */
    public static void write(String title, Importance importance, Path file) {
        ChartStyle.write(draw(title, importance), file);
    }
}
