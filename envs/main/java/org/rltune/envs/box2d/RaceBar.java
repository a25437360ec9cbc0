package org.rltune.envs.box2d;

import com.badlogic.gdx.math.Vector2;

/** The black bar with instruments below a race, in a window that is squeezed into the picture. */
final class RaceBar {
    private static final int WHITE = 0xffffff;
    private static final int FRONT = 0x0000ff;
    private static final int REAR = 0x3300ff;
    private static final int STEERING = 0x00ff00;
    private static final int GYROSCOPE = 0xff0000;
    private static final double LEAST = 1e-4; // smaller values are not shown
    private static final int DIGITS = 4;

    // Segments of a digit as 0 to 6: top, upper right, lower right, bottom, lower left, upper left, middle.
    private static final int[] SEGMENTS = {0x3f, 0x06, 0x5b, 0x4f, 0x66, 0x6d, 0x7d, 0x07, 0x7f, 0x6f};
    private static final int MINUS = 0x40;
    private static final double DIGIT_WIDTH = 17;
    private static final double DIGIT_HEIGHT = 34;
    private static final double DIGIT_STEP = 26;
    private static final double STROKE = 6;

    private final Raster raster;
    private final double width;
    private final double height;
    private final double scaleX;
    private final double scaleY;
    private final double[] corners = new double[8];

    RaceBar(Raster raster, double width, double height) {
        this.raster = raster;
        this.width = width;
        this.height = height;
        this.scaleX = raster.width() / width;
        this.scaleY = raster.height() / height;
    }

    void draw(RaceScene scene) {
        double unit = height / 40;
        rect(0, height - 5 * unit, width, height, 0);
        RaceCar car = scene.car;
        Vector2 velocity = car.hull.getLinearVelocity();
        double speed = Math.sqrt((double) velocity.x * velocity.x + (double) velocity.y * velocity.y);
        upright(5, 0.02, speed, WHITE);
        for (int i = 0; i < RaceCar.WHEELS; i++) {
            upright(7 + i, 0.01, car.omega[i], i < 2 ? FRONT : REAR);
        }
        level(20, -10, car.joints[0].getJointAngle(), STEERING);
        level(30, -0.8, car.hull.getAngularVelocity(), GYROSCOPE);
        score(scene.reward);
    }

    private void upright(int place, double scale, double value, int color) {
        double unit = height / 40;
        if (Math.abs(value) > LEAST) {
            double left = place * width / 40;
            rect(left, height - unit - unit * scale * value, left + width / 40, height - unit, color);
        }
    }

    private void level(int place, double scale, double value, int color) {
        double unit = height / 40;
        if (Math.abs(value) > LEAST) {
            double left = place * width / 40;
            rect(left, height - 4 * unit, left + scale * value * width / 40, height - 2 * unit, color);
        }
    }

    /** The score in whole points, at least four signs. */
    private void score(double reward) {
        long points = Math.round(reward);
        long rest = Math.abs(points);
        double x = 12 + (DIGITS - 1) * DIGIT_STEP;
        double y = height - height * 2.5 / 40 - DIGIT_HEIGHT / 2;
        for (int i = 0; i < DIGITS; i++) {
            boolean sign = i == DIGITS - 1 && points < 0;
            segments(sign ? MINUS : SEGMENTS[(int) (rest % 10)], x, y);
            rest /= 10;
            x -= DIGIT_STEP;
        }
    }

    private void segments(int lit, double x, double y) {
        double right = x + DIGIT_WIDTH;
        double middle = y + DIGIT_HEIGHT / 2;
        double bottom = y + DIGIT_HEIGHT;
        double half = STROKE / 2;
        segment(lit, 0, x, y, right, y + STROKE);
        segment(lit, 1, right - STROKE, y, right, middle + half);
        segment(lit, 2, right - STROKE, middle - half, right, bottom);
        segment(lit, 3, x, bottom - STROKE, right, bottom);
        segment(lit, 4, x, middle - half, x + STROKE, bottom);
        segment(lit, 5, x, y, x + STROKE, middle + half);
        segment(lit, 6, x, middle - half, right, middle + half);
    }

    private void segment(int lit, int bit, double x0, double y0, double x1, double y1) {
        if ((lit >> bit & 1) == 1) {
            rect(x0, y0, x1, y1, WHITE);
        }
    }

    private void rect(double x0, double y0, double x1, double y1, int color) {
        corners[0] = x0 * scaleX;
        corners[1] = y0 * scaleY;
        corners[2] = x1 * scaleX;
        corners[3] = corners[1];
        corners[4] = corners[2];
        corners[5] = y1 * scaleY;
        corners[6] = corners[0];
        corners[7] = corners[5];
        raster.fill(corners, 4, color);
    }
}
