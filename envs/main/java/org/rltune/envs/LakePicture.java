package org.rltune.envs;

import org.rltune.env.render.Canvas;
import org.rltune.envs.Figures.Facing;

/** The picture of the frozen lake: tiles of at most 64 pixels, the whole at most 512 pixels wide and high. */
final class LakePicture {
    private static final int TILE = 64;
    private static final int LARGEST = 512;
    private static final int ICE = 0xdcebf6;
    private static final int GLINT = 0xf4fafe;
    private static final int EDGE = 0xb4c8e6;
    private static final int RIM = 0xa9c6dd;
    private static final int WATER = 0x3d74a6;
    private static final int DEEP = 0x27547f;
    private static final double[] RIM_XY = {
        0.1, 0.48, 0.2, 0.22, 0.44, 0.1, 0.74, 0.16, 0.9, 0.42, 0.84, 0.74, 0.6, 0.9, 0.28, 0.84
    };
    private static final Facing[] FACING = {Facing.LEFT, Facing.DOWN, Facing.RIGHT, Facing.UP};

    private LakePicture() {}

    /** The lake with the elf at this place, who took this action last, or none (-1). */
    static Canvas draw(FrozenLakeMap map, int elfRow, int elfColumn, int lastAction) {
        int rows = map.height();
        int columns = map.width();
        Canvas canvas = new Canvas(
                        Math.max(Math.min(TILE * columns, LARGEST), columns),
                        Math.max(Math.min(TILE * rows, LARGEST), rows),
                        ICE)
                .world(0, 0, columns, rows);
        for (int row = 0; row < rows; row++) {
            for (int column = 0; column < columns; column++) {
                char tile = map.tile(row, column);
                boolean elf = row == elfRow && column == elfColumn;
                canvas.at(column, rows - 1 - row, 0, place -> {
                    ice(place);
                    if (tile == 'H') {
                        hole(place, elf);
                    } else if (tile == 'G') {
                        Figures.parcel(place);
                    } else if (tile == 'S' && !elf) {
                        Figures.stool(place);
                    }
                    place.color(EDGE).rect(1, 0, 0, 1, 1);
                    if (elf && tile != 'H') {
                        Figures.elf(place, lastAction < 0 ? Facing.DOWN : FACING[lastAction]);
                    }
                });
            }
        }
        return canvas;
    }

    private static void ice(Canvas canvas) {
        canvas.color(GLINT)
                .fillPolygon(0.08, 0.6, 0.4, 0.92, 0.52, 0.92, 0.08, 0.48)
                .fillPolygon(0.5, 0.1, 0.92, 0.52, 0.92, 0.46, 0.56, 0.1);
    }

    private static void hole(Canvas canvas, boolean broken) {
        canvas.color(RIM)
                .fillPolygon(RIM_XY)
                .color(WATER)
                .fillPolygon(shrunk(0.86))
                .color(DEEP)
                .fillPolygon(shrunk(0.6));
        if (!broken) {
            return;
        }
        canvas.color(RIM)
                .polyline(2, 0.2, 0.22, 0.06, 0.1, 0.02, 0.14)
                .polyline(2, 0.84, 0.74, 0.95, 0.82, 0.92, 0.95)
                .polyline(2, 0.28, 0.84, 0.16, 0.96)
                .polyline(2, 0.74, 0.16, 0.86, 0.05)
                .color(GLINT)
                .circle(2, 0.5, 0.45, 0.12)
                .circle(1.5, 0.5, 0.45, 0.22)
                .color(0xc8342f) // only the hat swims
                .fillPolygon(0.38, 0.46, 0.62, 0.42, 0.58, 0.68)
                .color(0xffffff)
                .fillPolygon(0.36, 0.48, 0.63, 0.43, 0.62, 0.38, 0.35, 0.43)
                .fillCircle(0.58, 0.68, 0.04);
    }

    private static double[] shrunk(double factor) {
        double[] xy = RIM_XY.clone();
        for (int i = 0; i < xy.length; i++) {
            xy[i] = 0.5 + (xy[i] - 0.5) * factor;
        }
        return xy;
    }
}
