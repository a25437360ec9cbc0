package org.rltune.tune.search;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.rltune.tune.space.UnitScale;

/**
 * One searched hyperparameter as a coordinate: a number's place in [0, 1] on its own scale, or an option's index.
 *
 * @param name the name of the hyperparameter
 * @param scale from values to [0, 1]; null for a choice
 * @param options the options of a choice, in order; empty for a number
 */
record Axis(String name, @Nullable UnitScale scale, List<?> options) {
    /** Cells beyond this many are so narrow that a density is as good as their probability. */
    private static final long MOST_CELLS = 1L << 30;

    /** Returns whether the coordinate is the index of an option, so that only "same or other" means anything. */
    boolean isChoice() {
        return scale == null;
    }

    /** Returns whether the coordinate is that of separate numbers, not too many: the middles of their cells. */
    boolean isDiscrete() {
        return scale != null && scale.isDiscrete() && scale.cells() <= MOST_CELLS;
    }

    /** Returns how many coordinates there are; {@code Long.MAX_VALUE} for a continuous number. */
    long cells() {
        return scale == null ? options.size() : scale.cells();
    }

    double coordinate(Object value) {
        return scale == null ? options.indexOf(value) : scale.toUnit(value);
    }

    Object value(double coordinate) {
        return scale == null ? options.get((int) coordinate) : scale.fromUnit(coordinate);
    }

    /** Returns the nearest coordinate that a value has: itself, or the middle of its cell. */
    double snapped(double coordinate) {
        return isDiscrete() ? coordinate(value(coordinate)) : coordinate;
    }

    /** Returns the lower edge of the cell of a discrete number. */
    double low(double coordinate) {
        return scale == null ? coordinate : scale.cellLow(scale.fromUnit(coordinate));
    }

    /** Returns the upper edge of the cell of a discrete number. */
    double high(double coordinate) {
        return scale == null ? coordinate : scale.cellHigh(scale.fromUnit(coordinate));
    }
}
