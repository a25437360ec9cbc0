package org.rltune.envs.board;

import java.awt.image.BufferedImage;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.rltune.env.MultiAgentReset;
import org.rltune.env.MultiAgentStep;
import org.rltune.env.RenderMode;
import org.rltune.env.ResetNeededException;
import org.rltune.env.SeededMultiAgentEnv;
import org.rltune.space.Box;
import org.rltune.space.Dict;
import org.rltune.space.Discrete;
import org.rltune.space.MultiBinary;
import org.rltune.space.Space;

/**
 * TicTacToe-v0: two players take squares in turns, and three in a line win. Spaces, rewards, start and end:
 * {@code docs/envs/tic_tac_toe.md}.
 */
public final class TicTacToe extends SeededMultiAgentEnv {
    /** The players; the first one has X and begins. */
    public static final List<String> PLAYERS = List.of("player_1", "player_2");

    /** The key of the part of an observation that shows the squares. */
    public static final String OBSERVATION = "observation";

    /** The key of the part of an observation that says which squares are free. */
    public static final String ACTION_MASK = "action_mask";

    private static final int SQUARES = TicTacToeBoard.SQUARES;
    private static final Dict OBSERVATIONS =
            Dict.of(OBSERVATION, Box.of(0f, 1f, 2 * SQUARES), ACTION_MASK, MultiBinary.of(SQUARES));
    private static final Discrete ACTIONS = Discrete.of(SQUARES);

    private TicTacToeBoard board = TicTacToeBoard.EMPTY;
    private boolean begun;

    /** A game. */
    public TicTacToe() {}

    @Override
    public List<String> possibleAgents() {
        return PLAYERS;
    }

    @Override
    public Space<?> observationSpace(String agent) {
        return OBSERVATIONS;
    }

    @Override
    public Space<?> actionSpace(String agent) {
        return ACTIONS;
    }

    @Override
    protected MultiAgentReset start(Map<String, Object> options) {
        if (!options.isEmpty()) {
            throw new IllegalArgumentException("TicTacToe has no reset options, but was given " + options.keySet());
        }
        board = TicTacToeBoard.EMPTY;
        begun = true;
        return new MultiAgentReset(Map.of(PLAYERS.get(0), observation(board, 0)));
    }

    /** What a player sees of a position: 9 flags for the own squares, 9 for those of the other, and which squares are free. */
    public static Map<String, Object> observation(TicTacToeBoard board, int player) {
        float[] squares = new float[2 * SQUARES];
        byte[] mask = new byte[SQUARES];
        for (int square = 0; square < SQUARES; square++) {
            squares[square] = board.has(player, square) ? 1 : 0;
            squares[SQUARES + square] = board.has(1 - player, square) ? 1 : 0;
            mask[square] = (byte) (board.free(square) ? 1 : 0);
        }
        Map<String, Object> parts = new LinkedHashMap<>();
        parts.put(OBSERVATION, squares);
        parts.put(ACTION_MASK, mask);
        return parts;
    }

    @Override
    public MultiAgentStep step(Map<String, Object> actions) {
        int player = board.turn();
        String name = PLAYERS.get(player);
        if (!begun || board.over() || !(actions.get(name) instanceof Integer square)) {
            throw new IllegalArgumentException("TicTacToe: "
                    + (!begun || board.over() ? "no game is under way" : "it is the turn of " + name)
                    + ", but the actions are " + actions + ". Reset first, and give an action for whoever has an"
                    + " observation.");
        }
        board = board.move(square);
        String other = PLAYERS.get(1 - player);
        if (board.won(player)) {
            return new MultiAgentStep(Map.of(), Map.of(name, 1.0, other, -1.0), Set.of(ALL), Set.of());
        }
        if (board.over()) {
            return new MultiAgentStep(Map.of(), Map.of(), Set.of(ALL), Set.of());
        }
        return new MultiAgentStep(Map.of(other, observation(board, 1 - player)), Map.of());
    }

    @Override
    public Optional<Object> observe(String agent) {
        return Optional.of(observation(board, PLAYERS.indexOf(agent)));
    }

    /** The present position. */
    public TicTacToeBoard board() {
        return board;
    }

    @Override
    public Set<RenderMode> renderModes() {
        return Set.of(RenderMode.RGB_ARRAY, RenderMode.ANSI);
    }

    @Override
    public int renderFps() {
        return 2;
    }

    @Override
    public BufferedImage renderFrame() {
        requireBegun();
        return TicTacToePicture.draw(board).toImage();
    }

    @Override
    public String renderText() {
        requireBegun();
        return board.toString();
    }

    private void requireBegun() {
        if (!begun) {
            throw new ResetNeededException("TicTacToe: nothing to show before the first reset. Call reset(seed)");
        }
    }
}
