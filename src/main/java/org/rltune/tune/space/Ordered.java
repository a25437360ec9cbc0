package org.rltune.tune.space;

import org.jspecify.annotations.Nullable;

/** A set of numbers in which a constraint can look for the nearest one on either side. */
interface Ordered {
    /** Returns whether the set holds numbers alone; a list of options may hold texts, which no rule can order. */
    default boolean isNumeric() {
        return true;
    }

    /** Returns the largest number of the set that is at most {@code bound}, or null if there is none. */
    @Nullable
    Number atMost(Number bound);

    /** Returns the smallest number of the set that is at least {@code bound}, or null if there is none. */
    @Nullable
    Number atLeast(Number bound);
}
