package org.rltune.envs.box2d;

import com.badlogic.gdx.math.Vector2;
import com.badlogic.gdx.physics.box2d.Body;
import org.rltune.env.render.Canvas;

/** Draws a walker in Gymnasium's layout and colours: 600 x 400 pixels, the walker at a fifth of the width. */
final class WalkerPicture {
    private static final double METRE_PER_PIXEL = 1 / WalkerScene.SCALE;
    private static final double WIDTH = 600 * METRE_PER_PIXEL;
    private static final double HEIGHT = 400 * METRE_PER_PIXEL;
    private static final int SKY = 0xd7d7ff;
    private static final int EARTH = 0x66994c;
    private static final int[] GRASS = {0x4cff4c, 0x4ccc4c};
    private static final int OBSTACLE = 0xffffff;
    private static final int OBSTACLE_EDGE = 0x999999;
    private static final int HULL = 0x7f33e5;
    private static final int HULL_EDGE = 0x4c4c7f;
    private static final int[] LEG = {0xb26598, 0x803366};
    private static final int[] LEG_EDGE = {0x7f4c65, 0x4d1a33};
    private static final int RAY = 0xff0000;
    private static final int FLAG = 0xe63300;
    private static final double FLAG_X = 3 * WalkerTerrain.STEP;
    private static final int RAY_PERIOD = 100; // steps, in the first of which one ray each is shown

    private WalkerPicture() {}

    static Canvas draw(WalkerScene scene) {
        double left = scene.hull.getPosition().x - WIDTH / 5;
        Canvas canvas = new Canvas(600, 400, SKY);
        canvas.world(left / 2, 0, left / 2 + WIDTH, HEIGHT).color(Canvas.WHITE); // clouds are far: they move by half
        for (double[] cloud : scene.terrain.clouds) {
            canvas.fillPolygon(cloud);
        }
        canvas.world(left, 0, left + WIDTH, HEIGHT);
        ground(canvas, scene.terrain);
        ray(canvas, scene);
        for (int i = 0; i < scene.legs.length; i++) {
            double half = (i % 2 == 0 ? WalkerScene.LEG_WIDTH : WalkerScene.SHIN_WIDTH) / 2;
            part(canvas, scene.legs[i], box(half, WalkerScene.LEG_HEIGHT / 2), LEG[i / 2], LEG_EDGE[i / 2]);
        }
        double[] hull = WalkerScene.HULL.clone();
        for (int i = 0; i < hull.length; i++) {
            hull[i] *= METRE_PER_PIXEL;
        }
        part(canvas, scene.hull, hull, HULL, HULL_EDGE);
        flag(canvas);
        return canvas;
    }

    private static void ground(Canvas canvas, WalkerTerrain terrain) {
        canvas.color(EARTH).fillPolygon(earth(terrain)); // as one piece: edges between pieces would shine through
        for (double[] obstacle : terrain.obstacles) {
            canvas.color(OBSTACLE).fillPolygon(obstacle).color(OBSTACLE_EDGE).polygon(1, obstacle);
        }
        for (int i = 0; i < WalkerTerrain.LENGTH - 1; i++) {
            canvas.color(GRASS[i % 2]).line(1.5, terrain.x[i], terrain.y[i], terrain.x[i + 1], terrain.y[i + 1]);
        }
    }

    private static double[] earth(WalkerTerrain terrain) {
        double[] outline = new double[2 * WalkerTerrain.LENGTH + 4];
        for (int i = 0; i < WalkerTerrain.LENGTH; i++) {
            outline[2 * i] = terrain.x[i];
            outline[2 * i + 1] = terrain.y[i];
        }
        outline[2 * WalkerTerrain.LENGTH] = terrain.x[WalkerTerrain.LENGTH - 1]; // and down to the lower corners
        outline[2 * WalkerTerrain.LENGTH + 2] = terrain.x[0];
        return outline;
    }

    private static void ray(Canvas canvas, WalkerScene scene) {
        int i = scene.steps % RAY_PERIOD;
        if (i < WalkerScene.RAYS) {
            Vector2 from = scene.hull.getPosition();
            canvas.color(RAY).line(1, from.x, from.y, from.x + scene.rayX(i), from.y + scene.rayY(i));
        }
    }

    private static double[] box(double halfWidth, double halfHeight) {
        return new double[] {
            -halfWidth, -halfHeight, halfWidth, -halfHeight, halfWidth, halfHeight, -halfWidth, halfHeight
        };
    }

    private static void part(Canvas canvas, Body body, double[] corners, int color, int edge) {
        Vector2 position = body.getPosition();
        canvas.at(
                position.x,
                position.y,
                body.getAngle(),
                part -> part.color(color).fillPolygon(corners).color(edge).polygon(1, corners));
    }

    private static void flag(Canvas canvas) {
        double top = WalkerTerrain.HEIGHT + 50 * METRE_PER_PIXEL;
        double[] cloth = {
            FLAG_X, top, FLAG_X, top - 10 * METRE_PER_PIXEL, FLAG_X + 25 * METRE_PER_PIXEL, top - 5 * METRE_PER_PIXEL
        };
        canvas.color(Canvas.BLACK)
                .line(1, FLAG_X, WalkerTerrain.HEIGHT, FLAG_X, top)
                .color(FLAG)
                .fillPolygon(cloth)
                .color(Canvas.BLACK)
                .polygon(1, cloth);
    }
}
