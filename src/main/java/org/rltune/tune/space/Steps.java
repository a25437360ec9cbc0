package org.rltune.tune.space;

import java.math.BigDecimal;

/** What the domains share whose values are multiples of a step: the check of the step, and the least move. */
final class Steps {
    /** How far a bound may lie from a multiple of q, relative to the bound: Ray Tune's, that of {@code math.isclose}. */
    private static final double TOLERANCE = 1e-9;

    /** The largest multiple: up to here a double leads back to its index in spite of rounding. */
    static final double MOST = 0x1.0p50;

    private Steps() {}

    /** Returns the step, or refuses one that is no step or of which the bounds are no multiples. */
    static double checked(String name, Real base, double q) {
        String declared = text(name, base, q);
        if (!Double.isFinite(q) || q <= 0) {
            throw new IllegalArgumentException(declared + ": q must be a finite number above 0. Maybe "
                    + text(name, base, Double.isFinite(q) && q < 0 ? -q : 1) + "?");
        }
        if (base instanceof RandN) {
            if (!Double.isFinite(q * MOST)) {
                throw new IllegalArgumentException(declared + ": multiples of q do not fit into a double. Lower q.");
            }
            return q;
        }
        double first = base.lower() / q;
        double last = base.upper() / q;
        if (Math.abs(first) > MOST || Math.abs(last) > MOST) {
            throw new IllegalArgumentException(declared
                    + ": the bounds are more than 2^50 steps away from 0, too many to be told apart. Raise q.");
        }
        boolean lowerFits = isMultiple(first);
        if (!lowerFits || !isMultiple(last)) {
            double lower = multiple(q, lowerFits ? Math.rint(first) : Math.ceil(first));
            double upper = multiple(q, isMultiple(last) ? Math.rint(last) : Math.floor(last));
            throw new IllegalArgumentException(declared + ": the " + (lowerFits ? "upper" : "lower")
                    + " bound must be a multiple of q. "
                    + (lower < upper
                            ? "Maybe " + Interval.call(name, lower, upper, q) + "?"
                            : "Lower q: there are no two multiples between the bounds."));
        }
        return q;
    }

    private static boolean isMultiple(double ratio) {
        return Math.abs(ratio - Math.rint(ratio)) <= TOLERANCE * Math.abs(ratio);
    }

    private static double multiple(double q, double index) {
        return new BigDecimal(Interval.number(q))
                .multiply(new BigDecimal(index))
                .doubleValue();
    }

    static String text(String name, Real base, double q) {
        return base instanceof RandN normal
                ? Interval.call(name, normal.mean(), normal.sd(), q)
                : Interval.call(name, base.lower(), base.upper(), q);
    }

    /** Returns where a factor leads from {@code old}: to {@code wanted}, or at least one on in its direction. */
    static long moved(long old, long wanted, double factor) {
        if (factor == 1) {
            return wanted;
        }
        boolean up = old >= 0 ? factor > 1 : factor < 1;
        if (up && wanted <= old) {
            return old == Long.MAX_VALUE ? old : old + 1;
        }
        return !up && wanted >= old ? (old == Long.MIN_VALUE ? old : old - 1) : wanted;
    }
}
