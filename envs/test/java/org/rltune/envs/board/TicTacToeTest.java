package org.rltune.envs.board;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.rltune.env.EnvReport;
import org.rltune.env.MultiAgentEnv;
import org.rltune.env.MultiAgentEnvChecker;
import org.rltune.env.MultiAgentEnvs;
import org.rltune.env.MultiAgentStep;
import org.rltune.env.ResetNeededException;
import org.rltune.random.Pcg64;

final class TicTacToeTest {
    private final PerfectTicTacToe perfect = new PerfectTicTacToe();

    /** Known counts of the game: 255,168 ways to play it, and 5,478 positions. */
    @Test
    void hasAsManyGamesAndPositionsAsTheGame() {
        int[] outcomes = new int[3];
        Set<TicTacToeBoard> positions = new HashSet<>();
        play(TicTacToeBoard.EMPTY, outcomes, positions);
        assertThat(outcomes).containsExactly(131_184, 77_904, 46_080);
        assertThat(positions).hasSize(5478);
    }

    private static void play(TicTacToeBoard board, int[] outcomes, Set<TicTacToeBoard> positions) {
        positions.add(board);
        if (board.over()) {
            outcomes[board.won(0) ? 0 : board.won(1) ? 1 : 2]++;
            return;
        }
        for (int square = 0; square < 9; square++) {
            if (board.free(square)) {
                play(board.move(square), outcomes, positions);
            }
        }
    }

    /** Against every possible play of the other side, from both sides. */
    @Test
    void thePerfectPlayerNeverLoses() {
        assertThat(perfect.value(TicTacToeBoard.EMPTY)).isZero();
        for (int side = 0; side < 2; side++) {
            neverLoses(TicTacToeBoard.EMPTY, side);
        }
        // A fork: X in two opposite corners, O in the third; X takes the fourth.
        TicTacToeBoard fork = TicTacToeBoard.EMPTY.move(0).move(2).move(8).move(4);
        assertThat(perfect.bestMoves(fork)).isNotEmpty();
        TicTacToeBoard winning = TicTacToeBoard.EMPTY.move(0).move(3).move(1).move(4);
        assertThat(perfect.bestMoves(winning)).containsExactly(2);
        assertThat(perfect.move(winning, new Pcg64(1))).isEqualTo(2);
    }

    private void neverLoses(TicTacToeBoard board, int side) {
        if (board.over()) {
            assertThat(board.won(1 - side)).as(board.toString()).isFalse();
            return;
        }
        if (board.turn() == side) {
            perfect.bestMoves(board).forEach(square -> neverLoses(board.move(square), side));
            return;
        }
        for (int square = 0; square < 9; square++) {
            if (board.free(square)) {
                neverLoses(board.move(square), side);
            }
        }
    }

    @Test
    void theCheckerFindsNothing() {
        EnvReport report = MultiAgentEnvChecker.check("TicTacToe-v0");
        assertThat(report.findings()).as(report.toString()).isEmpty();
    }

    @Test
    @SuppressWarnings("unchecked") // the observation is a map
    void tellsEachPlayerItsOwnSideInItsTurn() {
        try (MultiAgentEnv env = MultiAgentEnvs.make("TicTacToe-v0")) {
            assertThatThrownBy(env::renderText).isInstanceOf(ResetNeededException.class);
            assertThat(env.reset(0).observations()).containsOnlyKeys("player_1");
            MultiAgentStep step = env.step(Map.of("player_1", 4));
            Map<String, Object> seen = (Map<String, Object>) step.observations().get("player_2");
            float[] squares = new float[18];
            squares[9 + 4] = 1;
            assertThat((float[]) seen.get("observation")).isEqualTo(squares);
            assertThat((byte[]) seen.get("action_mask")).isEqualTo(new byte[] {1, 1, 1, 1, 0, 1, 1, 1, 1});
            assertThat(step.rewards()).isEmpty();
            assertThat(env.renderText()).isEqualTo(". . .\n. X .\n. . .\n");
            assertThatThrownBy(() -> env.step(Map.of("player_2", 4))).hasMessageContaining("square 4 cannot be taken");
            assertThatThrownBy(() -> env.step(Map.of("player_1", 0)))
                    .hasMessageContaining("it is the turn of player_2");
            assertThat(env.renderFrame().getWidth()).isEqualTo(240);
        }
    }

    @Test
    void theWinnerGetsOneAndTheLoserMinusOneAndADrawNothing() {
        try (MultiAgentEnv env = MultiAgentEnvs.make("TicTacToe-v0")) {
            MultiAgentStep won = play(env, List.of(0, 3, 1, 4, 2));
            assertThat(won.rewards()).containsOnly(Map.entry("player_1", 1.0), Map.entry("player_2", -1.0));
            assertThat(won.terminated()).containsExactly(MultiAgentEnv.ALL);
            MultiAgentStep lost = play(env, List.of(0, 3, 1, 4, 8, 5));
            assertThat(lost.rewards()).containsOnly(Map.entry("player_2", 1.0), Map.entry("player_1", -1.0));
            MultiAgentStep drawn = play(env, List.of(0, 4, 8, 1, 7, 6, 2, 5, 3));
            assertThat(drawn.rewards()).isEmpty();
            assertThat(drawn.terminated()).containsExactly(MultiAgentEnv.ALL);
            assertThatThrownBy(() -> env.step(Map.of("player_2", 0))).hasMessageContaining("no game is under way");
        }
    }

    private static MultiAgentStep play(MultiAgentEnv env, List<Integer> squares) {
        env.reset(1);
        MultiAgentStep last = null;
        for (int i = 0; i < squares.size(); i++) {
            last = env.step(Map.of("player_" + (1 + i % 2), squares.get(i)));
        }
        return java.util.Objects.requireNonNull(last);
    }
}
