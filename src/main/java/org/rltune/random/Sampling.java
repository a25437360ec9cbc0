package org.rltune.random;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.rltune.check.Check;

/** Choices, shuffles and the geometric distribution of NumPy's {@code Generator} ({@code _generator.pyx}). */
final class Sampling {
    /** NumPy accepts probabilities whose sum is this near to 1: the square root of the epsilon of a double. */
    private static final double SUM_TOLERANCE = 0x1.0p-26;

    private Sampling() {}

    static int[] choice(Pcg64 random, int n, int size, boolean replace) {
        Check.atLeast("size", size, 0);
        if (replace) {
            Check.positive("n", n);
            int[] chosen = new int[size];
            for (int i = 0; i < size; i++) {
                chosen[i] = (int) Integers.bounded(random, n - 1);
            }
            return chosen;
        }
        Check.atLeast("n", n, 0);
        requireEnough(n, size, "n");
        // NumPy's rule: many of many are the tail of a shuffle, few are found one by one.
        if (n > 10000 && size > n / 50) {
            int[] all = new int[n];
            Arrays.setAll(all, i -> i);
            shuffleChosen(random, all, Math.max(n - size, 1));
            return Arrays.copyOfRange(all, n - size, n);
        }
        return floyd(random, n, size);
    }

    /** R. W. Floyd's sampling: step j takes a number up to j, or j itself where that number is taken already. */
    private static int[] floyd(Pcg64 random, int n, int size) {
        int[] chosen = new int[size];
        long[] taken = new long[(n + 63) / 64];
        for (int j = n - size; j < n; j++) {
            int value = (int) Integers.bounded(random, j);
            if ((taken[value >> 6] & 1L << value) != 0) {
                value = j;
            }
            taken[value >> 6] |= 1L << value;
            chosen[j - n + size] = value;
        }
        shuffleChosen(random, chosen, 1);
        return chosen;
    }

    static int[] choice(Pcg64 random, double[] p, int size, boolean replace) {
        Check.atLeast("size", size, 0);
        checked(p);
        int[] chosen = new int[size];
        if (replace) {
            double[] cumulative = cumulative(p);
            for (int i = 0; i < size; i++) {
                chosen[i] = index(cumulative, random.nextDouble());
            }
            return chosen;
        }
        requireEnough((int) Arrays.stream(p).filter(x -> x > 0).count(), size, "the number of positive probabilities");
        double[] left = p.clone();
        int found = 0;
        while (found < size) {
            // Draws for all that is missing come first; then those already found lose their probability.
            double[] draws = new double[size - found];
            for (int i = 0; i < draws.length; i++) {
                draws[i] = random.nextDouble();
            }
            for (int i = 0; i < found; i++) {
                left[chosen[i]] = 0;
            }
            double[] cumulative = cumulative(left);
            int before = found;
            for (double draw : draws) {
                int candidate = index(cumulative, draw);
                boolean repeated = false;
                for (int i = before; i < found; i++) {
                    repeated |= chosen[i] == candidate;
                }
                if (!repeated) {
                    chosen[found++] = candidate;
                }
            }
        }
        return chosen;
    }

    static double[] checked(double[] p) {
        if (p.length == 0) {
            throw new IllegalArgumentException("p is empty, but there must be at least one probability. Add one.");
        }
        // Kahan's sum, as NumPy: the sum of many probabilities must not fail by rounding.
        double sum = p[0];
        double lost = 0;
        for (int i = 0; i < p.length; i++) {
            if (!(p[i] >= 0)) {
                throw new IllegalArgumentException(
                        "p[" + i + "] is " + p[i] + ", but a probability must be at least 0. Replace it by 0 or more.");
            }
            if (i > 0) {
                double term = p[i] - lost;
                double next = sum + term;
                lost = (next - sum) - term;
                sum = next;
            }
        }
        if (!(Math.abs(sum - 1) <= SUM_TOLERANCE)) {
            throw new IllegalArgumentException("The probabilities " + shortened(p) + " sum to " + sum
                    + ", but they must sum to 1. Divide each of them by their sum.");
        }
        return p;
    }

    static double[] cumulative(double[] p) {
        double[] cumulative = new double[p.length];
        double sum = 0;
        for (int i = 0; i < p.length; i++) {
            sum = i == 0 ? p[0] : sum + p[i];
            cumulative[i] = sum;
        }
        for (int i = 0; i < p.length; i++) {
            cumulative[i] /= sum;
        }
        return cumulative;
    }

    /** The first index whose cumulative probability is above the draw. */
    static int index(double[] cumulative, double draw) {
        int low = 0;
        int high = cumulative.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (draw < cumulative[middle]) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return low;
    }

    /** The shuffle inside NumPy's {@code choice}, which draws its positions as {@code integers} does. */
    private static void shuffleChosen(Pcg64 random, int[] values, int first) {
        for (int i = values.length - 1; i >= first; i--) {
            swap(values, i, (int) Integers.bounded(random, i));
        }
    }

    /** NumPy's {@code shuffle}, which draws its positions by masks and not as {@code integers} does. */
    static void shuffle(Pcg64 random, int[] values) {
        for (int i = values.length - 1; i >= 1; i--) {
            swap(values, i, Integers.masked(random, i));
        }
    }

    static void shuffle(Pcg64 random, List<?> values) {
        for (int i = values.size() - 1; i >= 1; i--) {
            Collections.swap(values, i, Integers.masked(random, i));
        }
    }

    private static void swap(int[] values, int i, int j) {
        int kept = values[i];
        values[i] = values[j];
        values[j] = kept;
    }

    static long geometric(Pcg64 random, double p) {
        Check.inOpenClosed("p", p, 0, 1);
        if (p >= 0.333333333333333333333333) {
            long trials = 1;
            double probability = p;
            double sum = p;
            double draw = random.nextDouble();
            while (draw > sum) {
                probability *= 1 - p;
                sum += probability;
                trials++;
            }
            return trials;
        }
        double trials = Math.ceil(-random.standardExponential() / StrictMath.log1p(-p));
        return trials >= 0x1.0p63 ? Long.MAX_VALUE : (long) trials;
    }

    private static void requireEnough(int available, int size, String what) {
        if (size > available) {
            throw new IllegalArgumentException("size is " + size + ", but without replacement it must be at most "
                    + what + ", " + available + ". Ask for fewer or choose with replacement.");
        }
    }

    private static String shortened(double[] p) {
        return p.length <= 16 ? Arrays.toString(p) : "(" + p.length + " values)";
    }
}
