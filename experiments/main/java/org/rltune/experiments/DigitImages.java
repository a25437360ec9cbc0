package org.rltune.experiments;

import org.rltune.random.Pcg64;

/**
 * Pictures of handwritten-looking digits, drawn by code: each is a digit's strokes turned, slanted, stretched, moved, drawn
 * with a pen of some width, and covered with noise. Classes come in turn, so that all are as frequent.
 *
 * @param pixels row-major, {@code pixels[sample * PIXELS + y * SIDE + x]}, around 0 for paper and 1 for ink
 * @param labels the digits
 */
record DigitImages(float[] pixels, int[] labels) {
    /** Pixels of one side. */
    static final int SIDE = 10;

    /** Pixels of one picture. */
    static final int PIXELS = SIDE * SIDE;

    /** Number of digits. */
    static final int CLASSES = 10;

    private static final double NOISE = 0.25;

    /** The strokes of each digit: x, y of their corners in a box of 4 by 6, the origin at the top left. */
    private static final double[][][] STROKES = {
        {{1, 0, 3, 0, 4, 1.5, 4, 4.5, 3, 6, 1, 6, 0, 4.5, 0, 1.5, 1, 0}},
        {{0.8, 1.4, 2.2, 0, 2.2, 6}},
        {{0, 1.4, 1, 0, 3, 0, 4, 1.4, 3.6, 2.8, 0, 6, 4, 6}},
        {{0, 0.6, 2, 0, 3.8, 1, 3.4, 2.4, 1.6, 3, 3.6, 3.6, 4, 5, 2, 6, 0, 5.4}},
        {{3, 6, 3, 0, 0, 4, 4, 4}},
        {{3.8, 0, 0.4, 0, 0.2, 2.6, 2.4, 2.3, 4, 3.8, 3.4, 5.5, 1.8, 6, 0, 5.3}},
        {{3.6, 0.4, 1.8, 0.4, 0.4, 2.4, 0.2, 4.6, 1.6, 6, 3.2, 5.8, 4, 4.4, 3, 3, 1.4, 3, 0.3, 4}},
        {{0, 0, 4, 0, 1.6, 6}},
        {
            {2, 0, 3.6, 0.8, 3.4, 2.2, 2, 2.9, 0.6, 2.2, 0.4, 0.8, 2, 0},
            {2, 2.9, 3.8, 4, 3.6, 5.4, 2, 6, 0.4, 5.4, 0.2, 4, 2, 2.9}
        },
        {{3.7, 2, 2.6, 3, 1, 3, 0, 1.6, 0.8, 0.2, 2.4, 0, 3.8, 1.4, 3.6, 3.6, 2.2, 6}}
    };

    /** Draws that many pictures. */
    static DigitImages draw(int samples, Pcg64 random) {
        float[] pixels = new float[samples * PIXELS];
        int[] labels = new int[samples];
        for (int i = 0; i < samples; i++) {
            labels[i] = i % CLASSES;
            draw(STROKES[labels[i]], random, pixels, i * PIXELS);
        }
        return new DigitImages(pixels, labels);
    }

    private static void draw(double[][] strokes, Pcg64 random, float[] pixels, int offset) {
        double angle = random.uniform(-0.25, 0.25);
        double sin = StrictMath.sin(angle);
        double cos = StrictMath.cos(angle);
        double slant = random.uniform(-0.3, 0.3);
        double width = random.uniform(0.75, 1.25);
        double height = random.uniform(0.95, 1.25);
        double dx = random.uniform(-0.8, 0.8) + SIDE / 2.0;
        double dy = random.uniform(-0.8, 0.8) + SIDE / 2.0;
        double pen = random.uniform(0.4, 0.9);
        double[][] drawn = new double[strokes.length][];
        for (int s = 0; s < strokes.length; s++) {
            drawn[s] = new double[strokes[s].length];
            for (int p = 0; p < strokes[s].length; p += 2) {
                double y = (strokes[s][p + 1] - 3) * height;
                double x = (strokes[s][p] - 2) * width + slant * y;
                drawn[s][p] = cos * x - sin * y + dx;
                drawn[s][p + 1] = sin * x + cos * y + dy;
            }
        }
        for (int y = 0; y < SIDE; y++) {
            for (int x = 0; x < SIDE; x++) {
                double ink = Math.max(0, Math.min(1, pen + 0.5 - distance(drawn, x + 0.5, y + 0.5)));
                pixels[offset + y * SIDE + x] = (float) (ink + NOISE * random.standardNormal());
            }
        }
    }

    /** Returns how far a point is from the nearest stroke. */
    private static double distance(double[][] strokes, double x, double y) {
        double nearest = Double.POSITIVE_INFINITY;
        for (double[] stroke : strokes) {
            for (int p = 0; p + 3 < stroke.length; p += 2) {
                double ux = stroke[p + 2] - stroke[p];
                double uy = stroke[p + 3] - stroke[p + 1];
                double along = ((x - stroke[p]) * ux + (y - stroke[p + 1]) * uy) / (ux * ux + uy * uy);
                double t = Math.max(0, Math.min(1, along));
                double ex = x - stroke[p] - t * ux;
                double ey = y - stroke[p + 1] - t * uy;
                nearest = Math.min(nearest, ex * ex + ey * ey);
            }
        }
        return Math.sqrt(nearest);
    }

    int size() {
        return labels.length;
    }

    /** Returns the share of test pictures that are nearest to the mean training picture of their own class. */
    static double nearestMeanAccuracy(DigitImages train, DigitImages test) {
        double[][] means = new double[CLASSES][PIXELS];
        int[] counts = new int[CLASSES];
        for (int i = 0; i < train.size(); i++) {
            counts[train.labels[i]]++;
            for (int p = 0; p < PIXELS; p++) {
                means[train.labels[i]][p] += train.pixels[i * PIXELS + p];
            }
        }
        int right = 0;
        for (int i = 0; i < test.size(); i++) {
            int best = 0;
            double least = Double.POSITIVE_INFINITY;
            for (int c = 0; c < CLASSES; c++) {
                double distance = 0;
                for (int p = 0; p < PIXELS; p++) {
                    double off = test.pixels[i * PIXELS + p] - means[c][p] / counts[c];
                    distance += off * off;
                }
                if (distance < least) {
                    least = distance;
                    best = c;
                }
            }
            right += best == test.labels[i] ? 1 : 0;
        }
        return (double) right / test.size();
    }
}
