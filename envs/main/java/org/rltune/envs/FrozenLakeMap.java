package org.rltune.envs;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.rltune.check.Check;
import org.rltune.check.Suggest;
import org.rltune.random.Pcg64;

/**
 * A map of the frozen lake: rows of equal length, of the letters S (start), F (frozen), H (hole) and G (goal).
 *
 * @param rows from the top down; at least one S and one G
 */
public record FrozenLakeMap(List<String> rows) {
    /** The names that {@link #named} knows. */
    public static final List<String> NAMES = List.of("4x4", "8x8");

    private static final List<String> MAP_4X4 = List.of("SFFF", "FHFH", "FFFH", "HFFG");
    private static final List<String> MAP_8X8 =
            List.of("SFFFFFFF", "FFFFFFFF", "FFFHFFFF", "FFFFFHFF", "FFFHFFFF", "FHHFFFHF", "FHFFHFHF", "FFFHFFFG");
    private static final int MAX_TRIES = 100_000;
    private static final int[][] DIRECTIONS = {{1, 0}, {0, 1}, {-1, 0}, {0, -1}};

    /** Checks the rows. */
    public FrozenLakeMap {
        rows = List.copyOf(Check.notEmpty("desc", rows));
        int length = rows.get(0).length();
        int starts = 0;
        int goals = 0;
        for (int row = 0; row < rows.size(); row++) {
            String tiles = Check.notBlank("desc[" + row + "]", rows.get(row));
            if (tiles.length() != length) {
                throw new IllegalArgumentException("desc[" + row + "] is \"" + tiles + "\" with " + tiles.length()
                        + " tiles, but desc[0] has " + length + ". Give all rows the same length.");
            }
            for (int column = 0; column < length; column++) {
                char tile = tiles.charAt(column);
                if ("SFHG".indexOf(tile) < 0) {
                    throw new IllegalArgumentException("desc[" + row + "] is \"" + tiles + "\" with '" + tile + "' at "
                            + column + ", but a tile must be S (start), F (frozen), H (hole) or G (goal).");
                }
                starts += tile == 'S' ? 1 : 0;
                goals += tile == 'G' ? 1 : 0;
            }
        }
        if (starts == 0 || goals == 0) {
            throw new IllegalArgumentException("desc is " + rows + " without a "
                    + (starts == 0 ? "start. Put at least one S" : "goal. Put at least one G") + " on the map.");
        }
    }

    /** The map "4x4" or "8x8". */
    public static FrozenLakeMap named(String name) {
        return switch (name) {
            case "4x4" -> new FrozenLakeMap(MAP_4X4);
            case "8x8" -> new FrozenLakeMap(MAP_8X8);
            default ->
                throw new IllegalArgumentException(
                        "map_name is '" + name + "', but must be one of " + NAMES + "." + Suggest.nearest(name, NAMES));
        };
    }

    /**
     * A random square map with a way from the start (upper left) to the goal (lower right): Gymnasium's {@code
     * generate_random_map(size, p, seed)}.
     *
     * @param size rows and columns, at least 2
     * @param frozen probability that a tile is frozen and not a hole, above 0
     */
    public static FrozenLakeMap random(int size, double frozen, long seed) {
        Check.atLeast("size", size, 2);
        Check.inOpenClosed("p", frozen, 0, 1);
        Pcg64 random = new Pcg64(seed);
        for (int attempt = 0; attempt < MAX_TRIES; attempt++) {
            int[] tiles = random.choice(new double[] {frozen, 1 - frozen}, size * size, true);
            List<String> rows = new ArrayList<>();
            for (int row = 0; row < size; row++) {
                StringBuilder text = new StringBuilder();
                for (int column = 0; column < size; column++) {
                    text.append(tiles[row * size + column] == 0 ? 'F' : 'H');
                }
                rows.add(text.toString());
            }
            rows.set(0, "S" + rows.get(0).substring(1));
            rows.set(size - 1, rows.get(size - 1).substring(0, size - 1) + "G");
            FrozenLakeMap map = new FrozenLakeMap(rows);
            if (map.hasWay()) {
                return map;
            }
        }
        throw new IllegalArgumentException("p is " + frozen + ", and none of " + MAX_TRIES + " maps of " + size + "x"
                + size + " had a way to the goal. Raise p.");
    }

    /** Rows. */
    public int height() {
        return rows.size();
    }

    /** Columns. */
    public int width() {
        return rows.get(0).length();
    }

    /** The letter at this place. */
    public char tile(int row, int column) {
        return rows.get(row).charAt(column);
    }

    /** Whether a goal can be reached from some start without falling into a hole. */
    public boolean hasWay() {
        Deque<Integer> frontier = new ArrayDeque<>();
        Set<Integer> seen = new HashSet<>();
        for (int place = 0; place < width() * height(); place++) {
            if (tile(place / width(), place % width()) == 'S') {
                frontier.add(place);
            }
        }
        while (!frontier.isEmpty()) {
            int place = frontier.remove();
            int row = place / width();
            int column = place % width();
            if (tile(row, column) == 'G') {
                return true;
            }
            if (tile(row, column) == 'H' || !seen.add(place)) {
                continue;
            }
            for (int[] direction : DIRECTIONS) {
                int nextRow = row + direction[0];
                int nextColumn = column + direction[1];
                if (nextRow >= 0 && nextRow < height() && nextColumn >= 0 && nextColumn < width()) {
                    frontier.add(nextRow * width() + nextColumn);
                }
            }
        }
        return false;
    }
}
