package org.rltune.env;

import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How a {@link VectorEnv} is reset: with which seeds, which environments, and with which options; Gymnasium's {@code
 * reset(seed=, options=)}. Immutable.
 *
 * <pre>{@code
 * env.reset(VectorReset.seed(42), out);                          // environment i gets the seed 42 + i
 * env.reset(VectorReset.next().where(false, true), out);         // only the second, its generator goes on
 * }</pre>
 */
public final class VectorReset {
    private static final VectorReset NEXT = new VectorReset(null, null, null, Map.of());

    private final @Nullable Long first;
    private final @Nullable Long @Nullable [] seeds;
    private final boolean @Nullable [] mask;
    private final Map<String, Object> options;

    private VectorReset(
            @Nullable Long first,
            @Nullable Long @Nullable [] seeds,
            boolean @Nullable [] mask,
            Map<String, Object> options) {
        this.first = first;
        this.seeds = seeds;
        this.mask = mask;
        this.options = options;
    }

    /** Every generator goes on as it stands; those that were never seeded begin as with the seed of their index. */
    public static VectorReset next() {
        return NEXT;
    }

    /** Environment {@code i} gets the seed {@code first + i}; at least 0. */
    public static VectorReset seed(long first) {
        return new VectorReset(notNegative(first), null, null, Map.of());
    }

    /** A seed for each environment, at least 0; null lets its generator go on. */
    public static VectorReset seeds(@Nullable Long... seeds) {
        for (Long seed : seeds) {
            if (seed != null) {
                notNegative(seed);
            }
        }
        return new VectorReset(null, seeds.clone(), null, Map.of());
    }

    /** A copy that resets only the environments whose element is true, at least one. */
    public VectorReset where(boolean... mask) {
        for (boolean chosen : mask) {
            if (chosen) {
                return new VectorReset(first, seeds, mask.clone(), options);
            }
        }
        throw new IllegalArgumentException("The mask of a reset is " + Arrays.toString(mask)
                + "; at least one environment must be true. Leave out the reset, or where(...) to reset all");
    }

    /** A copy with these reset options for every environment. */
    public VectorReset withOptions(Map<String, Object> options) {
        return new VectorReset(first, seeds, mask, Collections.unmodifiableMap(new LinkedHashMap<>(options)));
    }

    private static long notNegative(long seed) {
        if (seed < 0) {
            throw new IllegalArgumentException("reset with the seed " + seed + ": a seed must be at least 0");
        }
        return seed;
    }

    /** Whether environment {@code e} is reset. */
    public boolean chooses(int e) {
        return mask == null || mask[e];
    }

    /** Whether every environment is reset. */
    public boolean all() {
        return mask == null;
    }

    /** Whether some environment gets a seed. */
    public boolean seeded() {
        return first != null || seeds != null;
    }

    /** The seed of environment {@code e}, null for none. */
    public @Nullable Long seedOf(int e) {
        if (first != null) {
            return first + e;
        }
        return seeds == null ? null : seeds[e];
    }

    /** The options for every environment. */
    public Map<String, Object> options() {
        return options;
    }

    /** Refuses seeds and masks of another length. */
    void check(int numEnvs) {
        checkLength("seeds", seeds == null ? numEnvs : seeds.length, numEnvs);
        checkLength("mask", mask == null ? numEnvs : mask.length, numEnvs);
    }

    private static void checkLength(String what, int length, int numEnvs) {
        if (length != numEnvs) {
            throw new IllegalArgumentException("The " + what + " of the reset have " + length
                    + " elements, but there are " + numEnvs + " environments. Give one for each");
        }
    }
}
