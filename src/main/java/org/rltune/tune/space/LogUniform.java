package org.rltune.tune.space;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.rltune.random.Pcg64;

/** Numbers of {@code [lower, upper]}, both above 0 and included, whose logarithms are evenly spread. */
public record LogUniform(double lower, double upper) implements Domain, Ordered, UnitScale {
    /** Checks the bounds. */
    public LogUniform {
        if (lower <= 0 || upper <= 0) {
            throw new IllegalArgumentException(Interval.text("loguniform", lower, upper)
                    + ": both bounds must be above 0, since only positive numbers have a logarithm. Maybe "
                    + (upper > 0
                            ? Interval.text("loguniform", upper / 1000, upper) + "?"
                            : Interval.text("uniform", Math.min(lower, upper), Math.max(lower, upper)) + "?"));
        }
        Interval.check("loguniform", lower, upper);
    }

    /** Draws {@code exp(U(log lower, log upper))}; StrictMath gives the same bits on each JVM. */
    @Override
    public Object sample(Pcg64 random, HyperParams chosenSoFar) {
        double log = random.uniform(StrictMath.log(lower), StrictMath.log(upper));
        return clamped(StrictMath.exp(log));
    }

    @Override
    public boolean contains(Object value) {
        return value instanceof Double number && number >= lower && number <= upper;
    }

    @Override
    public Object clamp(Object value) {
        return clamped(Values.number(this, value).doubleValue());
    }

    /** Multiplies, which adds in the logarithm, and clamps. */
    @Override
    public Move perturb(Object value, double factor, Pcg64 random) {
        double old = clamped(Values.number(this, value).doubleValue());
        return Interval.move(Values.number(this, value), old * factor, clamped(old * factor), factor);
    }

    /** Returns {@code (log x - log lower) / (log upper - log lower)}. */
    @Override
    public double toUnit(Object value) {
        double log = StrictMath.log(clamped(Values.number(this, value).doubleValue()));
        return Units.share(log, StrictMath.log(lower), StrictMath.log(upper));
    }

    /** Returns {@code exp(log lower + (log upper - log lower) u)}. */
    @Override
    public Object fromUnit(double unit) {
        double low = StrictMath.log(lower);
        return clamped(StrictMath.exp(low + (StrictMath.log(upper) - low) * Units.inside(unit)));
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
        return Interval.json("loguniform", lower, upper);
    }

    @Override
    public String toString() {
        return Interval.text("loguniform", lower, upper);
    }
}
