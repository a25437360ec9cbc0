package org.rltune.envs;

import org.rltune.env.render.Canvas;

/** The picture of both mountain cars: a valley of the form sin(3x), a car in it, and a flag on the right slope. */
final class Valley {
    private static final int WIDTH = 600;
    private static final int HEIGHT = 400;
    private static final double LEFT = MountainCar.MIN_POSITION;
    private static final double PIXELS_PER_UNIT = WIDTH / (MountainCar.MAX_POSITION - LEFT);
    private static final int SEGMENTS = 120;
    private static final int GRASS = 0xdde8cf;

    private Valley() {}

    static Canvas draw(double position, double flag) {
        double[] slope = new double[2 * (SEGMENTS + 1)];
        double[] ground = new double[slope.length + 4];
        for (int i = 0; i <= SEGMENTS; i++) {
            slope[2 * i] = (double) WIDTH * i / SEGMENTS;
            slope[2 * i + 1] = height(LEFT + slope[2 * i] / PIXELS_PER_UNIT);
        }
        System.arraycopy(slope, 0, ground, 0, slope.length);
        ground[slope.length] = WIDTH; // down to the lower right corner, then to the lower left one
        double flagX = x(flag);
        double foot = height(flag);
        double pole = foot + 50;
        return new Canvas(WIDTH, HEIGHT, Canvas.WHITE)
                .color(GRASS)
                .fillPolygon(ground)
                .color(Canvas.BLACK)
                .polyline(1.5, slope)
                .line(1, flagX, foot, flagX, pole)
                .color(0xcccc00)
                .fillPolygon(flagX, pole, flagX, pole - 10, flagX + 25, pole - 5)
                .at(x(position), height(position), slope(position), Valley::drawCar);
    }

    /** The car stands on its wheels at (0, 0). */
    private static void drawCar(Canvas canvas) {
        canvas.color(Canvas.BLACK)
                .fillPolygon(-20, 8, 20, 8, 20, 19, 12, 20, 8, 28, -9, 28, -14, 20, -20, 20)
                .color(0xb9d4ea)
                .fillPolygon(-8, 20, 7, 20, 4.5, 26, -6, 26)
                .color(0x808080)
                .fillCircle(-10, 8, 8)
                .fillCircle(10, 8, 8)
                .color(0xd8d8d8)
                .fillCircle(-10, 8, 3)
                .fillCircle(10, 8, 3);
    }

    private static double x(double position) {
        return (position - LEFT) * PIXELS_PER_UNIT;
    }

    private static double height(double position) {
        return (Trig.sin(3 * position) * 0.45 + 0.55) * PIXELS_PER_UNIT;
    }

    /** The angle of the ground against the horizontal; its tangent is the derivative of the height. */
    private static double slope(double position) {
        return StrictMath.atan(3 * 0.45 * Trig.cos(3 * position));
    }
}
