package org.rltune.tune.space;

import org.rltune.random.Pcg64;

/**
 * Numbers x of {@code [lower, upper]}, both below 1 and included, for which the logarithm of 1 - x is evenly spread.
 *
 * <p>The scale of discounts: 0.9, 0.99 and 0.999 look 10, 100 and 1000 steps ahead and lie at equal distances. Perturbation
 * divides 1 - x by the factor, so that a factor above 1 makes x grow, and clamps; x never reaches 1.
 */
record OneMinusLog(double lower, double upper) implements Real {
    OneMinusLog {
        if (lower >= 1 || upper >= 1) {
            throw new IllegalArgumentException(Interval.call("oneMinusLog", lower, upper)
                    + ": both bounds must be below 1, since 1 - x must have a logarithm. Maybe "
                    + Interval.call("oneMinusLog", lower < 1 ? lower : 0.9, 0.9999) + "?");
        }
        Interval.check("oneMinusLog", lower, upper);
    }

    /** Returns {@code (log(1 - lower) - log(1 - x)) / (log(1 - lower) - log(1 - upper))}. */
    @Override
    public double below(double number) {
        return Units.share(-StrictMath.log(1 - number), -StrictMath.log(1 - lower), -StrictMath.log(1 - upper));
    }

    /** Returns {@code 1 - exp(log(1 - lower) + (log(1 - upper) - log(1 - lower)) u)}. */
    @Override
    public double at(double unit) {
        double far = StrictMath.log(1 - lower);
        return 1 - StrictMath.exp(far + (StrictMath.log(1 - upper) - far) * unit);
    }

    @Override
    public Move perturb(Object value, double factor, Pcg64 random) {
        double wanted = 1 - (1 - clamped(Values.number(this, value).doubleValue())) / factor;
        return Interval.move(
                Values.number(this, value), wanted, clamped(wanted), "(1 - x) / " + Interval.number(factor));
    }

    @Override
    public Object toJson() {
        return Interval.json("oneMinusLog", lower, upper);
    }

    @Override
    public String toString() {
        return Interval.call("oneMinusLog", lower, upper);
    }
}
