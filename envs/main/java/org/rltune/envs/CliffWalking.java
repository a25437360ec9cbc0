package org.rltune.envs;

import java.util.ArrayList;
import java.util.List;
import org.rltune.env.render.Canvas;

/**
 * CliffWalking-v1 and CliffWalkingSlippery-v1: walk along a cliff from start to goal without falling.
 *
 * <p>Example 6.6 of Sutton and Barto, "Reinforcement Learning: An Introduction". Actions: 0 up, 1 right, 2 down, 3 left.
 * The observation is {@code row * 12 + column}. Episodes are those of Gymnasium 1.3. Spaces, rewards, start, end and
 * arguments: {@code docs/envs/cliff_walking.md}.
 */
public final class CliffWalking extends TabularEnv {
    static final int ROWS = 4;
    static final int COLUMNS = 12;

    private static final int START = (ROWS - 1) * COLUMNS;
    private static final int GOAL = ROWS * COLUMNS - 1;
    private static final double FALL_REWARD = -100;
    private static final List<String> ACTIONS = List.of("Up", "Right", "Down", "Left");
    private static final int[] ROW_STEP = {-1, 0, 1, 0};
    private static final int[] COLUMN_STEP = {0, 1, 0, -1};

    /** A walk on firm ground. */
    public CliffWalking() {
        this(false);
    }

    /** A walk; on slippery ground one of three steps goes where it should, the others to its left or right. */
    public CliffWalking(boolean slippery) {
        super(ACTIONS, table(slippery), starts());
    }

    static boolean cliff(int row, int column) {
        return row == ROWS - 1 && column > 0 && column < COLUMNS - 1;
    }

    private static double[] starts() {
        double[] starts = new double[ROWS * COLUMNS];
        starts[START] = 1;
        return starts;
    }

    private static List<List<Outcome>> table(boolean slippery) {
        List<List<Outcome>> table = new ArrayList<>();
        for (int s = 0; s < ROWS * COLUMNS; s++) {
            for (int action = 0; action < 4; action++) {
                table.add(
                        slippery
                                ? List.of(
                                        outcome(s, (action + 3) % 4, 1.0 / 3),
                                        outcome(s, action, 1.0 / 3),
                                        outcome(s, (action + 1) % 4, 1.0 / 3))
                                : List.of(outcome(s, action, 1)));
            }
        }
        return table;
    }

    private static Outcome outcome(int from, int direction, double probability) {
        int row = Math.min(Math.max(from / COLUMNS + ROW_STEP[direction], 0), ROWS - 1);
        int column = Math.min(Math.max(from % COLUMNS + COLUMN_STEP[direction], 0), COLUMNS - 1);
        if (cliff(row, column)) {
            return new Outcome(probability, START, FALL_REWARD, false);
        }
        int next = row * COLUMNS + column;
        return new Outcome(probability, next, -1, next == GOAL);
    }

    @Override
    String text() {
        StringBuilder text = new StringBuilder();
        for (int row = 0; row < ROWS; row++) {
            for (int column = 0; column < COLUMNS; column++) {
                int s = row * COLUMNS + column;
                text.append(s == state ? "x" : s == GOAL ? "T" : cliff(row, column) ? "C" : "o");
                text.append(column < COLUMNS - 1 ? "  " : "\n");
            }
        }
        return text.append('\n').toString();
    }

    @Override
    Canvas draw() {
        return CliffPicture.draw(state / COLUMNS, state % COLUMNS, lastAction);
    }
}
