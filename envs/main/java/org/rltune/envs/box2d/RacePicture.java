package org.rltune.envs.box2d;

import com.badlogic.gdx.math.Vector2;
import com.badlogic.gdx.physics.box2d.Body;
import org.jspecify.annotations.Nullable;
import org.rltune.envs.Trig;

/**
 * Draws a race in Gymnasium's layout: a window of 1000 x 800 that is squeezed into the picture. The car stands in the
 * middle of the lower part and looks up; the bar at the bottom shows the score, the speed, the turning of the four wheels,
 * the steering and the turning of the car.
 */
final class RacePicture {
    private static final double WINDOW_WIDTH = 1000;
    private static final double WINDOW_HEIGHT = 800;
    private static final double ZOOM = 2.7 * Track.SCALE; // window units in a metre
    private static final double FIRST_ZOOM = 0.1 * Track.SCALE; // the first second zooms in
    private static final double CAR_HEIGHT = WINDOW_HEIGHT / 4;
    private static final double GRASS = RaceScene.FIELD / 20;
    private static final double TILE_SHADE = 0.01 * 255; // what tiles differ by before they are visited
    private static final double WHEEL_MARK = 1.2; // rad, the white part of a wheel

    private static final int RED = 0xff0000;
    private static final int WHITE = 0xffffff;
    private static final int CAR = 0xcc0000;
    private static final int WHEEL = 0x000000;
    private static final int WHEEL_WHITE = 0x4d4d4d;
    private static final int MUD = 0x666600;

    private final Raster raster;
    private final boolean marks;
    private final RaceBar bar;
    private final double scaleX;
    private final double scaleY;
    private final double[] corners = new double[16];

    // Camera: window = shift + rotation * place, y up.
    private double cos;
    private double sin;
    private double shiftX;
    private double shiftY;

    private @Nullable RaceScene ground; // whose road is prepared
    private double[][] strips = {};
    private int[] stripTile = {}; // or -1 for a kerb
    private int[] stripColor = {};

    /**
     * A picture to draw races on.
     *
     * @param marks whether it shows what the wheels leave behind
     */
    RacePicture(Raster raster, boolean marks) {
        this.raster = raster;
        this.marks = marks;
        this.scaleX = raster.width() / WINDOW_WIDTH;
        this.scaleY = raster.height() / WINDOW_HEIGHT;
        this.bar = new RaceBar(raster, WINDOW_WIDTH, WINDOW_HEIGHT);
    }

    Raster draw(RaceScene scene) {
        if (scene != ground) {
            prepare(scene);
        }
        look(scene);
        raster.clear(0);
        double edge = RaceScene.FIELD;
        quad(-edge, -edge, edge, edge, RaceColors.pack(scene.colors.field(), 0));
        int grass = RaceColors.pack(scene.colors.grass(), 0);
        for (int x = -20; x < 20; x += 2) {
            for (int y = -20; y < 20; y += 2) {
                quad(GRASS * x, GRASS * y, GRASS * (x + 1), GRASS * (y + 1), grass);
            }
        }
        int plain = RaceColors.pack(scene.colors.road(), 0);
        for (int i = 0; i < strips.length; i++) {
            boolean visited = stripTile[i] >= 0 && scene.touched[stripTile[i]];
            fill(strips[i], visited ? plain : stripColor[i]);
        }
        if (marks) {
            scene.car.skids.draw(this::mark);
        }
        car(scene.car);
        bar.draw(scene);
        return raster;
    }

    private void prepare(RaceScene scene) {
        Track track = scene.track;
        int count = track.length;
        for (boolean kerb : track.kerb) {
            count += kerb ? 1 : 0;
        }
        strips = new double[count][];
        stripTile = new int[count];
        stripColor = new int[count];
        int at = 0;
        for (int i = 0; i < track.length; i++) {
            strips[at] = track.strip(i, -Track.WIDTH, Track.WIDTH);
            stripTile[at] = i;
            stripColor[at++] = RaceColors.pack(scene.colors.road(), i % 3 * TILE_SHADE);
            if (track.kerb[i]) {
                double side = Math.signum(track.beta[track.before(i)] - track.beta[i]);
                strips[at] = track.strip(i, side * Track.WIDTH, side * (Track.WIDTH + Track.KERB));
                stripTile[at] = -1;
                stripColor[at++] = i % 2 == 0 ? WHITE : RED;
            }
        }
        ground = scene;
    }

    private void look(RaceScene scene) {
        double angle = -scene.car.hull.getAngle();
        Vector2 position = scene.car.hull.getPosition();
        double zoom = FIRST_ZOOM * Math.max(1 - scene.time, 0) + ZOOM * Math.min(scene.time, 1);
        cos = Trig.cos(angle) * zoom;
        sin = Trig.sin(angle) * zoom;
        shiftX = WINDOW_WIDTH / 2 - (cos * position.x - sin * position.y);
        shiftY = CAR_HEIGHT - (sin * position.x + cos * position.y);
    }

    private void car(RaceCar car) {
        for (int i = 0; i < RaceCar.WHEELS; i++) {
            double w = RaceCar.WHEEL_HALF_WIDTH;
            double h = RaceCar.WHEEL_HALF_LENGTH;
            part(car.wheels[i], WHEEL, -w, h, w, h, w, -h, -w, -h);
            double sin1 = Trig.sin(car.phase[i]);
            double sin2 = Trig.sin(car.phase[i] + WHEEL_MARK);
            if (sin1 > 0 && sin2 > 0) {
                continue; // on the lower side
            }
            double cos1 = Trig.cos(car.phase[i]);
            double cos2 = Trig.cos(car.phase[i] + WHEEL_MARK);
            double from = h * (sin1 > 0 ? Math.signum(cos1) : cos1);
            double to = h * (sin2 > 0 ? Math.signum(cos2) : cos2);
            part(car.wheels[i], WHEEL_WHITE, -w, from, w, from, w, to, -w, to);
        }
        for (double[] shape : RaceCar.HULL) {
            part(car.hull, CAR, shape);
        }
    }

    /** Fills a polygon that is fixed to a body. */
    private void part(Body body, int color, double... shape) {
        Vector2 position = body.getPosition();
        double bodyCos = Trig.cos(body.getAngle()) * RaceCar.SIZE;
        double bodySin = Trig.sin(body.getAngle()) * RaceCar.SIZE;
        for (int i = 0; i < shape.length; i += 2) {
            double x = position.x + bodyCos * shape[i] - bodySin * shape[i + 1];
            double y = position.y + bodySin * shape[i] + bodyCos * shape[i + 1];
            corner(i, x, y);
        }
        raster.fill(corners, shape.length / 2, color);
    }

    private void mark(double x0, double y0, double x1, double y1, boolean grass) {
        double length = Math.sqrt((x1 - x0) * (x1 - x0) + (y1 - y0) * (y1 - y0));
        if (length == 0) {
            return;
        }
        double aside = 1 / ZOOM; // a line of two window units
        double dx = -(y1 - y0) / length * aside;
        double dy = (x1 - x0) / length * aside;
        corner(0, x0 + dx, y0 + dy);
        corner(2, x1 + dx, y1 + dy);
        corner(4, x1 - dx, y1 - dy);
        corner(6, x0 - dx, y0 - dy);
        raster.fill(corners, 4, grass ? MUD : WHEEL);
    }

    private void quad(double x0, double y0, double x1, double y1, int color) {
        corner(0, x0, y0);
        corner(2, x1, y0);
        corner(4, x1, y1);
        corner(6, x0, y1);
        raster.fill(corners, 4, color);
    }

    private void fill(double[] shape, int color) {
        for (int i = 0; i < shape.length; i += 2) {
            corner(i, shape[i], shape[i + 1]);
        }
        raster.fill(corners, shape.length / 2, color);
    }

    private void corner(int at, double x, double y) {
        corners[at] = (shiftX + cos * x - sin * y) * scaleX;
        corners[at + 1] = (WINDOW_HEIGHT - (shiftY + sin * x + cos * y)) * scaleY;
    }
}
