package org.rltune.tune.space;

import java.util.Map;

/**
 * Whole multiples of q, from {@code lower} to {@code upper}, both included: a real number, spread evenly or in the
 * logarithm, rounded to the nearest multiple. A bound is hit half as often as its neighbour (of the logarithm: somewhat
 * more or less than half), since only one side of it is rounded to it.
 *
 * <p>With q = 1 there is nothing to round, as in Ray Tune: the domain is {@code randint(lower, upper + 1)} or {@code
 * lograndint(lower, upper + 1)}.
 */
record QRandInt(long lower, long upper, long q, boolean log) implements Whole {
    QRandInt {
        String name = name(log);
        if (q < 1) {
            throw new IllegalArgumentException(Interval.call(name, lower, upper, q) + ": q must be at least 1. Maybe "
                    + Interval.call(name, lower, upper, 1) + "?");
        }
        if (log) {
            Interval.checkLog(name, lower, upper, q);
        }
        Interval.check(name, lower, upper, q);
        Interval.checkExact(name, lower, upper);
        if (lower % q != 0 || upper % q != 0) {
            long first = -Math.floorDiv(-lower, q) * q;
            long last = Math.floorDiv(upper, q) * q;
            throw new IllegalArgumentException(
                    Interval.call(name, lower, upper, q) + ": the " + (lower % q != 0 ? "lower" : "upper")
                            + " bound must be a multiple of q. "
                            + (first < last
                                    ? "Maybe " + Interval.call(name, first, last, q) + "?"
                                    : "Lower q: there are no two multiples between the bounds."));
        }
    }

    private static String name(boolean log) {
        return log ? "qlograndint" : "qrandint";
    }

    @Override
    public long first() {
        return lower;
    }

    @Override
    public long last() {
        return upper;
    }

    @Override
    public long step() {
        return q;
    }

    private Real scale() {
        long end = q == 1 ? upper + 1 : upper;
        return log ? new LogUniform(lower, end) : new Uniform(lower, end);
    }

    @Override
    public double below(long number) {
        return scale().below(q == 1 ? number : number - q / 2.0);
    }

    @Override
    public long guess(double unit) {
        double drawn = scale().at(unit);
        return q == 1 ? (long) Math.floor(drawn) : Math.round(drawn / q) * q;
    }

    @Override
    public Object toJson() {
        Map<String, Object> json = Interval.json(name(log), lower, upper);
        json.put("q", q);
        return json;
    }

    @Override
    public String toString() {
        return Interval.call(name(log), lower, upper, q);
    }
}
