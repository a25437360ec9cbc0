package org.rltune.space;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.rltune.random.Pcg64;

/** Reads masks: what a space makes of the one that it was given, and draws from it. */
final class Masks {
    /** What NumPy's {@code isclose} allows a sum of 1 to be off. */
    private static final double CLOSE = 1e-5 + 1e-8;

    private Masks() {}

    /** The numbers of a mask of the given length, each from 0 to {@code most}. */
    static List<Integer> flags(Space<?> space, Mask mask, int length, int most) {
        if (!(mask instanceof Mask.Flags flags)) {
            throw wrong(space, mask, "Mask.of or Mask.probability");
        }
        requireLength(space, "mask", flags.values().size(), length);
        for (int value : flags.values()) {
            if (value < 0 || value > most) {
                throw new IllegalArgumentException("The mask " + flags.values() + " for " + space + " holds " + value
                        + ", but its values are " + (most == 1 ? "0 and 1" : "0, 1 and 2")
                        + ". Use 1 for what is allowed and 0 for what is not.");
            }
        }
        return flags.values();
    }

    /** The probabilities of a mask of the given length, each from 0 to 1. */
    static double[] weights(Space<?> space, Mask.Weights weights, int length) {
        requireLength(space, "probabilities", weights.values().size(), length);
        double[] p = new double[length];
        for (int i = 0; i < length; i++) {
            p[i] = weights.values().get(i);
            if (!(p[i] >= 0 && p[i] <= 1)) {
                throw new IllegalArgumentException("probability[" + i + "] for " + space + " is " + p[i]
                        + ", but it must lie in [0, 1]. Replace it by a number in that range.");
            }
        }
        return p;
    }

    /** As {@link #weights}, and their sum is near to 1. */
    static double[] distribution(Space<?> space, Mask.Weights weights, int length) {
        double[] p = weights(space, weights, length);
        double sum = sum(p, 0, p.length);
        if (!(Math.abs(sum - 1) <= CLOSE)) {
            throw new IllegalArgumentException("The probabilities for " + space + " sum to " + sum
                    + ", but they must sum to 1." + (sum > 0 ? " Divide each by their sum." : " Set one above 0."));
        }
        return p;
    }

    private static void requireLength(Space<?> space, String what, int actual, int length) {
        if (actual != length) {
            throw new IllegalArgumentException(
                    "The " + what + " for " + space + " " + (what.endsWith("s") ? "have " : "has ") + actual
                            + " values, but there must be " + length + ". Give one for each.");
        }
    }

    /** An allowed position, all equally likely, or 0 where none is allowed; that draws nothing. */
    static int allowed(List<Integer> flags, Pcg64 random) {
        int[] allowed = new int[flags.size()];
        int count = 0;
        for (int i = 0; i < flags.size(); i++) {
            if (flags.get(i) == 1) {
                allowed[count++] = i;
            }
        }
        return count == 0 ? 0 : allowed[random.choice(count)];
    }

    /** A position by the mask of one element of a {@link MultiDiscrete}. */
    static int element(Discrete space, Mask mask, Pcg64 random) {
        if (!(mask instanceof Mask.Weights weights)) {
            return allowed(flags(space, mask, space.n(), 1), random);
        }
        // Gymnasium divides by the sum and lets NumPy choose among the positive ones.
        double[] p = distribution(space, weights, space.n());
        double sum = sum(p, 0, p.length);
        double[] positive = new double[p.length];
        int[] index = new int[p.length];
        int count = 0;
        for (int i = 0; i < p.length; i++) {
            if (p[i] > 0) {
                index[count] = i;
                positive[count++] = p[i] / sum;
            }
        }
        return index[random.choice(Arrays.copyOf(positive, count))];
    }

    /** The parts of a mask, as many as asked for; {@code none} for each of them if the mask is none. */
    static List<Mask> parts(Space<?> space, Mask mask, int count) {
        if (mask instanceof Mask.None) {
            return Collections.nCopies(count, mask);
        }
        if (!(mask instanceof Mask.Each each)) {
            throw wrong(space, mask, "Mask.each, with a mask or Mask.none() for each part");
        }
        if (each.parts().size() != count) {
            throw new IllegalArgumentException(
                    "The mask for " + space + " has " + each.parts().size() + " parts, but there must be " + count
                            + ". Give one for each, or Mask.none().");
        }
        return each.parts();
    }

    static IllegalArgumentException wrong(Space<?> space, Mask mask, String wanted) {
        return new IllegalArgumentException(
                "The mask is " + mask + ", but " + space + " takes another kind. Use " + wanted + ".");
    }

    /** NumPy's sum: eight partial sums up to 128 numbers, halves of multiples of eight beyond. */
    static double sum(double[] values, int from, int count) {
        if (count < 8) {
            double sum = 0;
            for (int i = 0; i < count; i++) {
                sum += values[from + i];
            }
            return sum;
        }
        if (count > 128) {
            int half = count / 2 - count / 2 % 8;
            return sum(values, from, half) + sum(values, from + half, count - half);
        }
        double[] r = Arrays.copyOfRange(values, from, from + 8);
        int whole = count - count % 8;
        for (int i = 8; i < whole; i++) {
            r[i & 7] += values[from + i];
        }
        double sum = ((r[0] + r[1]) + (r[2] + r[3])) + ((r[4] + r[5]) + (r[6] + r[7]));
        for (int i = whole; i < count; i++) {
            sum += values[from + i];
        }
        return sum;
    }
}
