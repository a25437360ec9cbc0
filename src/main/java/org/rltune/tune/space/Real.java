package org.rltune.tune.space;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.rltune.random.Pcg64;

/** Real numbers of a closed interval: all but the scale on which they are spread. */
sealed interface Real extends Domain, Ordered, UnitScale permits Uniform, LogUniform, OneMinusLog, RandN {
    /** Returns the smallest number that belongs to the domain. */
    double lower();

    /** Returns the largest number that belongs to the domain. */
    double upper();

    /** Returns the share of the distribution below a number of the interval. */
    double below(double number);

    /** Returns the number below which a share of the distribution lies, but for rounding. */
    double at(double unit);

    @Override
    default Object sample(Pcg64 random, HyperParams chosenSoFar) {
        return fromUnit(random.nextDouble());
    }

    @Override
    default boolean contains(Object value) {
        return value instanceof Double number && number >= lower() && number <= upper();
    }

    @Override
    default Object clamp(Object value) {
        return clamped(Values.number(this, value).doubleValue());
    }

    /** Returns the nearest number of the interval. */
    default double clamped(double value) {
        return Math.max(lower(), Math.min(upper(), value));
    }

    @Override
    default List<Object> extremes() {
        return List.of(lower(), upper());
    }

    @Override
    default @Nullable Number atMost(Number bound) {
        return bound.doubleValue() < lower() ? null : (Number) clamped(bound.doubleValue());
    }

    @Override
    default @Nullable Number atLeast(Number bound) {
        return bound.doubleValue() > upper() ? null : (Number) clamped(bound.doubleValue());
    }

    @Override
    default double toUnit(Object value) {
        return below(clamped(Values.number(this, value).doubleValue()));
    }

    @Override
    default Object fromUnit(double unit) {
        return clamped(at(Units.inside(unit)));
    }

    @Override
    default boolean isDiscrete() {
        return false;
    }

    @Override
    default double cellLow(Object value) {
        return toUnit(value);
    }

    @Override
    default double cellHigh(Object value) {
        return toUnit(value);
    }

    @Override
    default long cells() {
        return Long.MAX_VALUE;
    }
}
