package org.rltune.envs.board;

import org.rltune.env.render.Canvas;

/** The picture of a position of tic-tac-toe. */
final class TicTacToePicture {
    private static final int SIZE = 240;
    private static final double SQUARE = 72;
    private static final double MARGIN = 12;
    private static final double REACH = 22; // from the middle of a square to the end of a sign
    private static final double PEN = 7;
    private static final int PAPER = 0xfbfaf5;
    private static final int GRID = 0x8a8f98;
    private static final int CROSS = 0x1f5fa8;
    private static final int NOUGHT = 0xc2512b;

    private TicTacToePicture() {}

    static Canvas draw(TicTacToeBoard board) {
        Canvas canvas = new Canvas(SIZE, SIZE, PAPER).color(GRID);
        for (int i = 1; i < 3; i++) {
            double at = MARGIN + i * SQUARE;
            canvas.line(3, at, MARGIN, at, SIZE - MARGIN).line(3, MARGIN, at, SIZE - MARGIN, at);
        }
        for (int square = 0; square < TicTacToeBoard.SQUARES; square++) {
            double x = MARGIN + (square % 3 + 0.5) * SQUARE;
            double y = SIZE - MARGIN - (square / 3 + 0.5) * SQUARE; // canvases count upwards, rows downwards
            if (board.has(0, square)) {
                canvas.color(CROSS)
                        .line(PEN, x - REACH, y - REACH, x + REACH, y + REACH)
                        .line(PEN, x - REACH, y + REACH, x + REACH, y - REACH);
            } else if (board.has(1, square)) {
                canvas.color(NOUGHT).circle(PEN, x, y, REACH);
            }
        }
        return canvas;
    }
}
