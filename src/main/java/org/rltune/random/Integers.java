package org.rltune.random;

import org.rltune.check.Check;

/**
 * Whole numbers of a range without bias, by D. Lemire's multiplication method (arXiv:1805.10941), with the widths and
 * the buffers of NumPy's {@code integers}.
 */
final class Integers {
    private Integers() {}

    /** A number from 0 to {@code range}, both included and unsigned; a range of 0 draws nothing. */
    static long bounded(Pcg64 random, long range) {
        if (range == 0) {
            return 0;
        }
        if (range >>> 32 == 0) {
            return bounded32(random, range);
        }
        return range == -1 ? random.nextLong() : bounded64(random, range);
    }

    private static long bounded32(Pcg64 random, long range) {
        if (range == 0xffffffffL) {
            return random.nextInt() & 0xffffffffL;
        }
        long count = range + 1;
        long product = (random.nextInt() & 0xffffffffL) * count;
        if ((product & 0xffffffffL) < count) {
            long threshold = (0xffffffffL - range) % count;
            while ((product & 0xffffffffL) < threshold) {
                product = (random.nextInt() & 0xffffffffL) * count;
            }
        }
        return product >>> 32;
    }

    private static long bounded64(Pcg64 random, long range) {
        long count = range + 1;
        long draw = random.nextLong();
        long low = draw * count;
        if (Long.compareUnsigned(low, count) < 0) {
            long threshold = Long.remainderUnsigned(-1 - range, count);
            while (Long.compareUnsigned(low, threshold) < 0) {
                draw = random.nextLong();
                low = draw * count;
            }
        }
        return Words.multiplyHigh(draw, count);
    }

    /** A number from 0 to {@code max}, both included: as many bits as it needs, drawn until they do not exceed it. */
    static int masked(Pcg64 random, int max) {
        int mask = -1 >>> Integer.numberOfLeadingZeros(max);
        int value = random.nextInt() & mask;
        while (value > max) {
            value = random.nextInt() & mask;
        }
        return value;
    }

    /** An array of 8- or 16-bit numbers: each 32-bit draw is cut into pieces, the lowest first. */
    static int[] narrow(Pcg64 random, int lo, int hiExclusive, int size, int bits) {
        if (lo >= hiExclusive) {
            throw emptyRange(lo, hiExclusive);
        }
        int full = 1 << bits;
        long count = (long) hiExclusive - lo;
        Check.atMost("hi - lo", count, full);
        int[] values = new int[Check.atLeast("size", size, 0)];
        Pieces pieces = new Pieces(random, bits);
        for (int i = 0; i < size && count > 1; i++) {
            int product = pieces.next() * (int) count;
            if (count < full && (product & full - 1) < count) {
                int threshold = (int) ((full - count) % count);
                while ((product & full - 1) < threshold) {
                    product = pieces.next() * (int) count;
                }
            }
            values[i] = product >>> bits;
        }
        for (int i = 0; i < size; i++) {
            values[i] += lo;
        }
        return values;
    }

    static boolean[] booleans(Pcg64 random, int size) {
        boolean[] values = new boolean[Check.atLeast("size", size, 0)];
        Pieces pieces = new Pieces(random, 1);
        for (int i = 0; i < size; i++) {
            values[i] = pieces.next() != 0;
        }
        return values;
    }

    /** A 32-bit draw cut into pieces; what is left over when the array is full is thrown away, as NumPy does. */
    private static final class Pieces {
        private final Pcg64 random;
        private final int bits;
        private int word;
        private int left;

        Pieces(Pcg64 random, int bits) {
            this.random = random;
            this.bits = bits;
        }

        int next() {
            if (left == 0) {
                word = random.nextInt();
                left = 32 / bits;
            } else {
                word >>>= bits;
            }
            left--;
            return word & (1 << bits) - 1;
        }
    }

    static IllegalArgumentException emptyRange(long lo, long hiExclusive) {
        return new IllegalArgumentException("integers(" + lo + ", " + hiExclusive
                + "): the lower bound must be below the exclusive upper bound."
                + (lo == hiExclusive
                        ? " Raise the upper bound."
                        : " Maybe integers(" + hiExclusive + ", " + lo + ")?"));
    }

    static double nonEmpty(double lo, double hiExclusive) {
        if (!(lo < hiExclusive)) {
            throw new IllegalArgumentException("nextDouble(" + lo + ", " + hiExclusive
                    + "): the lower bound must be below the exclusive upper bound. Raise the upper bound.");
        }
        return hiExclusive;
    }
}
