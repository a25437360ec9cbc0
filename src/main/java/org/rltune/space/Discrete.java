package org.rltune.space;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.rltune.check.Check;
import org.rltune.json.Json;
import org.rltune.random.Pcg64;

/** The whole numbers from {@code start} to {@code start + n - 1}. */
public final class Discrete implements Space<Integer> {
    private final int n;
    private final int start;

    private Discrete(int n, int start) {
        this.n = Check.positive("n", n);
        this.start = start;
        Check.atMost("start + n - 1", (long) start + n - 1, Integer.MAX_VALUE);
    }

    /** The numbers 0 to n - 1; n is at least 1. */
    public static Discrete of(int n) {
        return new Discrete(n, 0);
    }

    /** The numbers start to start + n - 1; n is at least 1. */
    public static Discrete of(int n, int start) {
        return new Discrete(n, start);
    }

    /** How many numbers there are. */
    public int n() {
        return n;
    }

    /** The smallest of them. */
    public int start() {
        return start;
    }

    /** A number, all equally likely: {@code start + integers(0, n)}. */
    @Override
    public Integer sample(Pcg64 random) {
        return start + (int) random.integers(0, n);
    }

    /**
     * A number that the mask allows, or with its probability; {@code start} where a mask allows none.
     *
     * @param mask {@link Mask#of} with n values of 0 or 1, or {@link Mask#probability} with n values that sum to 1
     */
    @Override
    public Integer sample(Streams streams, Mask mask) {
        if (mask instanceof Mask.None) {
            return sample(streams.own());
        }
        if (mask instanceof Mask.Weights weights) {
            return start + streams.own().choice(Masks.distribution(this, weights, n));
        }
        return start + Masks.allowed(Masks.flags(this, mask, n, 1), streams.own());
    }

    @Override
    public @Nullable String violation(Integer value) {
        return violation(value, start, start + n - 1);
    }

    static @Nullable String violation(int value, int first, int last) {
        if (value < first) {
            return "value " + value + " is below the bound " + first;
        }
        return value > last ? "value " + value + " is above the bound " + last : null;
    }

    @Override
    public Class<?> valueType() {
        return Integer.class;
    }

    @Override
    public boolean isFlattenable() {
        return true;
    }

    @Override
    public int flatSize() {
        return n;
    }

    /** A 1 at {@code value - start}, 0 elsewhere. */
    @Override
    public void flatten(Integer value, float[] out, int at) {
        Flat.require(this, value);
        Arrays.fill(out, at, at + n, 0);
        out[at + value - start] = 1;
    }

    /** The position of the first number that is not 0. */
    @Override
    public Integer unflatten(float[] values, int at) {
        return start + Flat.hot(this, values, at, n);
    }

    @Override
    public Box flattened() {
        return Flat.binary(n);
    }

    @Override
    public Object toJsonable(Integer value) {
        return (long) value;
    }

    @Override
    public Integer fromJsonable(@Nullable Object json) {
        return Json.asInt(json, "value");
    }

    @Override
    public Map<String, Object> toJson() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("type", "Discrete");
        json.put("n", (long) n);
        json.put("start", (long) start);
        return json;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Discrete that && n == that.n && start == that.start;
    }

    @Override
    public int hashCode() {
        return 31 * n + start;
    }

    @Override
    public String toString() {
        return start == 0 ? "Discrete(" + n + ")" : "Discrete(" + n + ", start=" + start + ")";
    }
}
