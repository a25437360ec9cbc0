package org.rltune.envs.board;

import org.rltune.check.Check;

/**
 * A position of tic-tac-toe. Squares are numbered row by row from 0, top left, to 8. Immutable.
 *
 * @param crosses squares of player 0 (X), one bit each; X moves first
 * @param noughts squares of player 1 (O)
 */
public record TicTacToeBoard(int crosses, int noughts) {
    /** How many squares there are. */
    public static final int SQUARES = 9;

    /** Before the first move. */
    public static final TicTacToeBoard EMPTY = new TicTacToeBoard(0, 0);

    private static final int FULL = (1 << SQUARES) - 1;
    private static final int[] LINES = {
        0b111, 0b111000, 0b111000000, 0b1001001, 0b10010010, 0b100100100, 0b100010001, 0b1010100
    };

    /** Whose turn it is: 0 (X) or 1 (O). */
    public int turn() {
        return Integer.bitCount(crosses) - Integer.bitCount(noughts);
    }

    /** Whether nobody stands on a square. */
    public boolean free(int square) {
        return ((crosses | noughts) >> square & 1) == 0;
    }

    /** Whether this player stands on a square. */
    public boolean has(int player, int square) {
        return ((player == 0 ? crosses : noughts) >> square & 1) != 0;
    }

    /**
     * The position after the one whose turn it is has taken a square.
     *
     * @throws IllegalArgumentException if the square is taken, or the game is over
     */
    public TicTacToeBoard move(int square) {
        Check.inClosed("square", square, 0, SQUARES - 1);
        if (over() || !free(square)) {
            throw new IllegalArgumentException("TicTacToe: square " + square + " cannot be taken, because "
                    + (over() ? "the game is over" : "somebody stands on it")
                    + ". Take a square that action_mask allows.");
        }
        int bit = 1 << square;
        return turn() == 0 ? new TicTacToeBoard(crosses | bit, noughts) : new TicTacToeBoard(crosses, noughts | bit);
    }

    /** Whether this player has three in a line. */
    public boolean won(int player) {
        int own = player == 0 ? crosses : noughts;
        for (int line : LINES) {
            if ((own & line) == line) {
                return true;
            }
        }
        return false;
    }

    /** Whether somebody has won or no square is free. */
    public boolean over() {
        return won(0) || won(1) || (crosses | noughts) == FULL;
    }

    /** Three lines of text: X, O, and a point for a free square. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        for (int square = 0; square < SQUARES; square++) {
            text.append(has(0, square) ? 'X' : has(1, square) ? 'O' : '.').append(square % 3 == 2 ? "\n" : " ");
        }
        return text.toString();
    }
}
