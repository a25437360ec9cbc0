package org.rltune.env.vector;

import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import org.rltune.env.VectorEnv;

/**
 * The pictures of several environments side by side in one, row by row from the upper left.
 *
 * @param columns tiles in a row
 * @param width of a tile in pixels
 * @param height of a tile in pixels
 * @param wholeWidth of the whole picture in pixels
 * @param wholeHeight of the whole picture in pixels
 */
record Tiles(int columns, int width, int height, int wholeWidth, int wholeHeight) {
    /** Tiles in their own size, in a full rectangle whose sides come nearest to this ratio of width to height. */
    static Tiles whole(int count, int width, int height, double aspectRatio) {
        int bestRows = 1;
        double least = Double.POSITIVE_INFINITY;
        for (int rows = 1; rows * rows <= count; rows++) {
            if (count % rows == 0) {
                double difference = Math.abs((double) (count / rows * width) / (rows * height) - aspectRatio);
                if (difference < least) {
                    least = difference;
                    bestRows = rows;
                }
            }
        }
        int columns = count / bestRows;
        return new Tiles(columns, width, height, columns * width, bestRows * height);
    }

    /** Tiles as large as a screen lets them be: rows or columns are added where the tiles leave more room. */
    static Tiles within(int count, int width, int height, int screenWidth, int screenHeight) {
        double widthRatio = (double) width / screenWidth;
        double heightRatio = (double) height / screenHeight;
        int rows = 1;
        int columns = 1;
        while (rows * columns < count) {
            double rowRatio = rows * heightRatio;
            double columnRatio = columns * widthRatio;
            rows += rowRatio <= columnRatio ? 1 : 0;
            columns += columnRatio <= rowRatio ? 1 : 0;
        }
        double scale = Math.min((double) screenWidth / (columns * width), (double) screenHeight / (rows * height));
        return new Tiles(
                columns,
                Math.max(1, (int) (width * scale)),
                Math.max(1, (int) (height * scale)),
                screenWidth,
                screenHeight);
    }

    /** Draws the first environments, as many as there are tiles for. */
    BufferedImage draw(VectorEnv envs, int count) {
        BufferedImage whole = new BufferedImage(wholeWidth, wholeHeight, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = whole.createGraphics();
        graphics.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
        for (int e = 0; e < count; e++) {
            int x = e % columns * width;
            int y = e / columns * height;
            graphics.drawImage(envs.renderFrame(e), x, y, width, height, null);
        }
        graphics.dispose();
        return whole;
    }

    /** Requires environments that draw pictures. */
    static void requirePictures(String wrapper, VectorEnv envs) {
        if (!envs.renderModes().contains(org.rltune.env.RenderMode.RGB_ARRAY)) {
            throw new IllegalArgumentException(wrapper + " needs pictures, but " + envs + " draws none (render modes: "
                    + envs.renderModes() + "). Make single environments that draw: mode SYNC or THREADED of"
                    + " VectorOptions, and renderFrame() in the environment");
        }
    }
}
