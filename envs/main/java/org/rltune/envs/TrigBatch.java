package org.rltune.envs;

/**
 * {@link Trig} for many small angles at once: the same bits, by loops that the compiler turns into vector instructions.
 *
 * <p>A vector has no branch and no cheap look-up, so that the table is read in a loop of its own, and both ways to a sine
 * are computed before one is chosen. Against a loop over {@link Trig}, sine and cosine of 1024 angles take a sixth of the
 * time (EnvBench, CartPole-v1). For one thread at a time, or several with different ranges.
 */
final class TrigBatch {
    /** Angles up to this size, in rad; beyond it the results are wrong. */
    static final double LIMIT = 0.85;

    private static final int ROWS = 256; // k = -128 to 127, of which 109 on each side are angles up to LIMIT
    private static final int COLUMNS = 4; // a row is half a line of the cache
    private static final double[] TABLE = new double[ROWS * COLUMNS];
    // Beyond the size of any difference of two numbers near 0.126 that is not 0.
    private static final double STEEP = 0x1p200;

    static {
        for (int k = 0; k < Trig.ENTRIES; k++) {
            put(k, Trig.SIN[k], Trig.SIN_LOW[k], Trig.COS[k], Trig.COS_LOW[k]);
            put(-k, -Trig.SIN[k], -Trig.SIN_LOW[k], Trig.COS[k], Trig.COS_LOW[k]);
        }
    }

    private final double[] tableSin;
    private final double[] tableSinLow;
    private final double[] tableCos;
    private final double[] tableCosLow;
    private final double[] sinT; // of the angle's distance from the row of the table
    private final double[] sinTForCos;
    private final double[] oneMinusCosT;
    private final double[] taylor;

    /** Room for so many angles. */
    TrigBatch(int size) {
        tableSin = new double[size];
        tableSinLow = new double[size];
        tableCos = new double[size];
        tableCosLow = new double[size];
        sinT = new double[size];
        sinTForCos = new double[size];
        oneMinusCosT = new double[size];
        taylor = new double[size];
    }

    private static void put(int k, double sin, double sinLow, double cos, double cosLow) {
        int at = at(k);
        TABLE[at] = sin;
        TABLE[at + 1] = sinLow;
        TABLE[at + 2] = cos;
        TABLE[at + 3] = cosLow;
    }

    private static int at(int k) {
        return COLUMNS * (k & (ROWS - 1));
    }

    /** Writes sine and cosine of the angles from {@code from} to {@code to - 1}. The sine of -0 is 0 here. */
    void sinCos(int from, int to, double[] angle, double[] sin, double[] cos) {
        lookUp(from, to, angle, tableSin, tableSinLow, tableCos, tableCosLow);
        remain(from, to, angle, sinT, sinTForCos, oneMinusCosT);
        sines(from, to, tableSin, tableSinLow, tableCos, tableCosLow, sinT, oneMinusCosT, sin);
        cosines(from, to, tableSin, tableSinLow, tableCos, tableCosLow, sinTForCos, oneMinusCosT, cos);
        taylor(from, to, angle, taylor);
        choose(from, to, angle, taylor, sin);
    }

    private static void lookUp(
            int from, int to, double[] angle, double[] sin, double[] sinLow, double[] cos, double[] cosLow) {
        for (int e = from; e < to; e++) {
            // TABLE is no argument, so that the compiler knows its length and tests no index. The sum's last bits are
            // the multiple of 1/128, negative ones in two's complement.
            int at = at((int) Double.doubleToRawLongBits(angle[e] + Trig.TO_STEP));
            sin[e] = TABLE[at];
            sinLow[e] = TABLE[at + 1];
            cos[e] = TABLE[at + 2];
            cosLow[e] = TABLE[at + 3];
        }
    }

    private static void remain(
            int from, int to, double[] angle, double[] sinT, double[] sinTForCos, double[] oneMinusCosT) {
        for (int e = from; e < to; e++) {
            double t = Trig.fromStep(angle[e]);
            sinT[e] = Trig.smallSin(t, 0);
            sinTForCos[e] = Trig.smallSinForCos(t);
            oneMinusCosT[e] = Trig.smallOneMinusCos(t);
        }
    }

    private static void sines(
            int from,
            int to,
            double[] sin,
            double[] sinLow,
            double[] cos,
            double[] cosLow,
            double[] sinT,
            double[] oneMinusCosT,
            double[] out) {
        for (int e = from; e < to; e++) {
            out[e] = Trig.turned(sin[e], sinLow[e], cos[e], cosLow[e], sinT[e], oneMinusCosT[e]);
        }
    }

    private static void cosines(
            int from,
            int to,
            double[] sin,
            double[] sinLow,
            double[] cos,
            double[] cosLow,
            double[] sinT,
            double[] oneMinusCosT,
            double[] out) {
        for (int e = from; e < to; e++) {
            out[e] = Trig.turned(cos[e], cosLow[e], -sin[e], -sinLow[e], sinT[e], oneMinusCosT[e]);
        }
    }

    private static void taylor(int from, int to, double[] angle, double[] out) {
        for (int e = from; e < to; e++) {
            out[e] = Trig.sinByTaylor(angle[e], 0);
        }
    }

    /** Keeps the sine by Taylor's series below its end, the other one from there on, as {@link Trig#sin} does. */
    private static void choose(int from, int to, double[] angle, double[] taylor, double[] sin) {
        for (int e = from; e < to; e++) {
            double below = (Trig.TAYLOR_END - Math.abs(angle[e])) * STEEP;
            double small = Math.min(1, below + Math.abs(below)); // 1 or 0
            sin[e] = small * taylor[e] + (1 - small) * sin[e];
        }
    }
}
