package org.rltune.env.render;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.Shape;
import java.awt.geom.AffineTransform;
import java.awt.geom.Arc2D;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Path2D;
import java.awt.image.BufferedImage;
import org.rltune.check.Check;

/**
 * A picture to draw an environment on: smooth edges, a world whose y axis points up, no fonts.
 *
 * <p>Places and sizes are in world units, set by {@link #world}; until then one unit is one pixel and (0, 0) is the
 * lower left corner. Widths of lines are in pixels. A colour is {@code 0xRRGGBB}. Methods return the canvas, so that
 * calls can follow each other. One canvas is used by one thread at a time. It needs no display.
 *
 * <pre>{@code
 * return new Canvas(600, 400, Canvas.WHITE)
 *         .world(-2.4, -0.5, 2.4, 2.7)
 *         .color(Canvas.BLACK).line(1, -2.4, 0, 2.4, 0)
 *         .at(cart, 0, -angle, pole -> pole.color(0xca9865).fillRect(-0.05, 0, 0.05, 1))
 *         .toImage();
 * }</pre>
 */
public final class Canvas {
    /** White. */
    public static final int WHITE = 0xffffff;
    /** Black. */
    public static final int BLACK = 0x000000;

    private final BufferedImage image;
    private final Graphics2D graphics;
    private AffineTransform world;

    /**
     * A canvas of one colour.
     *
     * @param width pixels, at least 1
     * @param height pixels, at least 1
     * @param background the colour, {@code 0xRRGGBB}
     */
    public Canvas(int width, int height, int background) {
        Check.positive("width", width);
        Check.positive("height", height);
        image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        graphics = image.createGraphics();
        graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        // Without it Java2D moves thin lines to the middle of pixels, and moving things jerk.
        graphics.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
        graphics.setColor(new Color(background));
        graphics.fillRect(0, 0, width, height);
        graphics.setColor(Color.BLACK);
        world = new AffineTransform(1, 0, 0, -1, 0, height);
    }

    /** The width in pixels. */
    public int width() {
        return image.getWidth();
    }

    /** The height in pixels. */
    public int height() {
        return image.getHeight();
    }

    /** Stretches the world between these edges over the whole picture; left below right, bottom below top. */
    public Canvas world(double left, double bottom, double right, double top) {
        Check.positive("right - left", right - left);
        Check.positive("top - bottom", top - bottom);
        double scaleX = width() / (right - left);
        double scaleY = height() / (top - bottom);
        world = new AffineTransform(scaleX, 0, 0, -scaleY, -left * scaleX, top * scaleY);
        return this;
    }

    /** What is drawn on a canvas. */
    @FunctionalInterface
    public interface Drawing {
        /** Draws. */
        void draw(Canvas canvas);
    }

    /**
     * Draws something in a world of its own: its (0, 0) stands at (x, y), turned counter-clockwise.
     *
     * @param angle radians
     */
    public Canvas at(double x, double y, double angle, Drawing drawing) {
        AffineTransform outer = world;
        double cos = StrictMath.cos(angle);
        double sin = StrictMath.sin(angle);
        AffineTransform inner = new AffineTransform(outer);
        inner.concatenate(new AffineTransform(cos, sin, -sin, cos, x, y));
        world = inner;
        try {
            drawing.draw(this);
        } finally {
            world = outer;
        }
        return this;
    }

    /** The colour of what follows, {@code 0xRRGGBB}. */
    public Canvas color(int rgb) {
        return color(rgb, 1);
    }

    /** The colour of what follows, with an opacity from 0 to 1. */
    public Canvas color(int rgb, double opacity) {
        Check.inClosed("opacity", opacity, 0, 1);
        graphics.setColor(new Color((int) (opacity * 255 + 0.5) << 24 | (rgb & WHITE), true));
        return this;
    }

    /** Fills the whole picture with the colour. */
    public Canvas fill() {
        graphics.fillRect(0, 0, width(), height());
        return this;
    }

    /** Fills a polygon with the corners x0, y0, x1, y1, ... */
    public Canvas fillPolygon(double... xy) {
        return fill(path(xy, true));
    }

    /** Draws the outline of a polygon. */
    public Canvas polygon(double lineWidth, double... xy) {
        return stroke(lineWidth, path(xy, true));
    }

    /** Draws a line with round ends. */
    public Canvas line(double lineWidth, double x0, double y0, double x1, double y1) {
        return polyline(lineWidth, x0, y0, x1, y1);
    }

    /** Draws lines from point to point. */
    public Canvas polyline(double lineWidth, double... xy) {
        return stroke(lineWidth, path(xy, false));
    }

    /** Fills the rectangle between two opposite corners. */
    public Canvas fillRect(double x0, double y0, double x1, double y1) {
        return fillPolygon(x0, y0, x1, y0, x1, y1, x0, y1);
    }

    /** Draws the outline of the rectangle between two opposite corners. */
    public Canvas rect(double lineWidth, double x0, double y0, double x1, double y1) {
        return polygon(lineWidth, x0, y0, x1, y0, x1, y1, x0, y1);
    }

    /** Fills a circle. */
    public Canvas fillCircle(double x, double y, double radius) {
        return fill(circle(x, y, radius));
    }

    /** Draws a circle. */
    public Canvas circle(double lineWidth, double x, double y, double radius) {
        return stroke(lineWidth, circle(x, y, radius));
    }

    /** Draws a part of a circle: from an angle on, counter-clockwise; both angles in radians. */
    public Canvas arc(double lineWidth, double x, double y, double radius, double start, double extent) {
        // Arc2D counts angles on a y axis that points down.
        double degrees = -180 / Math.PI;
        return stroke(
                lineWidth,
                new Arc2D.Double(
                        x - radius, y - radius, 2 * radius, 2 * radius, start * degrees, extent * degrees, Arc2D.OPEN));
    }

    /**
     * Draws digits, letters and a few signs as lines, so that a text looks the same on every machine; see
     * {@link LineText}.
     *
     * @param height height of a capital letter, in world units
     * @param x left edge
     * @param y base line
     */
    public Canvas text(String text, double lineWidth, double height, double x, double y) {
        return stroke(lineWidth, LineText.path(text, height, x, y));
    }

    /** Draws a picture over the rectangle between a lower left and an upper right corner; pixels keep sharp edges. */
    public Canvas image(BufferedImage picture, double x0, double y0, double x1, double y1) {
        AffineTransform place = new AffineTransform(world);
        place.concatenate(
                new AffineTransform((x1 - x0) / picture.getWidth(), 0, 0, (y0 - y1) / picture.getHeight(), x0, y1));
        graphics.drawImage(picture, place, null);
        return this;
    }

    /** A copy of the picture as it stands, of the type {@link BufferedImage#TYPE_INT_RGB}. */
    public BufferedImage toImage() {
        return Pixels.copy(image);
    }

    private static Shape circle(double x, double y, double radius) {
        return new Ellipse2D.Double(x - radius, y - radius, 2 * radius, 2 * radius);
    }

    private static Path2D path(double[] xy, boolean closed) {
        int least = closed ? 3 : 2;
        if (xy.length < 2 * least || xy.length % 2 != 0) {
            throw new IllegalArgumentException("A " + (closed ? "polygon" : "line") + " got " + xy.length
                    + " numbers, but needs x and y of at least " + least + " points. Pass x0, y0, x1, y1, ...");
        }
        Path2D path = new Path2D.Double(Path2D.WIND_NON_ZERO, xy.length / 2 + 1);
        path.moveTo(xy[0], xy[1]);
        for (int i = 2; i < xy.length; i += 2) {
            path.lineTo(xy[i], xy[i + 1]);
        }
        if (closed) {
            path.closePath();
        }
        return path;
    }

    private Canvas fill(Shape shape) {
        graphics.fill(world.createTransformedShape(shape));
        return this;
    }

    private Canvas stroke(double lineWidth, Shape shape) {
        Check.positive("lineWidth", lineWidth);
        graphics.setStroke(new BasicStroke((float) lineWidth, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
        graphics.draw(world.createTransformedShape(shape));
        return this;
    }
}
