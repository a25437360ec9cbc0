package org.rltune.plot;

import java.awt.Color;
import java.awt.Font;
import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.awt.geom.CubicCurve2D;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Line2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;

/** Draws lines and words where JFreeChart has no chart for what is to be shown. */
final class Pen {
    /** Where a text lies beside its point. */
    enum Align {
        LEFT,
        CENTER,
        RIGHT
    }

    private final Graphics2D graphics;

    Pen(Graphics2D graphics) {
        this.graphics = graphics;
    }

    double width(String text, Font font) {
        return graphics.getFontMetrics(font).stringWidth(text);
    }

    /** Writes a text whose middle is at the height y. */
    void text(String text, double x, double y, Align align, Font font, Color color) {
        FontMetrics metrics = graphics.getFontMetrics(font);
        double width = metrics.stringWidth(text);
        double left = align == Align.LEFT ? x : align == Align.RIGHT ? x - width : x - width / 2;
        graphics.setFont(font);
        graphics.setColor(color);
        graphics.drawString(text, (float) left, (float) (y + (metrics.getAscent() - metrics.getDescent()) / 2.0));
    }

    /** Writes a text on a ground that lets it be read above lines. */
    void label(String text, double x, double y, Font font, Color color) {
        FontMetrics metrics = graphics.getFontMetrics(font);
        graphics.setColor(new Color(0xFF, 0xFF, 0xFF, 0xD8));
        double height = metrics.getAscent() + metrics.getDescent();
        graphics.fill(new Rectangle2D.Double(x - 2, y - height / 2, metrics.stringWidth(text) + 4.0, height));
        text(text, x, y, Align.LEFT, font, color);
    }

    /** Returns the text, cut to a width if it must be. */
    String fitted(String text, Font font, double width) {
        String cut = text;
        while (cut.length() > 2 && width(cut, font) > width) {
            cut = cut.substring(0, cut.length() - 2) + "…";
        }
        return cut;
    }

    void line(double x1, double y1, double x2, double y2, Color color, float width) {
        graphics.setColor(color);
        graphics.setStroke(ChartStyle.line(width));
        graphics.draw(new Line2D.Double(x1, y1, x2, y2));
    }

    void path(Path2D path, Color color, float width) {
        graphics.setColor(color);
        graphics.setStroke(ChartStyle.line(width));
        graphics.draw(path);
    }

    void dot(double x, double y, double radius, Color color) {
        graphics.setColor(color);
        graphics.fill(new Ellipse2D.Double(x - radius, y - radius, 2 * radius, 2 * radius));
    }

    /** Draws an arc that leaves to the right, comes back from there, and ends with a head. */
    void arc(double x1, double y1, double x2, double y2, double bulge, Color color, float width, double head) {
        double right = Math.max(x1, x2) + bulge;
        graphics.setColor(color);
        graphics.setStroke(ChartStyle.line(width));
        graphics.draw(new CubicCurve2D.Double(x1, y1, right, y1, right, y2, x2 + head, y2));
        Path2D triangle = new Path2D.Double();
        triangle.moveTo(x2, y2);
        triangle.lineTo(x2 + head, y2 - head / 2);
        triangle.lineTo(x2 + head, y2 + head / 2);
        triangle.closePath();
        graphics.fill(triangle);
    }
}
