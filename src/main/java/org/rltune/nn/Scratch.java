package org.rltune.nn;

import org.rltune.check.Check;

/** Temporary columns for a distribution's formulas, allocated once. Holds nothing between two calls. One thread at a time. */
public class Scratch {
    private static final int TEMPORARY_COLUMNS = 4;

    private final float[][] columns;
    private final float[] temporary;
    private final int maxRows;

    /** Made by {@link ActionDistribution#scratch(int)}. */
    Scratch(int columns, int maxRows) {
        this.maxRows = Check.positive("maxRows", maxRows);
        this.columns = new float[columns][maxRows];
        this.temporary = new float[TEMPORARY_COLUMNS * maxRows];
    }

    /** The most rows of one call. */
    public int maxRows() {
        return maxRows;
    }

    /** Room for four numbers a row. */
    float[] temporary() {
        return temporary;
    }

    float[] column(int index) {
        return columns[index];
    }
}
