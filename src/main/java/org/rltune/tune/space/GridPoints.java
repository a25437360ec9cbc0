package org.rltune.tune.space;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * All combinations of the values of the grids of a space, each made when it is asked for.
 *
 * <p>Their order is that of nested loops over the grids in the order of declaration, the last one innermost, as in Ray
 * Tune. A space without grids has one combination, the empty one.
 */
public final class GridPoints {
    private final List<String> names;
    private final List<List<Object>> values;
    private final long size;

    /**
     * Counts the combinations.
     *
     * @throws IllegalArgumentException if there are more than a long can count, with the arithmetic
     */
    GridPoints(Map<String, Grid> grids) {
        this.names = List.copyOf(grids.keySet());
        this.values = grids.values().stream().map(Grid::options).toList();
        long product = 1;
        for (List<Object> options : values) {
            try {
                product = Math.multiplyExact(product, (long) options.size());
            } catch (ArithmeticException e) {
                throw new IllegalArgumentException(
                        "The grid has " + arithmetic() + " points, more than 2^63 - 1. Give it fewer values.", e);
            }
        }
        this.size = product;
    }

    /** Returns how many combinations there are. */
    public long size() {
        return size;
    }

    /** Returns the names of the grids in the order of declaration. */
    public List<String> names() {
        return names;
    }

    /**
     * Returns one combination: the values of the grids alone, by name.
     *
     * @param index from 0 to {@code size() - 1}
     * @throws IllegalArgumentException if the index lies outside
     */
    public HyperParams at(long index) {
        if (index < 0 || index >= size) {
            throw new IllegalArgumentException("The index of a grid point is " + index + ", but it must be from 0 to "
                    + (size - 1) + ": the grid has " + size + " points.");
        }
        Object[] chosen = new Object[names.size()];
        long rest = index;
        for (int i = chosen.length - 1; i >= 0; i--) {
            List<Object> options = values.get(i);
            chosen[i] = options.get((int) (rest % options.size()));
            rest /= options.size();
        }
        Map<String, Object> point = new LinkedHashMap<>();
        for (int i = 0; i < chosen.length; i++) {
            point.put(names.get(i), chosen[i]);
        }
        return HyperParams.of(point);
    }

    /** Returns how the size comes about, such as {@code 4 x 4 x 3}; {@code 1} without a grid. */
    public String arithmetic() {
        return values.isEmpty()
                ? "1"
                : values.stream()
                        .map(options -> Integer.toString(options.size()))
                        .collect(Collectors.joining(" x "));
    }
}
