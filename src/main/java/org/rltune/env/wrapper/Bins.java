package org.rltune.env.wrapper;

import org.rltune.check.Check;
import org.rltune.space.Box;

/**
 * Equal bins for each element of a bounded box, and one number for all elements together: that of the last element runs
 * fastest. Edges and centers are float32 with the roundings of NumPy's {@code linspace}.
 */
final class Bins {
    private final int[] counts;
    private final float[][] edges; // counts[i] + 1 of them
    private final int total;

    private Bins(int[] counts, float[][] edges, int total) {
        this.counts = counts;
        this.edges = edges;
        this.total = total;
    }

    /** Bins for a box; one count for all elements or one for each. */
    static Bins of(String wrapper, Box box, int[] given) {
        if (given.length != 1 && given.length != box.size()) {
            throw new IllegalArgumentException(wrapper + " got " + given.length + " numbers of bins, but the space "
                    + box + " has " + box.size() + " elements. Give one number for all of them, or one for each.");
        }
        int[] counts = new int[box.size()];
        float[][] edges = new float[counts.length][];
        long total = 1;
        for (int i = 0; i < counts.length; i++) {
            counts[i] = Check.positive("bins[" + (given.length == 1 ? 0 : i) + "]", given[given.length == 1 ? 0 : i]);
            edges[i] = linspace(box.low(i), box.high(i), counts[i]);
            total = Math.min(total * counts[i], Long.MAX_VALUE >> 32);
        }
        return new Bins(counts, edges, (int) Math.min(total, Integer.MAX_VALUE));
    }

    private static float[] linspace(float low, float high, int parts) {
        float[] points = new float[parts + 1];
        float range = high - low;
        float step = range / parts;
        for (int k = 0; k < parts; k++) {
            points[k] = (step == 0 ? k / (float) parts * range : k * step) + low;
        }
        points[parts] = high;
        return points;
    }

    int[] counts() {
        return counts.clone();
    }

    /** How many combinations of bins there are. */
    int total(String wrapper) {
        if (total == Integer.MAX_VALUE) {
            throw new IllegalArgumentException(wrapper + " would need more than " + (Integer.MAX_VALUE - 1)
                    + " numbers for all combinations of bins. Take fewer bins, or one number for each element.");
        }
        return total;
    }

    /** The bin of element i that holds x: the number of inner edges that do not exceed it. */
    int bin(int i, float x) {
        int bin = 0;
        while (bin < counts[i] - 1 && edges[i][bin + 1] <= x) {
            bin++;
        }
        return bin;
    }

    /** The bin of element i whose center is nearest to x; of two the lower one. */
    int nearest(int i, float x) {
        int best = 0;
        for (int bin = 1; bin < counts[i]; bin++) {
            if (Math.abs(center(i, bin) - x) < Math.abs(center(i, best) - x)) {
                best = bin;
            }
        }
        return best;
    }

    /** The middle of a bin; the number of a bin is first brought into its range. */
    float center(int i, int bin) {
        int held = Math.min(Math.max(bin, 0), counts[i] - 1);
        return 0.5f * (edges[i][held] + edges[i][held + 1]);
    }

    /** Where a bin begins; the one after the last begins at the upper bound. */
    float edge(int i, int bin) {
        return edges[i][bin];
    }

    /** One number for the bins of all elements. */
    int join(int[] bins) {
        int number = 0;
        for (int i = 0; i < counts.length; i++) {
            number = number * counts[i] + bins[i];
        }
        return number;
    }

    /** The bins of all elements from one number. */
    int[] split(int number) {
        int[] bins = new int[counts.length];
        int rest = number;
        for (int i = counts.length - 1; i >= 0; i--) {
            bins[i] = rest % counts[i];
            rest /= counts[i];
        }
        return bins;
    }
}
