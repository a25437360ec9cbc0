package org.rltune.tune.space;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.rltune.random.Pcg64;

/**
 * Multiples of q: a draw from another domain, rounded to the nearest. As in Ray Tune, both bounds are values, and a bound
 * is hit half as often as its neighbour, since only one side of it is rounded to it.
 *
 * <p>A value is the double nearest to the decimal product: the third multiple of 0.1 is 0.3, not 0.30000000000000004.
 * ({@code decimal} is q for that purpose.) Perturbation multiplies, rounds, and moves by at least one step in the direction of the factor: away from 0 above 1,
 * towards 0 below 1; 0 itself grows to q and shrinks to -q. It never gets stuck inside the bounds.
 */
record Quantized(Real base, double q, BigDecimal decimal) implements Domain, Ordered, UnitScale {
    Quantized(Real base, double q) {
        this(base, Steps.checked(name(base), base, q), new BigDecimal(Interval.number(q)));
    }

    private static String name(Real base) {
        return base instanceof Uniform ? "quniform" : base instanceof LogUniform ? "qloguniform" : "qrandn";
    }

    private static boolean isBounded(Real base) {
        return !(base instanceof RandN);
    }

    private long first() {
        return Math.round(isBounded(base) ? base.lower() / q : -Steps.MOST);
    }

    private long last() {
        return Math.round(isBounded(base) ? base.upper() / q : Steps.MOST);
    }

    private double value(long index) {
        return decimal.multiply(BigDecimal.valueOf(index)).doubleValue();
    }

    /** Returns which multiple is nearest to a number. */
    private long index(double number) {
        return Math.max(first(), Math.min(last(), Math.round(Math.rint(number / q))));
    }

    @Override
    public Object sample(Pcg64 random, HyperParams chosenSoFar) {
        return clamp(base.sample(random, chosenSoFar));
    }

    @Override
    public boolean contains(Object value) {
        return value instanceof Double number && !number.isNaN() && value(index(number)) == number;
    }

    @Override
    public Object clamp(Object value) {
        return value(index(Values.number(this, value).doubleValue()));
    }

    @Override
    public Move perturb(Object value, double factor, Pcg64 random) {
        long old = index(Values.number(this, value).doubleValue());
        long wanted = Steps.moved(old, Math.round(Math.rint(old * factor)), factor);
        long next = Math.max(first(), Math.min(last(), wanted));
        return Interval.move(Values.number(this, value), value(wanted), value(next), Interval.times(factor));
    }

    @Override
    public List<Object> extremes() {
        return List.of(value(first()), value(last()));
    }

    @Override
    public @Nullable Number atMost(Number bound) {
        long index = index(bound.doubleValue());
        long below = value(index) > bound.doubleValue() ? index - 1 : index;
        return below < first() ? null : (Number) value(below);
    }

    @Override
    public @Nullable Number atLeast(Number bound) {
        long index = index(bound.doubleValue());
        long above = value(index) < bound.doubleValue() ? index + 1 : index;
        return above > last() ? null : (Number) value(above);
    }

    @Override
    public double toUnit(Object value) {
        return (cellLow(value) + cellHigh(value)) / 2;
    }

    @Override
    public Object fromUnit(double unit) {
        long guess = index(base.at(Units.inside(unit)));
        return value(Units.settled(guess, unit, 1, first(), last(), this::low));
    }

    @Override
    public boolean isDiscrete() {
        return true;
    }

    @Override
    public double cellLow(Object value) {
        return low(index(Values.number(this, value).doubleValue()));
    }

    @Override
    public double cellHigh(Object value) {
        long index = index(Values.number(this, value).doubleValue());
        return index >= last() ? 1 : low(index + 1);
    }

    private double low(long index) {
        return index <= first() ? 0 : base.below(base.clamped((index - 0.5) * q));
    }

    @Override
    public long cells() {
        return isBounded(base) ? last() - first() + 1 : Long.MAX_VALUE;
    }

    @Override
    public Object toJson() {
        String name = name(base);
        Map<String, Object> json = base instanceof RandN normal
                ? Interval.json(name, "mean", normal.mean(), "sd", normal.sd())
                : Interval.json(name, base.lower(), base.upper());
        json.put("q", q);
        return json;
    }

    @Override
    public String toString() {
        return Steps.text(name(base), base, q);
    }
}
