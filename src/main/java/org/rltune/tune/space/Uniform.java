package org.rltune.tune.space;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.rltune.random.Pcg64;

/**
 * Numbers evenly spread over {@code [lower, upper]}, both bounds included.
 *
 * <p>Perturbation multiplies and clamps. Multiplying cannot leave 0, so there a step takes its place: a value nearer to 0
 * than a millionth of the width grows to a thousandth of the width, and 0 itself shrinks to minus that (clamped).
 */
public record Uniform(double lower, double upper) implements Domain, Ordered, UnitScale {
    private static final double NEAR_ZERO = 1e-6;
    private static final double STEP = 1e-3;

    /** Checks the bounds. */
    public Uniform {
        Interval.check("uniform", lower, upper);
    }

    @Override
    public Object sample(Pcg64 random, HyperParams chosenSoFar) {
        return clamped(random.uniform(lower, upper));
    }

    @Override
    public boolean contains(Object value) {
        return value instanceof Double number && number >= lower && number <= upper;
    }

    @Override
    public Object clamp(Object value) {
        return clamped(Values.number(this, value).doubleValue());
    }

    @Override
    public Move perturb(Object value, double factor, Pcg64 random) {
        double old = clamped(Values.number(this, value).doubleValue());
        double wanted = old * factor;
        double width = upper - lower;
        if (factor > 1 && Math.abs(old) < NEAR_ZERO * width) {
            wanted = old < 0 ? -STEP * width : STEP * width;
        } else if (factor < 1 && old == 0) {
            wanted = -STEP * width;
        }
        return Interval.move(Values.number(this, value), wanted, clamped(wanted), factor);
    }

    /** Returns {@code (x - lower) / (upper - lower)}. */
    @Override
    public double toUnit(Object value) {
        return Units.share(clamped(Values.number(this, value).doubleValue()), lower, upper);
    }

    /** Returns {@code lower + (upper - lower) u}. */
    @Override
    public Object fromUnit(double unit) {
        return clamped(lower + (upper - lower) * Units.inside(unit));
    }

    @Override
    public boolean isDiscrete() {
        return false;
    }

    @Override
    public double cellLow(Object value) {
        return toUnit(value);
    }

    @Override
    public double cellHigh(Object value) {
        return toUnit(value);
    }

    @Override
    public long cells() {
        return Long.MAX_VALUE;
    }

    private double clamped(double value) {
        return Math.max(lower, Math.min(upper, value));
    }

    @Override
    public List<Object> extremes() {
        return List.of(lower, upper);
    }

    @Override
    public @Nullable Number atMost(Number bound) {
        return bound.doubleValue() < lower ? null : (Number) clamped(bound.doubleValue());
    }

    @Override
    public @Nullable Number atLeast(Number bound) {
        return bound.doubleValue() > upper ? null : (Number) clamped(bound.doubleValue());
    }

    @Override
    public Object toJson() {
        return Interval.json("uniform", lower, upper);
    }

    @Override
    public String toString() {
        return Interval.text("uniform", lower, upper);
    }
}
