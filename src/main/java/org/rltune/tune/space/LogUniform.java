package org.rltune.tune.space;

import org.rltune.random.Pcg64;

/**
 * Numbers of {@code [lower, upper]}, both above 0 and included, whose logarithms are evenly spread.
 *
 * <p>StrictMath gives the same bits on each JVM. Perturbation multiplies, which adds in the logarithm, and clamps.
 */
public record LogUniform(double lower, double upper) implements Real {
    /** Checks the bounds. */
    public LogUniform {
        Interval.checkLog("loguniform", lower, upper);
        Interval.check("loguniform", lower, upper);
    }

    /** Returns {@code (log x - log lower) / (log upper - log lower)}. */
    @Override
    public double below(double number) {
        return Units.share(StrictMath.log(number), StrictMath.log(lower), StrictMath.log(upper));
    }

    /** Returns {@code exp(log lower + (log upper - log lower) u)}. */
    @Override
    public double at(double unit) {
        double low = StrictMath.log(lower);
        return StrictMath.exp(low + (StrictMath.log(upper) - low) * unit);
    }

    @Override
    public Move perturb(Object value, double factor, Pcg64 random) {
        double wanted = clamped(Values.number(this, value).doubleValue()) * factor;
        return Interval.move(Values.number(this, value), wanted, clamped(wanted), Interval.times(factor));
    }

    @Override
    public Object toJson() {
        return Interval.json("loguniform", lower, upper);
    }

    @Override
    public String toString() {
        return Interval.call("loguniform", lower, upper);
    }
}
