package org.rltune.tune.space;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.rltune.random.Pcg64;

/**
 * Whole numbers from {@code lower} to {@code upperExclusive - 1}, each as likely.
 *
 * <p>Perturbation multiplies, rounds to the nearest (halves up) and moves by at least 1 in the direction of the factor:
 * away from 0 above 1, towards 0 below 1; 0 itself grows to 1 and shrinks to -1. Cutting off the fraction, as Ray does,
 * would only ever lead downwards for small numbers.
 */
public record RandInt(long lower, long upperExclusive) implements Domain, Ordered, UnitScale {
    /** Checks the bounds. */
    public RandInt {
        String declared = "randint(" + lower + ", " + upperExclusive + ")";
        if (lower > upperExclusive) {
            throw new IllegalArgumentException(
                    declared + ": the lower bound must be below the upper bound. Maybe randint(" + upperExclusive + ", "
                            + lower + ")?");
        }
        if (lower == upperExclusive) {
            throw new IllegalArgumentException(declared
                    + ": no number is left, since the upper bound is exclusive"
                    + (lower < Long.MAX_VALUE ? ". Maybe randint(" + lower + ", " + (lower + 1) + ")?" : "."));
        }
    }

    private long last() {
        return upperExclusive - 1;
    }

    @Override
    public Object sample(Pcg64 random, HyperParams chosenSoFar) {
        return random.integers(lower, upperExclusive);
    }

    @Override
    public boolean contains(Object value) {
        return value instanceof Long number && number >= lower && number <= last();
    }

    @Override
    public Object clamp(Object value) {
        return clamped(Values.number(this, value));
    }

    @Override
    public Move perturb(Object value, double factor, Pcg64 random) {
        long old = clamped(Values.number(this, value));
        long wanted = Math.round(old * factor);
        if (factor != 1) {
            boolean up = old >= 0 ? factor > 1 : factor < 1;
            if (up && wanted <= old) {
                wanted = old == Long.MAX_VALUE ? old : old + 1;
            } else if (!up && wanted >= old) {
                wanted = old == Long.MIN_VALUE ? old : old - 1;
            }
        }
        return Interval.move(Values.number(this, value), wanted, clamped(wanted), factor);
    }

    /** Returns the middle of the value's cell: {@code (x - lower + 1/2) / n} for n numbers. */
    @Override
    public double toUnit(Object value) {
        return (cellLow(value) + cellHigh(value)) / 2;
    }

    /** Returns {@code lower + floor(u n)}. */
    @Override
    public Object fromUnit(double unit) {
        double index = Math.floor(Units.inside(unit) * count());
        // Beyond 2^53 numbers a double cannot tell neighbours apart, and the index may not fit into a long.
        long value = index < 0x1.0p53 ? lower + (long) index : clamped(lower + index);
        return Units.settled(this, clamped(value), unit, 1, lower, last());
    }

    @Override
    public boolean isDiscrete() {
        return true;
    }

    @Override
    public double cellLow(Object value) {
        return below(clamped(Values.number(this, value))) / count();
    }

    @Override
    public double cellHigh(Object value) {
        return Math.min(1, (below(clamped(Values.number(this, value))) + 1) / count());
    }

    @Override
    public long cells() {
        long count = upperExclusive - lower;
        return count > 0 ? count : Long.MAX_VALUE;
    }

    /** Returns how many numbers there are. */
    private double count() {
        return below(upperExclusive);
    }

    /** Returns how many numbers lie below one; exact up to 2^53. */
    private double below(long number) {
        long difference = number - lower;
        return difference >= 0 ? (double) difference : (double) number - lower;
    }

    private long clamped(Number value) {
        long whole = value instanceof Long number ? number : Math.round(value.doubleValue());
        return Math.max(lower, Math.min(last(), whole));
    }

    @Override
    public List<Object> extremes() {
        return List.of(lower, last());
    }

    @Override
    public @Nullable Number atMost(Number bound) {
        Number whole = bound instanceof Long ? bound : (Number) (long) Math.floor(bound.doubleValue());
        return whole.longValue() < lower ? null : (Number) clamped(whole);
    }

    @Override
    public @Nullable Number atLeast(Number bound) {
        Number whole = bound instanceof Long ? bound : (Number) (long) Math.ceil(bound.doubleValue());
        return whole.longValue() > last() ? null : (Number) clamped(whole);
    }

    @Override
    public Object toJson() {
        return Interval.json("randint", lower, upperExclusive);
    }

    @Override
    public String toString() {
        return Interval.text("randint", lower, upperExclusive);
    }
}
