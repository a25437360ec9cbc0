package org.rltune.nn;

import org.rltune.check.Check;

/** Temporary columns for a distribution's formulas, allocated once. Holds nothing between two calls. One thread at a time. */
public final class Scratch {
    private final float[][] columns;
    private final int maxRows;

    /** Made by {@link ActionDistribution#scratch(int)}. */
    Scratch(int columns, int maxRows) {
        this.maxRows = Check.positive("maxRows", maxRows);
        this.columns = new float[columns][maxRows];
    }

    /** The most rows of one call. */
    public int maxRows() {
        return maxRows;
    }

    float[] column(int index) {
        return columns[index];
    }
}
