package org.rltune.envs.box2d;

import java.awt.image.BufferedImage;
import java.awt.image.DataBufferInt;
import java.util.Arrays;

/**
 * A picture of convex polygons with smooth edges, for observations: the same polygons give the same bytes on every machine
 * and JVM, which Java2D does not promise.
 *
 * <p>Each pixel is the mean of samples on a square grid. A sample has the colour of the last polygon that its centre lies
 * in. Coordinates are in pixels, x to the right and y down from the upper left corner. Colours are {@code 0xRRGGBB}.
 */
final class Raster {
    private static final int RED_BLUE = 0xff00ff;
    private static final int GREEN = 0x00ff00;

    private final int width;
    private final int height;
    private final int samples; // along each side of a pixel; at most 16, so that their sums fit into 16 bits
    private final int row;
    private final int[] colors;

    Raster(int width, int height, int samples) {
        this.width = width;
        this.height = height;
        this.samples = samples;
        this.row = width * samples;
        this.colors = new int[row * height * samples];
    }

    int width() {
        return width;
    }

    int height() {
        return height;
    }

    void clear(int color) {
        Arrays.fill(colors, color);
    }

    /** Fills the polygon with the first corners x0, y0, x1, y1, ... of the array, in either sense of rotation. */
    void fill(double[] xy, int corners, int color) {
        double top = Double.POSITIVE_INFINITY;
        double bottom = Double.NEGATIVE_INFINITY;
        double left = Double.POSITIVE_INFINITY;
        double right = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < 2 * corners; i += 2) {
            left = Math.min(left, xy[i]);
            right = Math.max(right, xy[i]);
            top = Math.min(top, xy[i + 1]);
            bottom = Math.max(bottom, xy[i + 1]);
        }
        if (right <= 0 || left >= width || bottom <= 0 || top >= height) {
            return;
        }
        int first = Math.max(0, below(top));
        int last = Math.min(height * samples, below(bottom));
        for (int y = first; y < last; y++) {
            fillRow(xy, corners, color, y);
        }
    }

    /** The first row or column of samples whose centre lies at or beyond this place. */
    private int below(double place) {
        return (int) Math.ceil(place * samples - 0.5);
    }

    private void fillRow(double[] xy, int corners, int color, int y) {
        double at = (y + 0.5) / samples;
        double left = Double.POSITIVE_INFINITY;
        double right = Double.NEGATIVE_INFINITY;
        int j = 2 * corners - 2;
        for (int i = 0; i < 2 * corners; j = i, i += 2) {
            double y0 = xy[j + 1];
            double y1 = xy[i + 1];
            if ((y0 <= at) != (y1 <= at)) {
                double x = xy[j] + (at - y0) / (y1 - y0) * (xy[i] - xy[j]);
                left = Math.min(left, x);
                right = Math.max(right, x);
            }
        }
        if (left < right) {
            int from = Math.max(0, below(Math.max(left, -1)));
            int to = Math.min(row, below(Math.min(right, width + 1)));
            if (from < to) {
                Arrays.fill(colors, y * row + from, y * row + to, color);
            }
        }
    }

    /** The bytes red, green, blue of each pixel, row by row from the top. */
    byte[] toBytes() {
        byte[] bytes = new byte[3 * width * height];
        for (int y = 0, out = 0; y < height; y++) {
            for (int x = 0; x < width; x++, out += 3) {
                int color = mean(x, y);
                bytes[out] = (byte) (color >> 16);
                bytes[out + 1] = (byte) (color >> 8);
                bytes[out + 2] = (byte) color;
            }
        }
        return bytes;
    }

    BufferedImage toImage() {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        int[] pixels = ((DataBufferInt) image.getRaster().getDataBuffer()).getData();
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = mean(i % width, i / width);
        }
        return image;
    }

    private int mean(int x, int y) {
        int redBlue = 0;
        int green = 0;
        for (int j = 0; j < samples; j++) {
            int at = (y * samples + j) * row + x * samples;
            for (int i = 0; i < samples; i++) {
                int color = colors[at + i];
                redBlue += color & RED_BLUE; // two sums in one number
                green += color & GREEN;
            }
        }
        int count = samples * samples;
        int half = count / 2;
        int red = ((redBlue >>> 16) + half) / count;
        int blue = ((redBlue & 0xffff) + half) / count;
        return red << 16 | (((green >>> 8) + half) / count) << 8 | blue;
    }
}
