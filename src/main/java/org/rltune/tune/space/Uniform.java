package org.rltune.tune.space;

import org.rltune.random.Pcg64;

/**
 * Numbers evenly spread over {@code [lower, upper]}, both bounds included.
 *
 * <p>Perturbation multiplies and clamps. Multiplying cannot leave 0, so there a step takes its place: a value nearer to 0
 * than a millionth of the width grows to a thousandth of the width, and 0 itself shrinks to minus that (clamped).
 */
public record Uniform(double lower, double upper) implements Real {
    /** Checks the bounds. */
    public Uniform {
        Interval.check("uniform", lower, upper);
    }

    /** Returns {@code (x - lower) / (upper - lower)}. */
    @Override
    public double below(double number) {
        return Units.share(number, lower, upper);
    }

    /** Returns {@code lower + (upper - lower) u}. */
    @Override
    public double at(double unit) {
        return lower + (upper - lower) * unit;
    }

    @Override
    public Move perturb(Object value, double factor, Pcg64 random) {
        double old = clamped(Values.number(this, value).doubleValue());
        double wanted = Interval.multiplied(old, factor, upper - lower);
        return Interval.move(Values.number(this, value), wanted, clamped(wanted), Interval.times(factor));
    }

    @Override
    public Object toJson() {
        return Interval.json("uniform", lower, upper);
    }

    @Override
    public String toString() {
        return Interval.call("uniform", lower, upper);
    }
}
