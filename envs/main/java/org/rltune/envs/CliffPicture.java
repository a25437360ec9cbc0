package org.rltune.envs;

import org.rltune.env.render.Canvas;
import org.rltune.envs.Figures.Facing;

/** The picture of the walk along the cliff: 12 by 4 tiles of 60 pixels. */
final class CliffPicture {
    private static final int TILE = 60;
    private static final int[] GRASS = {0xa7c97a, 0x9cc06d};
    private static final int TUFT = 0x7fa653;
    private static final int ROCK = 0x8b7d6f;
    private static final int LIGHT_ROCK = 0xa89a8b;
    private static final int DARK_ROCK = 0x5c5148;
    private static final int ABYSS = 0x352e2a;
    private static final Facing[] FACING = {Facing.UP, Facing.RIGHT, Facing.DOWN, Facing.LEFT};

    private CliffPicture() {}

    /** The cliff with the walker at this place, who took this action last, or none (-1). */
    static Canvas draw(int walkerRow, int walkerColumn, int lastAction) {
        int rows = CliffWalking.ROWS;
        int columns = CliffWalking.COLUMNS;
        Canvas canvas = new Canvas(TILE * columns, TILE * rows, GRASS[0]).world(0, 0, columns, rows);
        for (int row = 0; row < rows; row++) {
            for (int column = 0; column < columns; column++) {
                int shade = GRASS[(row + column) % 2];
                boolean cliff = CliffWalking.cliff(row, column);
                boolean edge = row < rows - 1 && CliffWalking.cliff(row + 1, column);
                boolean start = row == rows - 1 && column == 0;
                boolean goal = row == rows - 1 && column == columns - 1;
                canvas.at(column, rows - 1 - row, 0, place -> {
                    if (cliff) {
                        abyss(place);
                        return;
                    }
                    grass(place, shade);
                    if (edge) {
                        brink(place);
                    } else if (start) {
                        Figures.stool(place);
                    } else if (goal) {
                        Figures.biscuit(place);
                    }
                });
            }
        }
        return canvas.at(
                walkerColumn,
                rows - 1 - walkerRow + 0.1,
                0,
                place -> Figures.elf(place, lastAction < 0 ? Facing.DOWN : FACING[lastAction]));
    }

    private static void grass(Canvas canvas, int shade) {
        canvas.color(shade)
                .fillRect(0, 0, 1, 1)
                .color(TUFT)
                .polyline(1.5, 0.2, 0.68, 0.24, 0.78, 0.27, 0.68, 0.31, 0.76)
                .polyline(1.5, 0.68, 0.4, 0.72, 0.5, 0.75, 0.4, 0.8, 0.48);
    }

    /** The ground breaks off at the lower edge of the tile. */
    private static void brink(Canvas canvas) {
        canvas.color(LIGHT_ROCK)
                .fillPolygon(0, 0, 1, 0, 1, 0.16, 0.84, 0.22, 0.66, 0.15, 0.45, 0.23, 0.22, 0.16, 0, 0.2)
                .color(ROCK)
                .fillPolygon(0, 0, 1, 0, 1, 0.09, 0.8, 0.12, 0.55, 0.07, 0.3, 0.13, 0, 0.1);
    }

    private static void abyss(Canvas canvas) {
        canvas.color(ABYSS)
                .fillRect(0, 0, 1, 1)
                .color(ROCK)
                .fillPolygon(0, 1, 1, 1, 1, 0.62, 0.88, 0.5, 0.74, 0.66, 0.6, 0.48, 0.42, 0.64, 0.26, 0.46, 0, 0.62)
                .color(DARK_ROCK)
                .fillPolygon(0, 0.62, 0.26, 0.46, 0.3, 0.24, 0.14, 0.12, 0, 0.3)
                .fillPolygon(0.42, 0.64, 0.6, 0.48, 0.56, 0.18, 0.44, 0.3)
                .fillPolygon(0.74, 0.66, 0.88, 0.5, 1, 0.62, 1, 0.3, 0.86, 0.16)
                .color(LIGHT_ROCK)
                .polyline(1.5, 0.18, 0.9, 0.22, 0.74, 0.3, 0.68)
                .polyline(1.5, 0.62, 0.94, 0.66, 0.8);
    }
}
