package org.rltune.plot;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.Paint;
import java.awt.RenderingHints;
import java.awt.Shape;
import java.awt.geom.Line2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.util.Locale;
import javax.imageio.ImageIO;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.LegendItem;
import org.jfree.chart.LegendItemSource;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.axis.NumberTickUnitSource;
import org.jfree.chart.plot.DatasetRenderingOrder;
import org.jfree.chart.plot.Plot;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.title.LegendTitle;
import org.jfree.chart.title.TextTitle;
import org.jfree.chart.ui.HorizontalAlignment;
import org.jfree.chart.ui.RectangleAnchor;
import org.jfree.chart.ui.RectangleEdge;
import org.jfree.chart.ui.RectangleInsets;

/** How all pictures look: white ground, light grid, large type, the colours of Okabe and Ito (2008). */
final class ChartStyle {
    static final int WIDTH = 1400;
    static final int HEIGHT = 800;

    static final Color BLUE = new Color(0x00, 0x72, 0xB2);
    static final Color VERMILION = new Color(0xD5, 0x5E, 0x00);
    static final Color GREEN = new Color(0x00, 0x9E, 0x73);
    static final Color PURPLE = new Color(0xCC, 0x79, 0xA7);
    static final Color ORANGE = new Color(0xE6, 0x9F, 0x00);
    static final Color SKY = new Color(0x56, 0xB4, 0xE9);
    static final Color INK = new Color(0x22, 0x22, 0x22);
    static final Color GREY = new Color(0x9A, 0x9A, 0x9A);

    /** Colours for lines that must be told apart, safe for the common forms of colour blindness. */
    private static final Color[] PALETTE = {BLUE, VERMILION, GREEN, PURPLE, ORANGE, SKY, INK};

    private ChartStyle() {}

    static Color palette(int index) {
        return PALETTE[index % PALETTE.length];
    }

    static Font font(int style, int size) {
        return new Font(Font.SANS_SERIF, style, size);
    }

    static BasicStroke line(float width) {
        return new BasicStroke(width, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND);
    }

    static XYPlot plot(String xLabel, String yLabel) {
        XYPlot plot = new XYPlot();
        NumberAxis x = axis(xLabel);
        x.setAutoRangeIncludesZero(false);
        x.setLowerMargin(0.01);
        x.setUpperMargin(0.015);
        NumberAxis y = axis(yLabel);
        y.setAutoRangeIncludesZero(false);
        y.setLowerMargin(0.04);
        y.setUpperMargin(0.06);
        y.setTickLabelInsets(new RectangleInsets(12, 4, 12, 6));
        plot.setDomainAxis(x);
        plot.setRangeAxis(y);
        plot.setBackgroundPaint(Color.WHITE);
        plot.setOutlineVisible(false);
        plot.setAxisOffset(RectangleInsets.ZERO_INSETS);
        plot.setDomainGridlinesVisible(false);
        plot.setRangeGridlinePaint(new Color(0xDD, 0xDD, 0xDD));
        plot.setRangeGridlineStroke(new BasicStroke(1));
        plot.setDatasetRenderingOrder(DatasetRenderingOrder.FORWARD);
        plot.setNoDataMessageFont(font(Font.PLAIN, 24));
        plot.setNoDataMessagePaint(INK);
        return plot;
    }

    static NumberAxis axis(String label) {
        NumberAxis axis = new NumberAxis(label);
        DecimalFormat format = new DecimalFormat("#,##0.#####", DecimalFormatSymbols.getInstance(Locale.ROOT));
        axis.setStandardTickUnits(new NumberTickUnitSource(false, format));
        axis.setLabelFont(font(Font.PLAIN, 20));
        axis.setTickLabelFont(font(Font.PLAIN, 17));
        axis.setLabelPaint(INK);
        axis.setTickLabelPaint(INK);
        axis.setAxisLinePaint(GREY);
        axis.setTickMarkPaint(GREY);
        axis.setLabelInsets(new RectangleInsets(6, 6, 6, 6));
        return axis;
    }

    /** Returns a chart with its titles, without a legend. */
    static JFreeChart framed(String title, String subtitle, Plot plot) {
        JFreeChart chart = new JFreeChart(null, null, plot, false);
        chart.setBackgroundPaint(Color.WHITE);
        chart.setPadding(new RectangleInsets(14, 10, 10, 24));
        chart.setTitle(text(title, font(Font.BOLD, 24), INK));
        if (!subtitle.isEmpty()) {
            chart.addSubtitle(text(subtitle, font(Font.PLAIN, 18), new Color(0x55, 0x55, 0x55)));
        }
        return chart;
    }

    static JFreeChart chart(String title, String subtitle, XYPlot plot) {
        JFreeChart chart = framed(title, subtitle, plot);
        plot.setInsets(new RectangleInsets(12, 4, 0, 0));
        return withLegend(chart, plot);
    }

    /** Returns the chart with a legend below it. */
    static JFreeChart withLegend(JFreeChart chart, LegendItemSource items) {
        LegendTitle legend = new LegendTitle(items);
        legend.setItemFont(font(Font.PLAIN, 17));
        legend.setItemPaint(INK);
        legend.setPosition(RectangleEdge.BOTTOM);
        legend.setLegendItemGraphicAnchor(RectangleAnchor.CENTER);
        legend.setItemLabelPadding(new RectangleInsets(2, 4, 2, 18));
        legend.setBackgroundPaint(Color.WHITE);
        chart.addLegend(legend);
        return chart;
    }

    private static TextTitle text(String text, Font font, Color paint) {
        TextTitle title = new TextTitle(text, font);
        title.setPaint(paint);
        title.setHorizontalAlignment(HorizontalAlignment.LEFT);
        title.setTextAlignment(HorizontalAlignment.LEFT);
        title.setPadding(new RectangleInsets(2, 12, 2, 2));
        return title;
    }

    static BufferedImage image(JFreeChart chart) {
        return image(chart, WIDTH, HEIGHT, 1);
    }

    static BufferedImage image(JFreeChart chart, int width, int height, double scale) {
        int columns = (int) Math.round(width * scale);
        int rows = (int) Math.round(height * scale);
        BufferedImage image = new BufferedImage(columns, rows, BufferedImage.TYPE_INT_RGB);
        Graphics2D g = image.createGraphics();
        g.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        g.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
        g.setColor(Color.WHITE);
        g.fillRect(0, 0, columns, rows);
        g.scale(scale, scale);
        chart.draw(g, new Rectangle2D.Double(0, 0, width, height));
        g.dispose();
        return image;
    }

    /** Writes the picture; somebody who opens the file sees the old picture or the new one, never a part. */
    static void write(BufferedImage image, Path file) {
        ByteArrayOutputStream png = new ByteArrayOutputStream();
        try {
            ImageIO.write(image, "png", png);
        } catch (IOException e) {
            throw new UncheckedIOException("A PNG could not be made in memory: " + e, e);
        }
        PictureFiles.write(png.toByteArray(), file);
    }

    /** A line as a legend shows it. */
    static LegendItem sample(String text, Paint paint, float width) {
        return new LegendItem(text, null, null, null, new Line2D.Double(-14, 0, 14, 0), line(width), paint);
    }

    /** An area as a legend shows it. */
    static LegendItem swatch(String text, Paint paint) {
        return new LegendItem(
                text, null, null, null, new Rectangle2D.Double(-14, -7, 28, 14), paint, new BasicStroke(0f), paint);
    }

    /** A small triangle: an exploit. */
    static Shape triangle() {
        Path2D path = new Path2D.Double();
        path.moveTo(-4.5, -3.5);
        path.lineTo(4.5, -3.5);
        path.lineTo(0, 4.5);
        path.closePath();
        return path;
    }

    static Color faint(Color color, int alpha) {
        return new Color(color.getRed(), color.getGreen(), color.getBlue(), alpha);
    }

    /** How much of the trials' grey remains where there are many of them. */
    static Color trialGrey(int trials) {
        return faint(new Color(0x80, 0x80, 0x80), trials > 24 ? 0x60 : trials > 8 ? 0x90 : 0xC0);
    }
}
