package org.rltune.space;

import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.rltune.check.Check;

/**
 * Seeds for a space and its parts: one number from which all are derived, or one for each part.
 *
 * <p>{@link Tuple} takes a seed for each part, {@link Dict} one for each key, {@link OneOf} one for itself and one for each
 * part, {@link Sequence} one for itself and one for its elements, {@link Graph} one for itself, one for the nodes and, if
 * it has an edge space, one for the edges.
 */
public sealed interface SeedTree {
    /** One seed of at least 0. */
    record One(long seed) implements SeedTree {
        public One {
            Check.atLeast("seed", seed, 0L);
        }

        @Override
        public String toString() {
            return Long.toString(seed);
        }
    }

    /** Seeds by position. */
    record Parts(List<SeedTree> parts) implements SeedTree {
        public Parts {
            parts = List.copyOf(parts);
        }

        @Override
        public String toString() {
            return parts.toString();
        }
    }

    /** Seeds by key, in the order of the keys. */
    record Named(Map<String, SeedTree> parts) implements SeedTree {
        public Named {
            parts = Collections.unmodifiableMap(new LinkedHashMap<>(parts));
        }

        @Override
        public String toString() {
            return parts.toString();
        }
    }

    /** One seed, at least 0. */
    static SeedTree of(long seed) {
        return new One(seed);
    }

    /** Seeds by position, each at least 0. */
    static SeedTree each(long... seeds) {
        return new Parts(Arrays.stream(seeds).mapToObj(SeedTree::of).toList());
    }

    /** Trees of seeds by position. */
    static SeedTree each(List<SeedTree> seeds) {
        return new Parts(seeds);
    }

    /** Trees of seeds by key. */
    static SeedTree named(Map<String, SeedTree> seeds) {
        return new Named(seeds);
    }
}
