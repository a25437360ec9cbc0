package org.rltune.tune.space;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.rltune.random.Pcg64;

/**
 * What a hyperparameter may be: samples, clamps, perturbs in its own scale, and prints itself.
 *
 * <p>The names and bounds are those of Ray Tune. A value never leaves its domain: {@link #contains} accepts every value
 * that {@link #sample}, {@link #clamp} or {@link #perturb} gives.
 */
public sealed interface Domain permits Real, Quantized, Whole, Choice, Conditional, Grid, Domain.SampleFrom {

    /**
     * Returns numbers evenly spread over {@code [lower, upper]}. The bounds belong to the domain; a sample lies below
     * the upper one (but for rounding), a perturbed value is clamped to either.
     *
     * @throws IllegalArgumentException if the bounds are reversed, equal or not finite
     */
    static Domain uniform(double lower, double upper) {
        return new Uniform(lower, upper);
    }

    /**
     * Returns numbers of {@code [lower, upper]} whose logarithms are evenly spread.
     *
     * @throws IllegalArgumentException if the bounds are reversed, equal, not finite or not above 0
     */
    static Domain loguniform(double lower, double upper) {
        return new LogUniform(lower, upper);
    }

    /**
     * Returns whole numbers from {@code lower} to {@code upperExclusive - 1}, each as likely.
     *
     * @throws IllegalArgumentException if there are no such numbers
     */
    static Domain randint(long lower, long upperExclusive) {
        return new RandInt(lower, upperExclusive);
    }

    /**
     * Returns multiples of q of {@code [lower, upper]}: uniform numbers rounded to the nearest, so that the bounds, which
     * are values, are half as likely as the others.
     *
     * @throws IllegalArgumentException if the bounds are reversed, equal or no multiples of q, with the nearest that are
     */
    static Domain quniform(double lower, double upper, double q) {
        Interval.check("quniform", lower, upper, q);
        return new Quantized(new Uniform(lower, upper), q);
    }

    /** Returns multiples of q: {@link #loguniform} numbers rounded to the nearest; bounds as of {@link #quniform}. */
    static Domain qloguniform(double lower, double upper, double q) {
        Interval.checkLog("qloguniform", lower, upper, q);
        Interval.check("qloguniform", lower, upper, q);
        return new Quantized(new LogUniform(lower, upper), q);
    }

    /**
     * Returns normally distributed numbers. They have no bounds, so only what accepts every number can be tuned by them.
     *
     * @param sd the standard deviation, above 0
     */
    static Domain randn(double mean, double sd) {
        return new RandN(mean, sd);
    }

    /** Returns multiples of q: {@link #randn} numbers rounded to the nearest. */
    static Domain qrandn(double mean, double sd, double q) {
        return new Quantized(new RandN(mean, sd), q);
    }

    /**
     * Returns whole multiples of q from {@code lower} to {@code upper}, both included: uniform numbers rounded to the
     * nearest, so that the bounds are half as likely as the others; with q = 1 each number is as likely.
     *
     * @throws IllegalArgumentException if the bounds are reversed, equal or no multiples of q, with the nearest that are
     */
    static Domain qrandint(long lower, long upper, long q) {
        return new QRandInt(lower, upper, q, false);
    }

    /**
     * Returns whole numbers from {@code lower} to {@code upperExclusive - 1}, the more likely the smaller: the logarithm is
     * evenly spread, and the number that comes out is rounded down.
     *
     * @throws IllegalArgumentException if there are no such numbers, or a bound is not above 0
     */
    static Domain lograndint(long lower, long upperExclusive) {
        return new LogRandInt(lower, upperExclusive);
    }

    /**
     * Returns whole multiples of q from {@code lower} to {@code upper}, both included: {@link #loguniform} numbers rounded
     * to the nearest; with q = 1 it is {@code lograndint(lower, upper + 1)}.
     */
    static Domain qlograndint(long lower, long upper, long q) {
        return new QRandInt(lower, upper, q, true);
    }

    /**
     * Returns numbers below 1 for which the logarithm of 1 - x is evenly spread: the scale of discounts and of lambda.
     *
     * <pre>{@code "gamma", oneMinusLog(0.9, 0.9999)}</pre>
     *
     * @throws IllegalArgumentException if the bounds are reversed, equal or not below 1
     */
    static Domain oneMinusLog(double lower, double upper) {
        return new OneMinusLog(lower, upper);
    }

    /**
     * Returns one of the options, each as likely; perturbation moves to a neighbour in this order.
     *
     * @throws IllegalArgumentException if there are none, or two that are equal
     */
    static Domain choice(Object... options) {
        return new Choice(Arrays.asList(options));
    }

    /** Returns one of the options, as {@link #choice(Object...)}. */
    static Domain choice(List<?> options) {
        return new Choice(options);
    }

    /**
     * Returns a choice whose options bring hyperparameters of their own, which exist only while that option is chosen.
     *
     * <pre>{@code "optimizer", conditional(Map.of(
     *         "adam", Map.of("beta", uniform(0.8, 0.99)),
     *         "sgd", Map.of("momentum", uniform(0, 1))))}</pre>
     *
     * <p>In the values of a trial the chosen option is {@code optimizer}, and {@code beta} or {@code momentum} stands
     * beside it. Options are tried in the order of the map, or of their texts where it has none; what an option brings may
     * be nested and may be conditional itself. Two options cannot bring the same name.
     *
     * @param options option to what it brings, by name: domains, constants, nested maps
     * @throws IllegalArgumentException if there are no options
     */
    static Domain conditional(Map<?, ? extends Map<String, ?>> options) {
        return Conditional.of(options);
    }

    /**
     * Returns values that are all tried: each combination of the values of all grids of a space is a trial.
     *
     * @throws IllegalArgumentException if there are none, or two that are equal
     */
    static Domain grid(Object... values) {
        return new Grid(Arrays.asList(values));
    }

    /** Returns values that are all tried, as {@link #grid(Object...)}. */
    static Domain grid(List<?> values) {
        return new Grid(List.copyOf(values));
    }

    /**
     * Returns a value computed from others. The function must depend on its argument alone; what should be random is
     * declared as a domain of its own and read by the function. It may read other such values, in any order of
     * declaration; a circle is refused. It is computed anew when the values it reads have changed, never multiplied.
     */
    static Domain sampleFrom(Function<HyperParams, Object> function) {
        return new SampleFrom(function);
    }

    /**
     * Returns the domain that JSON values declare: {@code {loguniform: [1e-5, 1e-3]}} as in files, or as {@link #toJson}
     * writes it.
     *
     * @param path names it in errors, such as {@code config/lr}
     * @throws IllegalArgumentException naming the path, what stands there, and what must
     */
    static Domain fromJson(@Nullable Object json, String path) {
        return DomainJson.read(json, path);
    }

    /** Draws a value. */
    Object sample(Pcg64 random, HyperParams chosenSoFar);

    /** Returns whether the value belongs to the domain, its type included. */
    boolean contains(Object value);

    /**
     * Returns the nearest value that belongs to the domain, in the domain's type.
     *
     * @throws IllegalArgumentException if there is no nearest, such as for a text that is not among the options
     */
    Object clamp(Object value);

    /**
     * Moves a value by one step in the domain's own scale.
     *
     * @param value the value to start from; one from outside is clamped first
     * @param factor above 1 to grow, below 1 to shrink (of {@code oneMinusLog}, 1 - x is divided by it); a choice goes left
     *     or right by a fair coin instead
     * @param random used by choices only
     */
    Move perturb(Object value, double factor, Pcg64 random);

    /**
     * Returns values such that whoever accepts them accepts the whole domain: the ends of an interval, all options of a
     * choice, nothing for {@code sampleFrom}, whose values nobody knows beforehand.
     */
    List<Object> extremes();

    /** Returns the declaration as JSON values. */
    Object toJson();

    /** Returns the declaration, such as {@code uniform(0.1, 0.5)}. */
    @Override
    String toString();

    /**
     * A perturbed value.
     *
     * @param value the new value
     * @param how what was done, such as {@code * 1.2}, {@code shift left}, {@code * 1.2, clamped}
     */
    record Move(Object value, String how) {}

    /** A value computed from others. */
    record SampleFrom(Function<HyperParams, Object> function) implements Domain {
        @Override
        public Object sample(Pcg64 random, HyperParams chosenSoFar) {
            return Values.normal("the value of sampleFrom", function.apply(chosenSoFar));
        }

        @Override
        public boolean contains(Object value) {
            return true;
        }

        @Override
        public Object clamp(Object value) {
            return Values.normal("the value of sampleFrom", value);
        }

        /** Leaves the value: it follows from others and is computed from them. */
        @Override
        public Move perturb(Object value, double factor, Pcg64 random) {
            return new Move(clamp(value), "follows the values that it is computed from");
        }

        @Override
        public List<Object> extremes() {
            return List.of();
        }

        @Override
        public Object toJson() {
            return Map.of("domain", "sampleFrom");
        }

        @Override
        public String toString() {
            return "sampleFrom(...)";
        }
    }
}
