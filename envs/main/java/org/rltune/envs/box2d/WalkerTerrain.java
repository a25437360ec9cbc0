package org.rltune.envs.box2d;

import java.util.ArrayList;
import java.util.List;
import org.rltune.envs.Trig;
import org.rltune.random.Pcg64;

/** The ground that a walker walks on and the clouds above it: places in metres, drawn at random. */
final class WalkerTerrain {
    static final double SCALE = 30;
    static final double STEP = 14 / SCALE;
    static final int LENGTH = 200; // points
    static final double HEIGHT = 400 / SCALE / 4;
    static final int START_PAD = 20; // points without slope
    static final int GRASS = 10; // points at most between two obstacles

    private static final double DEPTH = 4 * STEP; // of a pit
    private static final int CLOUDS = LENGTH / 20;
    private static final int CLOUD_CORNERS = 5;
    private static final double CLOUD_Y = 400 / SCALE * 3 / 4;

    private enum Kind {
        GRASS,
        STUMP,
        STAIRS,
        PIT
    }

    private static final Kind[] KINDS = Kind.values();

    final double[] x = new double[LENGTH];
    final double[] y = new double[LENGTH];
    /** Quadrilaterals: x0, y0, ... x3, y3 each. */
    final List<double[]> obstacles = new ArrayList<>();
    /** Pentagons: x0, y0, ... each. */
    final List<double[]> clouds = new ArrayList<>();

    WalkerTerrain(boolean hardcore, Pcg64 random) {
        shapeGround(hardcore, random);
        for (int i = 0; i < CLOUDS; i++) {
            clouds.add(cloud(random));
        }
    }

    private void shapeGround(boolean hardcore, Pcg64 random) {
        Kind kind = Kind.GRASS;
        boolean first = false; // point of an obstacle, or of the grass after one
        int left = START_PAD; // points of this kind
        double height = HEIGHT;
        double slope = 0;
        double before = 0; // height where the obstacle began
        int stairs = 0;
        int stairWidth = 0;
        int up = 0; // or down: -1
        for (int i = 0; i < LENGTH; i++) {
            x[i] = i * STEP;
            if (kind == Kind.GRASS && !first) {
                slope = 0.8 * slope + 0.01 * Math.signum(HEIGHT - height);
                if (i > START_PAD) {
                    slope += random.uniform(-1, 1) / SCALE;
                }
                height += slope;
            } else if (kind == Kind.PIT && first) {
                left = (int) random.integers(3, 5);
                wall(x[i], height, 0);
                wall(x[i], height, STEP * left);
                left += 2;
                before = height;
            } else if (kind == Kind.PIT) {
                height = left > 1 ? before - DEPTH : before;
            } else if (kind == Kind.STUMP && first) {
                left = (int) random.integers(1, 3);
                double right = x[i] + left * STEP;
                double top = height + left * STEP;
                obstacles.add(new double[] {x[i], height, right, height, right, top, x[i], top});
            } else if (kind == Kind.STAIRS && first) {
                up = random.nextDouble() > 0.5 ? 1 : -1;
                stairWidth = (int) random.integers(4, 5);
                stairs = (int) random.integers(3, 5);
                before = height;
                for (int s = 0; s < stairs; s++) {
                    stair(x[i], height, s, stairWidth, up);
                }
                left = stairs * stairWidth;
            } else if (kind == Kind.STAIRS) {
                double passed = stairs * stairWidth - left - up;
                height = before + passed / stairWidth * up * STEP;
            }
            first = false;
            y[i] = height;
            left--;
            if (left == 0) {
                left = (int) random.integers(GRASS / 2, GRASS);
                kind = kind == Kind.GRASS && hardcore ? KINDS[(int) random.integers(1, KINDS.length)] : Kind.GRASS;
                first = true;
            }
        }
    }

    private void wall(double atX, double top, double shift) {
        double left = atX + shift;
        double right = atX + STEP + shift;
        double bottom = top - DEPTH;
        obstacles.add(new double[] {left, top, right, top, right, bottom, left, bottom});
    }

    private void stair(double atX, double atY, int s, int width, int up) {
        double left = atX + s * width * STEP;
        double right = atX + (1 + s) * width * STEP;
        double top = atY + s * up * STEP;
        double bottom = atY + (-1 + s * up) * STEP;
        obstacles.add(new double[] {left, top, right, top, right, bottom, left, bottom});
    }

    private static double[] cloud(Pcg64 random) {
        double centre = random.uniform(0, LENGTH) * STEP;
        double[] corners = new double[2 * CLOUD_CORNERS];
        for (int a = 0; a < CLOUD_CORNERS; a++) {
            double angle = 3.14 * 2 * a / CLOUD_CORNERS;
            corners[2 * a] = centre + 15 * STEP * Trig.sin(angle) + random.uniform(0, 5 * STEP);
            corners[2 * a + 1] = CLOUD_Y + 5 * STEP * Trig.cos(angle) + random.uniform(0, 5 * STEP);
        }
        return corners;
    }
}
