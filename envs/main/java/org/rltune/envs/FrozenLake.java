package org.rltune.envs;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.rltune.check.Check;
import org.rltune.env.render.Canvas;

/**
 * FrozenLake-v1 and FrozenLake8x8-v1: cross a frozen lake from start to goal without falling into a hole, on ice so
 * slippery that a step may go sideways.
 *
 * <p>Actions: 0 left, 1 down, 2 right, 3 up. The observation is {@code row * columns + column}. Episodes are those of
 * Gymnasium 1.3. Spaces, rewards, start, end and arguments: {@code docs/envs/frozen_lake.md}.
 */
public final class FrozenLake extends TabularEnv {
    private static final List<String> ACTIONS = List.of("Left", "Down", "Right", "Up");
    private static final int[] ROW_STEP = {0, 1, 0, -1};
    private static final int[] COLUMN_STEP = {-1, 0, 1, 0};

    private final FrozenLakeMap map;

    /**
     * How slippery the ice is and what is to be earned.
     *
     * @param slippery whether a step may go sideways
     * @param successRate probability that a step on slippery ice goes where it should; both sides share the rest
     * @param goalReward reward for reaching the goal
     * @param holeReward reward for falling into a hole
     * @param frozenReward reward for any other step
     */
    public record Rules(
            boolean slippery, double successRate, double goalReward, double holeReward, double frozenReward) {
        /** Slippery ice with equal chances for three directions, 1 for the goal and nothing else. */
        public static final Rules USUAL = new Rules(true, 1.0 / 3.0, 1, 0, 0);

        /** Checks the numbers. */
        public Rules {
            Check.inClosed("success_rate", successRate, 0, 1);
            Check.finite("reward_schedule[0]", goalReward);
            Check.finite("reward_schedule[1]", holeReward);
            Check.finite("reward_schedule[2]", frozenReward);
        }
    }

    /** The lake of 4x4 tiles with the usual rules. */
    public FrozenLake() {
        this(FrozenLakeMap.named("4x4"), Rules.USUAL);
    }

    /** A lake. */
    public FrozenLake(FrozenLakeMap map, Rules rules) {
        super(ACTIONS, table(map, rules), starts(map));
        this.map = map;
    }

    /** The map of this lake. */
    public FrozenLakeMap map() {
        return map;
    }

    private static double[] starts(FrozenLakeMap map) {
        double[] starts = new double[map.height() * map.width()];
        int count = 0;
        for (int s = 0; s < starts.length; s++) {
            count += map.tile(s / map.width(), s % map.width()) == 'S' ? 1 : 0;
        }
        for (int s = 0; s < starts.length; s++) {
            starts[s] = map.tile(s / map.width(), s % map.width()) == 'S' ? 1.0 / count : 0;
        }
        return starts;
    }

    private static List<List<Outcome>> table(FrozenLakeMap map, Rules rules) {
        double sideRate = (1 - rules.successRate()) / 2;
        List<List<Outcome>> table = new ArrayList<>();
        for (int row = 0; row < map.height(); row++) {
            for (int column = 0; column < map.width(); column++) {
                char tile = map.tile(row, column);
                if (tile == 'G' || tile == 'H') {
                    Outcome stay = new Outcome(1, row * map.width() + column, 0, true);
                    table.addAll(Collections.nCopies(4, List.of(stay)));
                    continue;
                }
                for (int action = 0; action < 4; action++) {
                    table.add(
                            rules.slippery()
                                    ? List.of(
                                            outcome(map, rules, row, column, (action + 3) % 4, sideRate),
                                            outcome(map, rules, row, column, action, rules.successRate()),
                                            outcome(map, rules, row, column, (action + 1) % 4, sideRate))
                                    : List.of(outcome(map, rules, row, column, action, 1)));
                }
            }
        }
        return table;
    }

    private static Outcome outcome(
            FrozenLakeMap map, Rules rules, int row, int column, int direction, double probability) {
        int nextRow = Math.min(Math.max(row + ROW_STEP[direction], 0), map.height() - 1);
        int nextColumn = Math.min(Math.max(column + COLUMN_STEP[direction], 0), map.width() - 1);
        int next = nextRow * map.width() + nextColumn;
        return switch (map.tile(nextRow, nextColumn)) {
            case 'G' -> new Outcome(probability, next, rules.goalReward(), true);
            case 'H' -> new Outcome(probability, next, rules.holeReward(), true);
            default -> new Outcome(probability, next, rules.frozenReward(), false);
        };
    }

    @Override
    String text() {
        StringBuilder text = new StringBuilder();
        text.append(lastAction < 0 ? "\n" : "  (" + lastActionName() + ")\n");
        for (int row = 0; row < map.height(); row++) {
            for (int column = 0; column < map.width(); column++) {
                String tile = String.valueOf(map.tile(row, column));
                boolean here = row * map.width() + column == state;
                text.append(here ? AnsiText.highlighted(tile, AnsiText.RED) : tile);
            }
            text.append('\n');
        }
        return text.toString();
    }

    @Override
    Canvas draw() {
        return LakePicture.draw(map, state / map.width(), state % map.width(), lastAction);
    }
}
