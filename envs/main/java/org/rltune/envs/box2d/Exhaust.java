package org.rltune.envs.box2d;

import org.rltune.env.render.Canvas;

/**
 * The sparks that an engine leaves behind for some steps: pictures only, no bodies of the world, so that an episode is the
 * same whether it is drawn or not.
 */
final class Exhaust {
    private static final int KEPT = 16; // more than two engines light in the life of a spark
    private static final double FADING = 0.15; // of its light in each step
    private static final double RADIUS = 2;
    private static final double SECONDS_PER_STEP = 0.02;

    // As of a spark of this size in Gymnasium, whose mass is its area times a density.
    private static final double AREA = Math.PI * (RADIUS / LanderScene.SCALE) * (RADIUS / LanderScene.SCALE);

    private final double[] x = new double[KEPT];
    private final double[] y = new double[KEPT];
    private final double[] velocityX = new double[KEPT];
    private final double[] velocityY = new double[KEPT];
    private final double[] light = new double[KEPT];
    private int next;

    /**
     * Adds a spark.
     *
     * @param impulseX what pushes it, in kg m/s
     * @param density in kg/m2
     * @param brightness from 0 to 1
     */
    void add(double atX, double atY, double impulseX, double impulseY, double density, double brightness) {
        x[next] = atX;
        y[next] = atY;
        velocityX[next] = impulseX / (density * AREA);
        velocityY[next] = impulseY / (density * AREA);
        light[next] = brightness;
        next = (next + 1) % KEPT;
    }

    /** One step later; gravity in m/s2. */
    void move(double gravity) {
        for (int i = 0; i < KEPT; i++) {
            velocityY[i] += gravity * SECONDS_PER_STEP;
            x[i] += velocityX[i] * SECONDS_PER_STEP;
            y[i] += velocityY[i] * SECONDS_PER_STEP;
            light[i] -= FADING;
        }
    }

    void draw(Canvas canvas) {
        for (int i = 0; i < KEPT; i++) {
            if (light[i] > 0) {
                int red = (int) (Math.min(1, Math.max(0.2, 0.15 + light[i])) * 255);
                int other = (int) (Math.max(0.2, 0.5 * light[i]) * 255);
                canvas.color(red << 16 | other << 8 | other).fillCircle(x[i], y[i], RADIUS / LanderScene.SCALE);
            }
        }
    }
}
