package org.rltune.experiments;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads seeds such as {@code 0..4}, {@code 7} or {@code 1,3,5..9}. */
public final class SeedList {
    private static final int MOST = 1000;

    private SeedList() {}

    /**
     * Returns the seeds in the order given.
     *
     * @throws IllegalArgumentException if the text is no list of seeds
     */
    public static List<Long> parse(String text) {
        List<Long> seeds = new ArrayList<>();
        for (String part : text.split(",", -1)) {
            String[] ends = part.strip().split("\\.\\.", -1);
            try {
                long first = Long.parseLong(ends[0]);
                long last = Long.parseLong(ends[ends.length - 1]);
                if (ends.length > 2 || first < 0 || last < first || last - first >= MOST) {
                    throw unreadable(text, part, null);
                }
                for (long seed = first; seed <= last; seed++) {
                    seeds.add(seed);
                }
            } catch (NumberFormatException e) {
                throw unreadable(text, part, e);
            }
        }
        return List.copyOf(seeds);
    }

    private static IllegalArgumentException unreadable(
            String text, String part, @Nullable NumberFormatException cause) {
        return new IllegalArgumentException(
                "--seeds=" + text + ": \"" + part + "\" is not a seed of at least 0 or a range of at most " + MOST
                        + " seeds. Write 0..4, 7 or 1,3,5..9.",
                cause);
    }
}
