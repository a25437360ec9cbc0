package org.rltune.tune.space;

/**
 * A numeric domain as the unit interval: what searchers, which think in [0, 1], and models of the data need.
 *
 * <p>The unit of a value is the share of the domain's distribution that lies below it, so {@code fromUnit(u)} with u
 * uniform in [0, 1) is distributed exactly as {@link Domain#sample} is, and steps of the same size in units are steps of
 * the same weight in the domain's own scale: the logarithm of a {@code loguniform}, 1 - x of a {@code oneMinusLog},
 * quantiles of a {@code randn}. Every numeric domain has one; {@code choice}, {@code grid}, {@code conditional} and
 * {@code sampleFrom} have none.
 *
 * <p>A discrete domain cuts [0, 1] into one cell per value, in ascending order. Values that lie nearer to each other than
 * a double can tell apart, such as whole numbers beyond 2^53, may share a cell.
 */
public interface UnitScale {
    /**
     * Returns where a value lies in [0, 1]: larger values never lie lower. That of a discrete value is the middle of its
     * cell; a value from outside the domain is clamped first.
     *
     * @throws IllegalArgumentException if the value is not a number
     */
    double toUnit(Object value);

    /**
     * Returns the value at a unit; always one that the domain contains. For a discrete domain it is the value whose cell
     * holds the unit, lower edge included.
     *
     * @param unit from 0 to 1; what lies outside counts as the nearest end
     */
    Object fromUnit(double unit);

    /** Returns whether the domain has separate values: whole numbers and multiples of a step. */
    boolean isDiscrete();

    /** Returns the lowest unit that maps to the value; for a continuous domain {@code toUnit(value)}. */
    double cellLow(Object value);

    /** Returns where the next value's cell begins, at most 1; for a continuous domain {@code toUnit(value)}. */
    double cellHigh(Object value);

    /** Returns how many values a discrete domain has; {@code Long.MAX_VALUE} if there are more, or it is continuous. */
    long cells();
}
