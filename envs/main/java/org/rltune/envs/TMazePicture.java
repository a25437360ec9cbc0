package org.rltune.envs;

import org.rltune.env.render.Canvas;
import org.rltune.envs.Figures.Facing;

/** The picture of the T-maze: tiles of at most 56 pixels, the whole at most 1120 pixels wide. */
final class TMazePicture {
    private static final int TILE = 56;
    private static final int LARGEST = 1120;
    private static final int LEAST = 8;
    private static final int HEDGE = 0x3f6f4a;
    private static final int LEAF = 0x4f8459;
    private static final int[] PAVING = {0xe6dcc6, 0xddd1b8};
    private static final int JOINT = 0xc4b697;
    private static final int POST = 0x7a5230;
    private static final int BOARD = 0xb98552;
    private static final Facing[] FACING = {Facing.UP, Facing.RIGHT, Facing.DOWN, Facing.LEFT};

    private TMazePicture() {}

    /** The maze with the walker at this place of the corridor, or in an arm (1 up, -1 down), who took this action last. */
    static Canvas draw(int length, int place, boolean up, int arm, int lastAction) {
        int columns = length + 1;
        int tile = Math.max(LEAST, Math.min(TILE, LARGEST / columns));
        Canvas canvas = new Canvas(tile * columns, tile * 3, HEDGE).world(0, 0, columns, 3);
        for (int column = 0; column < columns; column++) {
            hedge(canvas, column, 0);
            hedge(canvas, column, 2);
        }
        for (int column = 0; column < columns; column++) {
            paving(canvas, column, 1);
        }
        paving(canvas, length, 0);
        paving(canvas, length, 2);
        canvas.at(length, up ? 2 : 0, 0, Figures::parcel);
        canvas.at(0, 1, 0, here -> sign(here, up));
        return canvas.at(
                place, 1 + arm, 0, here -> Figures.elf(here, lastAction < 0 ? Facing.RIGHT : FACING[lastAction]));
    }

    private static void hedge(Canvas canvas, int column, int row) {
        canvas.at(
                column,
                row,
                0,
                place -> place.color(LEAF)
                        .fillCircle(0.28, 0.3, 0.18)
                        .fillCircle(0.7, 0.36, 0.2)
                        .fillCircle(0.45, 0.74, 0.2));
    }

    private static void paving(Canvas canvas, int column, int row) {
        canvas.at(
                column,
                row,
                0,
                place -> place.color(PAVING[(column + row) % 2])
                        .fillRect(0, 0, 1, 1)
                        .color(JOINT)
                        .rect(1, 0, 0, 1, 1));
    }

    /** A board on a post, with an arrow to the side where the parcel lies. */
    private static void sign(Canvas canvas, boolean up) {
        double tip = up ? 0.96 : 0.58;
        double tail = up ? 0.64 : 0.9;
        double wing = up ? 0.82 : 0.72;
        canvas.color(POST)
                .fillRect(0.1, 0.1, 0.16, 0.6)
                .color(BOARD)
                .fillRect(0.01, 0.54, 0.26, 1)
                .color(0xb3262b)
                .fillRect(0.11, Math.min(tail, wing), 0.16, Math.max(tail, wing))
                .fillPolygon(0.04, wing, 0.23, wing, 0.135, tip);
    }
}
