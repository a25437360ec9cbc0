package org.rltune.space;

import java.util.function.IntToDoubleFunction;
import org.rltune.random.Pcg64;

/**
 * How Gymnasium samples a box: uniform between two bounds, a bound plus or minus an exponential number where there is
 * one, standard normal where there is none; all elements without bounds first, then those with a lower one, with an upper
 * one, with both.
 */
final class BoxSampling {
    private static final double INF = Double.POSITIVE_INFINITY;

    private BoxSampling() {}

    /** @param low and high: the bounds of each element, infinite for none */
    static double[] draw(Pcg64 random, int size, IntToDoubleFunction low, IntToDoubleFunction high) {
        double[] value = new double[size];
        int unbounded = 0;
        int below = 0;
        int above = 0;
        for (int i = 0; i < size; i++) {
            boolean hasLow = low.applyAsDouble(i) != -INF;
            boolean hasHigh = high.applyAsDouble(i) != INF;
            unbounded += !hasLow && !hasHigh ? 1 : 0;
            below += hasLow && !hasHigh ? 1 : 0;
            above += !hasLow && hasHigh ? 1 : 0;
        }
        for (int i = 0; unbounded > 0 && i < size; i++) {
            if (low.applyAsDouble(i) == -INF && high.applyAsDouble(i) == INF) {
                value[i] = random.standardNormal();
            }
        }
        for (int i = 0; below > 0 && i < size; i++) {
            if (low.applyAsDouble(i) != -INF && high.applyAsDouble(i) == INF) {
                value[i] = random.standardExponential() + low.applyAsDouble(i);
            }
        }
        for (int i = 0; above > 0 && i < size; i++) {
            if (low.applyAsDouble(i) == -INF && high.applyAsDouble(i) != INF) {
                value[i] = -random.standardExponential() + high.applyAsDouble(i);
            }
        }
        for (int i = 0; unbounded + below + above < size && i < size; i++) {
            if (low.applyAsDouble(i) != -INF && high.applyAsDouble(i) != INF) {
                value[i] = random.uniform(low.applyAsDouble(i), high.applyAsDouble(i));
            }
        }
        return value;
    }

    static void requireNoMask(Space<?> box, Mask mask) {
        if (mask.kind() != Mask.Kind.NONE || !(mask instanceof Mask.None)) {
            throw new IllegalArgumentException("The mask is " + mask + ", but " + box
                    + " takes none: its values are not counted. Use Mask.none().");
        }
    }
}
