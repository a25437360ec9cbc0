package org.rltune.envs.box2d;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.rltune.envs.Trig;
import org.rltune.random.Pcg64;

/**
 * A closed track through twelve checkpoints, which are drawn at random around a circle. A pen runs from checkpoint to
 * checkpoint, turning by a little in each step; its second lap is the track. Places are in metres around the middle.
 */
final class Track {
    static final double SCALE = 6;
    static final double WIDTH = 40 / SCALE; // from the middle of the road to its edge
    static final double KERB = 8 / SCALE;

    private static final double RADIUS = 900 / SCALE;
    private static final double STEP = 21 / SCALE;
    private static final double TURN = 0.31; // at most, in a step
    private static final int CHECKPOINTS = 12;
    private static final int MOST_STEPS = 2500;
    private static final int LAPS = 4;
    private static final int KERB_STEPS = 4;
    private static final double START_ALPHA = 2 * Math.PI * -0.5 / CHECKPOINTS;

    /** Number of tiles. */
    final int length;
    /** Direction of the road across, of each tile. */
    final double[] beta;

    final double[] x;
    final double[] y;
    /** Whether a kerb marks a hard turn at the tile. */
    final boolean[] kerb;

    private Track(double[] beta, double[] x, double[] y) {
        this.length = beta.length;
        this.beta = beta;
        this.x = x;
        this.y = y;
        this.kerb = new boolean[length];
        markTurns();
    }

    /** Draws checkpoints until a track through them closes. */
    static Track random(Pcg64 random) {
        while (true) {
            Pen pen = new Pen(random);
            pen.run();
            Track track = pen.secondLap();
            if (track != null && track.gap() <= STEP) {
                return track;
            }
        }
    }

    /** How far the end is from the beginning, across the road. */
    private double gap() {
        int last = length - 1;
        double dx = Trig.cos(beta[0]) * (x[0] - x[last]);
        double dy = Trig.sin(beta[0]) * (y[0] - y[last]);
        return Math.sqrt(dx * dx + dy * dy);
    }

    private void markTurns() {
        boolean[] hard = new boolean[length];
        for (int i = 0; i < length; i++) {
            boolean turns = true;
            double side = 0;
            for (int back = 0; back < KERB_STEPS; back++) {
                double change = beta[tile(i - back)] - beta[tile(i - back - 1)];
                turns &= Math.abs(change) > TURN * 0.2;
                side += Math.signum(change);
            }
            hard[i] = turns && Math.abs(side) == KERB_STEPS;
        }
        // Marks spread backwards while they are set, as in Gymnasium: a mark that went round the start spreads again.
        System.arraycopy(hard, 0, kerb, 0, length);
        for (int i = 0; i < length; i++) {
            for (int back = 0; back < KERB_STEPS; back++) {
                kerb[tile(i - back)] |= kerb[i];
            }
        }
    }

    private int tile(int i) {
        return i < 0 ? i + length : i;
    }

    /** The tile before. */
    int before(int i) {
        return tile(i - 1);
    }

    /** Corners x0, y0, ... x3, y3 between two distances from the middle of the road at a tile and the one before. */
    double[] strip(int i, double from, double to) {
        int j = before(i);
        double cosI = Trig.cos(beta[i]);
        double sinI = Trig.sin(beta[i]);
        double cosJ = Trig.cos(beta[j]);
        double sinJ = Trig.sin(beta[j]);
        return new double[] {
            x[i] + from * cosI, y[i] + from * sinI,
            x[i] + to * cosI, y[i] + to * sinI,
            x[j] + to * cosJ, y[j] + to * sinJ,
            x[j] + from * cosJ, y[j] + from * sinJ
        };
    }

    /** What draws the track. */
    private static final class Pen {
        private final double[] goalAlpha = new double[CHECKPOINTS];
        private final double[] goalX = new double[CHECKPOINTS];
        private final double[] goalY = new double[CHECKPOINTS];
        private final double[] alphas = new double[MOST_STEPS];
        private final double[] betas = new double[MOST_STEPS];
        private final double[] xs = new double[MOST_STEPS];
        private final double[] ys = new double[MOST_STEPS];
        private int steps;
        private int goal;

        Pen(Pcg64 random) {
            for (int c = 0; c < CHECKPOINTS; c++) {
                double noise = random.uniform(0, 2 * Math.PI * 1 / CHECKPOINTS);
                double alpha = 2 * Math.PI * c / CHECKPOINTS + noise;
                double radius = random.uniform(RADIUS / 3, RADIUS);
                if (c == 0) {
                    alpha = 0;
                    radius = 1.5 * RADIUS;
                }
                if (c == CHECKPOINTS - 1) {
                    alpha = 2 * Math.PI * c / CHECKPOINTS;
                    radius = 1.5 * RADIUS;
                }
                goalAlpha[c] = alpha;
                goalX[c] = radius * Trig.cos(alpha);
                goalY[c] = radius * Trig.sin(alpha);
            }
        }

        void run() {
            double x = 1.5 * RADIUS;
            double y = 0;
            double beta = 0;
            int laps = 0;
            boolean otherSide = false;
            while (steps < MOST_STEPS && laps <= LAPS) {
                double alpha = StrictMath.atan2(y, x);
                if (otherSide && alpha > 0) {
                    laps++;
                    otherSide = false;
                }
                if (alpha < 0) {
                    otherSide = true;
                    alpha += 2 * Math.PI;
                }
                alpha = aim(alpha);
                double cos = Trig.cos(beta);
                double sin = Trig.sin(beta);
                double off = SCALE * (cos * (goalX[goal] - x) + sin * (goalY[goal] - y));
                while (beta - alpha > 1.5 * Math.PI) {
                    beta -= 2 * Math.PI;
                }
                while (beta - alpha < -1.5 * Math.PI) {
                    beta += 2 * Math.PI;
                }
                double before = beta;
                if (off > 0.3) {
                    beta -= Math.min(TURN, Math.abs(0.001 * off));
                }
                if (off < -0.3) {
                    beta += Math.min(TURN, Math.abs(0.001 * off));
                }
                x += -sin * STEP;
                y += cos * STEP;
                alphas[steps] = alpha;
                betas[steps] = before * 0.5 + beta * 0.5;
                xs[steps] = x;
                ys[steps] = y;
                steps++;
            }
        }

        /** Turns to the next checkpoint ahead of this angle, and returns the angle, less a turn where none was left. */
        private double aim(double alpha) {
            double angle = alpha;
            while (true) {
                do {
                    if (angle <= goalAlpha[goal]) {
                        return angle;
                    }
                    goal = (goal + 1) % CHECKPOINTS;
                } while (goal != 0);
                angle -= 2 * Math.PI;
            }
        }

        /** The steps between the last two passes of the start, or null where there are fewer passes. */
        @Nullable
        Track secondLap() {
            int end = -1;
            for (int i = steps - 1; i > 0; i--) {
                if (alphas[i] > START_ALPHA && alphas[i - 1] <= START_ALPHA) {
                    if (end != -1) {
                        return new Track(
                                Arrays.copyOfRange(betas, i, end - 1),
                                Arrays.copyOfRange(xs, i, end - 1),
                                Arrays.copyOfRange(ys, i, end - 1));
                    }
                    end = i;
                }
            }
            return null;
        }
    }
}
