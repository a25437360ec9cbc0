package org.rltune.envs;

import java.util.ArrayList;
import java.util.List;

/** The streets of the taxi and what every action does in them. */
final class TaxiTown {
    static final int SIZE = 5;
    /** Red, green, yellow and blue. */
    static final int STANDS = 4;
    /** South, north, east and west: the first of the actions. */
    static final int DIRECTIONS = 4;
    /** The place of a passenger in the taxi. */
    static final int RIDING = STANDS;

    static final int[] STAND_ROW = {0, 0, 4, 4};
    static final int[] STAND_COLUMN = {0, 4, 0, 3};

    private static final int STATES = SIZE * SIZE * (STANDS + 1) * STANDS;
    private static final int ACTIONS = 6;
    private static final String[] MAP = {
        "+---------+", "|R: | : :G|", "| : | : : |", "| : : : : |", "| | : | : |", "|Y| : |B: |", "+---------+"
    };
    private static final char OPEN = ':';
    private static final int[] ROW_STEP = {1, -1, 0, 0};
    private static final int[] COLUMN_STEP = {0, 0, 1, -1};
    private static final int[] LEFT_OF = {2, 3, 1, 0}; // the direction to the left of each
    private static final int[] RIGHT_OF = {3, 2, 0, 1};

    private TaxiTown() {}

    static int state(int row, int column, int passenger, int destination) {
        return ((row * SIZE + column) * (STANDS + 1) + passenger) * STANDS + destination;
    }

    static int destination(int state) {
        return state % STANDS;
    }

    static int passenger(int state) {
        return state / STANDS % (STANDS + 1);
    }

    /** {@code row * SIZE + column} of the taxi. */
    static int place(int state) {
        return state / (STANDS * (STANDS + 1));
    }

    static int column(int state) {
        return place(state) % SIZE;
    }

    static int row(int state) {
        return place(state) / SIZE;
    }

    /** Whether no wall stands to the right of this place. */
    static boolean openToEast(int row, int column) {
        return MAP[1 + row].charAt(2 * column + 2) == OPEN;
    }

    private static boolean open(int row, int column, int direction) {
        return switch (direction) {
            case 0 -> row < SIZE - 1;
            case 1 -> row > 0;
            case 2 -> openToEast(row, column);
            default -> column > 0 && openToEast(row, column - 1);
        };
    }

    /** Every first state is equally likely in which the passenger waits at another stand than the destination. */
    static double[] starts() {
        double[] starts = new double[STATES];
        double share = 1.0 / (SIZE * SIZE * STANDS * (STANDS - 1));
        for (int s = 0; s < STATES; s++) {
            starts[s] = passenger(s) < STANDS && passenger(s) != destination(s) ? share : 0;
        }
        return starts;
    }

    static List<List<Outcome>> table(TaxiRules rules) {
        List<List<Outcome>> table = new ArrayList<>();
        for (int s = 0; s < STATES; s++) {
            for (int direction = 0; direction < DIRECTIONS; direction++) {
                table.add(moves(s, direction, rules));
            }
            table.add(List.of(pickUp(s)));
            table.add(List.of(dropOff(s)));
        }
        return table;
    }

    private static List<Outcome> moves(int s, int direction, TaxiRules rules) {
        if (!rules.rainy()) {
            return List.of(move(s, direction, 1));
        }
        double side = (1 - rules.rainyProbability()) / 2;
        // A taxi that faces a wall stays where it is, in the rain too.
        boolean open = open(row(s), column(s), direction);
        return List.of(
                move(s, direction, rules.rainyProbability()),
                open ? move(s, LEFT_OF[direction], side) : new Outcome(side, s, -1, false),
                open ? move(s, RIGHT_OF[direction], side) : new Outcome(side, s, -1, false));
    }

    private static Outcome move(int s, int direction, double probability) {
        if (!open(row(s), column(s), direction)) {
            return new Outcome(probability, s, -1, false);
        }
        int next =
                state(row(s) + ROW_STEP[direction], column(s) + COLUMN_STEP[direction], passenger(s), destination(s));
        return new Outcome(probability, next, -1, false);
    }

    private static Outcome pickUp(int s) {
        boolean here = passenger(s) < STANDS && passenger(s) == standAt(s);
        return here
                ? new Outcome(1, state(row(s), column(s), RIDING, destination(s)), -1, false)
                : new Outcome(1, s, -10, false);
    }

    private static Outcome dropOff(int s) {
        int stand = standAt(s);
        if (passenger(s) != RIDING || stand < 0) {
            return new Outcome(1, s, -10, false);
        }
        boolean arrived = stand == destination(s);
        return new Outcome(1, state(row(s), column(s), stand, destination(s)), arrived ? 20 : -1, arrived);
    }

    /** The stand where the taxi is, -1 for none. */
    private static int standAt(int s) {
        for (int stand = 0; stand < STANDS; stand++) {
            if (row(s) == STAND_ROW[stand] && column(s) == STAND_COLUMN[stand]) {
                return stand;
            }
        }
        return -1;
    }

    /** 1 for each action that changes the state, as Gymnasium's {@code action_mask}. */
    static int[] actionMask(int s) {
        int[] mask = new int[ACTIONS];
        for (int direction = 0; direction < DIRECTIONS; direction++) {
            mask[direction] = open(row(s), column(s), direction) ? 1 : 0;
        }
        mask[DIRECTIONS] = pickUp(s).state() != s ? 1 : 0;
        mask[DIRECTIONS + 1] = passenger(s) == RIDING && standAt(s) >= 0 ? 1 : 0;
        return mask;
    }

    /** The map with the taxi (yellow, green with its passenger), the passenger (blue) and the destination (magenta). */
    static String text(int s) {
        String[][] cells = new String[MAP.length][MAP[0].length()];
        for (int row = 0; row < MAP.length; row++) {
            for (int column = 0; column < MAP[row].length(); column++) {
                cells[row][column] = String.valueOf(MAP[row].charAt(column));
            }
        }
        String[] street = cells[1 + row(s)];
        int at = 2 * column(s) + 1;
        int passenger = passenger(s);
        if (passenger < STANDS) {
            street[at] = AnsiText.highlighted(street[at], AnsiText.YELLOW);
            String[] line = cells[1 + STAND_ROW[passenger]];
            int where = 2 * STAND_COLUMN[passenger] + 1;
            line[where] = AnsiText.bold(line[where], AnsiText.BLUE);
        } else {
            street[at] = AnsiText.highlighted(street[at].equals(" ") ? "_" : street[at], AnsiText.GREEN);
        }
        String[] line = cells[1 + STAND_ROW[destination(s)]];
        int where = 2 * STAND_COLUMN[destination(s)] + 1;
        line[where] = AnsiText.colored(line[where], AnsiText.MAGENTA);
        StringBuilder text = new StringBuilder();
        for (String[] row : cells) {
            text.append(String.join("", row)).append('\n');
        }
        return text.toString();
    }
}
