package org.rltune.envs;

import org.rltune.env.render.Canvas;

/** The picture of the taxi's town: 11 by 7 tiles of 50 pixels, every other column of tiles for the walls. */
final class TaxiPicture {
    private static final int TILE = 50;
    private static final int COLUMNS = 2 * TaxiTown.SIZE + 1;
    private static final int ROWS = TaxiTown.SIZE + 2;
    private static final int ROAD = 0x8f9499;
    private static final int LINE = 0xc9cdd0;
    private static final int HEDGE = 0x4f8a43;
    private static final int DARK_HEDGE = 0x3a6b31;
    private static final int[] STAND_COLOR = {0xe23b36, 0x35c04a, 0xf0d43a, 0x3b62e2};
    private static final String[] STAND_NAME = {"R", "G", "Y", "B"};
    private static final double[] HEADING = {-Math.PI / 2, Math.PI / 2, 0, Math.PI};

    private TaxiPicture() {}

    static Canvas draw(int state, int heading) {
        Canvas canvas = new Canvas(TILE * COLUMNS, TILE * ROWS, ROAD).world(0, 0, COLUMNS, ROWS);
        drawRoads(canvas);
        for (int stand = 0; stand < TaxiTown.STANDS; stand++) {
            drawStand(canvas, stand);
        }
        drawHedges(canvas);
        int passenger = TaxiTown.passenger(state);
        if (passenger < TaxiTown.STANDS) {
            canvas.at(x(TaxiTown.STAND_COLUMN[passenger]), y(TaxiTown.STAND_ROW[passenger]), 0, Figures::passenger);
        }
        int destination = TaxiTown.destination(state);
        boolean behind = TaxiTown.STAND_ROW[destination] <= TaxiTown.row(state);
        if (behind) {
            drawHotel(canvas, destination);
        }
        boolean riding = passenger == TaxiTown.RIDING;
        canvas.at(
                x(TaxiTown.column(state)) + 0.5,
                y(TaxiTown.row(state)) + 0.5,
                HEADING[heading],
                car -> drawTaxi(car, riding));
        if (!behind) {
            drawHotel(canvas, destination);
        }
        return canvas;
    }

    private static double x(int column) {
        return 2.0 * column + 1;
    }

    private static double y(int row) {
        return ROWS - 2.0 - row;
    }

    private static void drawRoads(Canvas canvas) {
        canvas.color(LINE);
        for (int row = 0; row < TaxiTown.SIZE; row++) {
            for (int column = 0; column + 1 < TaxiTown.SIZE; column++) {
                if (TaxiTown.openToEast(row, column)) {
                    canvas.line(2, x(column) + 1.2, y(row) + 0.5, x(column) + 1.8, y(row) + 0.5);
                }
            }
        }
        for (int row = 0; row + 1 < TaxiTown.SIZE; row++) {
            for (int column = 0; column < TaxiTown.SIZE; column++) {
                canvas.line(2, x(column) + 0.5, y(row) - 0.15, x(column) + 0.5, y(row) + 0.15);
            }
        }
    }

    private static void drawStand(Canvas canvas, int stand) {
        canvas.at(
                x(TaxiTown.STAND_COLUMN[stand]),
                y(TaxiTown.STAND_ROW[stand]),
                0,
                place -> place.color(STAND_COLOR[stand], 0.6)
                        .fillRect(0.02, 0.02, 0.98, 0.98)
                        .color(0xffffff, 0.75)
                        .text(STAND_NAME[stand], 2, 0.24, 0.08, 0.08));
    }

    private static void drawHedges(Canvas canvas) {
        hedge(canvas, 0, 0, COLUMNS, 1);
        hedge(canvas, 0, ROWS - 1, COLUMNS, ROWS);
        hedge(canvas, 0, 0, 1, ROWS);
        hedge(canvas, COLUMNS - 1, 0, COLUMNS, ROWS);
        for (int row = 0; row < TaxiTown.SIZE; row++) {
            for (int column = 0; column + 1 < TaxiTown.SIZE; column++) {
                if (!TaxiTown.openToEast(row, column)) {
                    hedge(canvas, x(column) + 1.2, y(row), x(column) + 1.8, y(row) + 1);
                }
            }
        }
    }

    private static void hedge(Canvas canvas, double left, double bottom, double right, double top) {
        double step = 0.25;
        canvas.color(HEDGE).fillRect(left, bottom, right, top).color(DARK_HEDGE);
        for (int i = 0; left + (i + 0.5) * step < right; i++) {
            for (int j = 0; bottom + (j + 0.5) * step < top; j++) {
                if ((i + j) % 2 == 0) {
                    canvas.fillCircle(left + (i + 0.5) * step, bottom + (j + 0.5) * step, 0.06);
                }
            }
        }
    }

    /** A house half a tile above its stand, so that what stands there is seen. */
    private static void drawHotel(Canvas canvas, int stand) {
        canvas.at(x(TaxiTown.STAND_COLUMN[stand]), y(TaxiTown.STAND_ROW[stand]) + 0.5, 0, place -> {
            place.color(0xb9603e, 0.8)
                    .fillRect(0.14, 0.04, 0.86, 0.8)
                    .color(0x8c4227, 0.85)
                    .fillPolygon(0.08, 0.8, 0.92, 0.8, 0.8, 0.97, 0.2, 0.97)
                    .color(0xffe9a8, 0.9);
            for (int floor = 0; floor < 2; floor++) {
                for (int window = 0; window < 3; window++) {
                    double left = 0.21 + 0.22 * window;
                    double bottom = 0.36 + 0.22 * floor;
                    place.fillRect(left, bottom, left + 0.14, bottom + 0.14);
                }
            }
            place.color(0x4a2a1a, 0.9).fillRect(0.42, 0.04, 0.58, 0.26);
        });
    }

    /** Seen from above, with (0, 0) in its middle, heading to the right; the sign is lit while it is free. */
    private static void drawTaxi(Canvas canvas, boolean riding) {
        canvas.color(0x222222)
                .fillRect(-0.32, -0.29, -0.14, 0.29)
                .fillRect(0.14, -0.29, 0.32, 0.29)
                .color(0xf5c518)
                .fillPolygon(
                        -0.44, -0.2, -0.38, -0.25, 0.36, -0.25, 0.45, -0.17, 0.45, 0.17, 0.36, 0.25, -0.38, 0.25, -0.44,
                        0.2)
                .color(0x2e4a63)
                .fillPolygon(0.1, -0.2, 0.24, -0.16, 0.24, 0.16, 0.1, 0.2)
                .fillPolygon(-0.3, -0.15, -0.22, -0.2, -0.22, 0.2, -0.3, 0.15)
                .color(0xe0ad0c)
                .fillRect(-0.2, -0.19, 0.08, 0.19)
                .color(0x222222);
        for (int i = 0; i < 5; i++) {
            canvas.fillRect(-0.36 + 0.14 * i, 0.21, -0.29 + 0.14 * i, 0.25)
                    .fillRect(-0.36 + 0.14 * i, -0.25, -0.29 + 0.14 * i, -0.21);
        }
        canvas.color(riding ? 0x777777 : 0xfff7c9)
                .fillRect(-0.1, -0.08, -0.02, 0.08)
                .color(0xffffdd)
                .fillCircle(0.43, 0.14, 0.035)
                .fillCircle(0.43, -0.14, 0.035)
                .color(0xc03030)
                .fillCircle(-0.43, 0.16, 0.03)
                .fillCircle(-0.43, -0.16, 0.03);
        if (riding) {
            canvas.color(0x5b3f8f).fillCircle(-0.12, 0, 0.1).color(0xf2c9a0).fillCircle(-0.1, 0, 0.065);
        }
    }
}
