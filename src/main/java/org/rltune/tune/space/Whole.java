package org.rltune.tune.space;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.rltune.random.Pcg64;

/**
 * Whole numbers {@code first, first + step, ..., last}, both multiples of the step: all but how they are spread.
 *
 * <p>Perturbation multiplies, rounds to the nearest (halves up) and moves by at least one step in the direction of the
 * factor: away from 0 above 1, towards 0 below 1; 0 itself grows to one step and shrinks to minus one. Cutting off the
 * fraction, as Ray does, would only ever lead downwards for small numbers.
 */
sealed interface Whole extends Domain, Ordered, UnitScale permits RandInt, LogRandInt, QRandInt {
    /** Returns the smallest number. */
    long first();

    /** Returns the largest number. */
    long last();

    /** Returns the distance between two numbers. */
    long step();

    /** Returns the lower edge of the cell of a number above the first. */
    double below(long number);

    /** Returns the number whose cell holds the unit, or, by rounding, a neighbour of it. */
    long guess(double unit);

    @Override
    default Object sample(Pcg64 random, HyperParams chosenSoFar) {
        return fromUnit(random.nextDouble());
    }

    @Override
    default boolean contains(Object value) {
        return value instanceof Long number && number >= first() && number <= last() && number % step() == 0;
    }

    @Override
    default Object clamp(Object value) {
        return clamped(Values.number(this, value));
    }

    /** Returns the nearest number of the domain, the larger of two that are as near. */
    default long clamped(Number value) {
        long whole = value instanceof Long number ? number : Math.round(value.doubleValue());
        long inside = Math.max(first(), Math.min(last(), whole));
        return step() == 1
                ? inside
                : Math.round(Math.max(first(), Math.min(last(), value.doubleValue())) / step()) * step();
    }

    @Override
    default Move perturb(Object value, double factor, Pcg64 random) {
        long old = clamped(Values.number(this, value));
        long count = old / step();
        long wanted = Steps.moved(count, Math.round(count * factor), factor);
        // Beyond the ends by one step is far enough to be told apart from a value that needs no clamping.
        long near = Math.max(first() / step() - edge(first()), Math.min(last() / step() + edge(last()), wanted));
        long next = Math.max(first(), Math.min(last(), near * step()));
        return Interval.move(Values.number(this, value), near * step(), next, Interval.times(factor));
    }

    private static long edge(long end) {
        return end == Long.MIN_VALUE || end == Long.MAX_VALUE ? 0 : 1;
    }

    @Override
    default List<Object> extremes() {
        return List.of(first(), last());
    }

    @Override
    default @Nullable Number atMost(Number bound) {
        long whole = bound instanceof Long number ? number : (long) Math.floor(bound.doubleValue());
        long multiple = Math.floorDiv(whole, step()) * step();
        return multiple < first() ? null : (Number) Math.min(last(), multiple);
    }

    @Override
    default @Nullable Number atLeast(Number bound) {
        long whole = bound instanceof Long number ? number : (long) Math.ceil(bound.doubleValue());
        long multiple = whole > last() ? whole : Math.max(first(), -Math.floorDiv(-whole, step()) * step());
        return multiple > last() ? null : (Number) multiple;
    }

    @Override
    default double toUnit(Object value) {
        return (cellLow(value) + cellHigh(value)) / 2;
    }

    @Override
    default Object fromUnit(double unit) {
        long guess = Math.max(first(), Math.min(last(), guess(Units.inside(unit))));
        return Units.settled(guess, unit, step(), first(), last(), this::low);
    }

    @Override
    default boolean isDiscrete() {
        return true;
    }

    @Override
    default double cellLow(Object value) {
        return low(clamped(Values.number(this, value)));
    }

    @Override
    default double cellHigh(Object value) {
        long number = clamped(Values.number(this, value));
        return number >= last() ? 1 : low(number + step());
    }

    private double low(long number) {
        return number <= first() ? 0 : below(number);
    }

    @Override
    default long cells() {
        long count = (last() - first()) / step() + 1;
        return count > 0 ? count : Long.MAX_VALUE;
    }
}
