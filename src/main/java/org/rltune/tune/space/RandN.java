package org.rltune.tune.space;

import org.rltune.random.Normal;
import org.rltune.random.Pcg64;

/**
 * Normally distributed numbers; every finite double belongs to the domain.
 *
 * <p>Perturbation multiplies; near 0, which multiplying cannot leave, it steps as {@link Uniform} does with the standard
 * deviation as the width.
 */
record RandN(double mean, double sd) implements Real {
    /** Units below and above are taken for these: 8.2 deviations, the last that a unit next to 1 can tell. */
    private static final double FIRST = 0x1.0p-53;

    private static final double LAST = 1 - 0x1.0p-53;

    RandN {
        String declared = Interval.call("randn", mean, sd);
        if (!Double.isFinite(mean) || !Double.isFinite(sd)) {
            throw new IllegalArgumentException(
                    declared + ": mean and standard deviation must be finite numbers. Give two numbers.");
        }
        if (sd <= 0) {
            throw new IllegalArgumentException(declared + ": the standard deviation must be above 0. Maybe "
                    + (sd < 0 ? Interval.call("randn", mean, -sd) : "the constant " + Interval.number(mean)) + "?");
        }
        if (!Double.isFinite(Math.abs(mean) + 100 * sd)) {
            throw new IllegalArgumentException(
                    declared + ": samples would not fit into a double. Give smaller numbers.");
        }
    }

    @Override
    public double lower() {
        return -Double.MAX_VALUE;
    }

    @Override
    public double upper() {
        return Double.MAX_VALUE;
    }

    /** Draws {@code mean + sd z}, z standard normal by the ziggurat. */
    @Override
    public Object sample(Pcg64 random, HyperParams chosenSoFar) {
        return mean + sd * random.standardNormal();
    }

    /** Returns the normal distribution function at {@code (x - mean) / sd}. */
    @Override
    public double below(double number) {
        return Normal.cdf((number - mean) / sd);
    }

    /** Returns {@code mean + sd z}, z the normal quantile at the unit. */
    @Override
    public double at(double unit) {
        return mean + sd * Normal.quantile(Math.max(FIRST, Math.min(LAST, unit)));
    }

    @Override
    public Move perturb(Object value, double factor, Pcg64 random) {
        double wanted = Interval.multiplied(clamped(Values.number(this, value).doubleValue()), factor, sd);
        return Interval.move(Values.number(this, value), wanted, clamped(wanted), Interval.times(factor));
    }

    @Override
    public Object toJson() {
        return Interval.json("randn", "mean", mean, "sd", sd);
    }

    @Override
    public String toString() {
        return Interval.call("randn", mean, sd);
    }
}
