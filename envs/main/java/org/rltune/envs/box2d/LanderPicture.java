package org.rltune.envs.box2d;

import com.badlogic.gdx.math.Vector2;
import com.badlogic.gdx.physics.box2d.Body;
import org.rltune.env.render.Canvas;

/** Draws a lander in Gymnasium's layout and colours: 600 x 400 pixels. */
final class LanderPicture {
    private static final int PAINT = 0x8066e6;
    private static final int EDGE = 0x4d4d80;
    private static final int FLAG = 0xcccc00;
    private static final double METRE_PER_PIXEL = 1 / LanderScene.SCALE;
    private static final double POLE = 50 * METRE_PER_PIXEL;
    private static final double FLAG_WIDTH = 25 * METRE_PER_PIXEL;
    private static final double FLAG_HEIGHT = 10 * METRE_PER_PIXEL;

    private LanderPicture() {}

    static Canvas draw(LanderScene scene) {
        Canvas canvas = new Canvas(600, 400, Canvas.BLACK).world(0, 0, LanderScene.WIDTH, LanderScene.HEIGHT);
        scene.exhaust.draw(canvas);
        canvas.color(Canvas.WHITE).fillPolygon(moon(scene)); // hides the sparks that have sunk into it
        double[] hull = LanderScene.HULL.clone();
        for (int i = 0; i < hull.length; i++) {
            hull[i] *= METRE_PER_PIXEL;
        }
        double w = LanderScene.LEG_HALF_WIDTH;
        double h = LanderScene.LEG_HALF_HEIGHT;
        double[] leg = {-w, -h, w, -h, w, h, -w, h};
        part(canvas, scene.lander, hull);
        part(canvas, scene.rightLeg, leg);
        part(canvas, scene.leftLeg, leg);
        flag(canvas, scene.padLeft, scene.padY);
        flag(canvas, scene.padRight, scene.padY);
        return canvas;
    }

    private static double[] moon(LanderScene scene) {
        int points = scene.surfaceX.length;
        double[] outline = new double[2 * points + 4];
        for (int i = 0; i < points; i++) {
            outline[2 * i] = scene.surfaceX[i];
            outline[2 * i + 1] = scene.surfaceY[i];
        }
        outline[2 * points] = LanderScene.WIDTH; // and down to the lower corners, whose other values are 0
        return outline;
    }

    private static void part(Canvas canvas, Body body, double[] corners) {
        Vector2 position = body.getPosition();
        canvas.at(
                position.x,
                position.y,
                body.getAngle(),
                part -> part.color(PAINT).fillPolygon(corners).color(EDGE).polygon(1, corners));
    }

    private static void flag(Canvas canvas, double x, double y) {
        double top = y + POLE;
        canvas.color(Canvas.WHITE)
                .line(1, x, y, x, top)
                .color(FLAG)
                .fillPolygon(x, top, x, top - FLAG_HEIGHT, x + FLAG_WIDTH, top - FLAG_HEIGHT / 2);
    }
}
