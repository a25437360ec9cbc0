package org.rltune.tune;

/** How far values lie apart. */
final class Spread {
    private Spread() {}

    /** Returns the standard deviation over n; NaN if a value is not finite. */
    static double std(double[] values) {
        double mean = 0;
        for (double value : values) {
            mean += value;
        }
        mean /= values.length;
        double squares = 0;
        for (double value : values) {
            squares += (value - mean) * (value - mean);
        }
        return Math.sqrt(squares / values.length);
    }
}
