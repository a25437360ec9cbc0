package org.rltune.experiments.selfplay;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.rltune.envs.board.PerfectTicTacToe;
import org.rltune.envs.board.TicTacToe;
import org.rltune.envs.board.TicTacToeBoard;
import org.rltune.policy.Policy;

/**
 * How a player fares against another one, each of which draws among moves that it thinks best: not estimated from games,
 * but added up over all of them.
 *
 * @param win probability of a win of the first player given
 * @param draw probability of a draw
 * @param loss probability of a loss
 */
public record Odds(double win, double draw, double loss) {
    /** A player: the squares among which it draws, each as likely as the others. */
    public interface Player {
        /** Lists the squares, at least one; the game is not over. */
        List<Integer> moves(TicTacToeBoard board);
    }

    /** Takes any free square. */
    public static final Player RANDOM = board -> IntStream.range(0, TicTacToeBoard.SQUARES)
            .filter(board::free)
            .boxed()
            .toList();

    /** Takes any move that keeps the best outcome that can be forced. */
    public static Player perfect() {
        return new PerfectTicTacToe()::bestMoves;
    }

    /** Takes the move that a policy thinks most probable. */
    public static Player of(Policy policy) {
        return board -> List.of((Integer) policy.act(TicTacToe.observation(board, board.turn())));
    }

    /**
     * Adds up all games.
     *
     * @param side 0 if the player has X and begins, else 1
     */
    public static Odds of(Player player, int side, Player opponent) {
        return of(player, side, opponent, TicTacToeBoard.EMPTY, new HashMap<>());
    }

    private static Odds of(
            Player player, int side, Player opponent, TicTacToeBoard board, Map<TicTacToeBoard, Odds> known) {
        if (board.over()) {
            return new Odds(
                    board.won(side) ? 1 : 0,
                    board.won(side) || board.won(1 - side) ? 0 : 1,
                    board.won(1 - side) ? 1 : 0);
        }
        Odds before = known.get(board);
        if (before != null) {
            return before;
        }
        List<Integer> moves = (board.turn() == side ? player : opponent).moves(board);
        double win = 0;
        double draw = 0;
        double loss = 0;
        for (int square : moves) {
            Odds after = of(player, side, opponent, board.move(square), known);
            win += after.win / moves.size();
            draw += after.draw / moves.size();
            loss += after.loss / moves.size();
        }
        Odds odds = new Odds(win, draw, loss);
        known.put(board, odds);
        return odds;
    }
}
