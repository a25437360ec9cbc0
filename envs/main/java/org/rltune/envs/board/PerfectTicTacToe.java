package org.rltune.envs.board;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.rltune.random.Pcg64;

/** A player that cannot be beaten: every move keeps the best outcome that can be forced, found by minimax. One thread at a time. */
public final class PerfectTicTacToe {
    private final Map<TicTacToeBoard, Integer> values = new HashMap<>();

    /** Knows nothing yet; what it works out is kept. */
    public PerfectTicTacToe() {}

    /**
     * What the one whose turn it is can force: 1 a win, 0 a draw, -1 nothing better than a loss. Where the game is over, 0 or
     * -1: the other one has just moved.
     */
    public int value(TicTacToeBoard board) {
        Integer known = values.get(board);
        if (known != null) {
            return known;
        }
        int value;
        if (board.over()) {
            value = board.won(1 - board.turn()) ? -1 : 0;
        } else {
            value = -1;
            for (int square = 0; square < TicTacToeBoard.SQUARES; square++) {
                if (board.free(square)) {
                    value = Math.max(value, -value(board.move(square)));
                }
            }
        }
        values.put(board, value);
        return value;
    }

    /** All squares that keep the value, in ascending order. */
    public List<Integer> bestMoves(TicTacToeBoard board) {
        List<Integer> best = new ArrayList<>();
        for (int square = 0; square < TicTacToeBoard.SQUARES; square++) {
            if (board.free(square) && -value(board.move(square)) == value(board)) {
                best.add(square);
            }
        }
        return best;
    }

    /** One of the best moves, each as likely as the others. */
    public int move(TicTacToeBoard board, Pcg64 random) {
        List<Integer> best = bestMoves(board);
        return best.get(random.nextInt(best.size()));
    }
}
