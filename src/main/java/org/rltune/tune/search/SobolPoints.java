package org.rltune.tune.search;

import org.hipparchus.random.SobolSequenceGenerator;
import org.rltune.check.Check;
import org.rltune.random.Seeds;

/**
 * Sobol's sequence in the unit cube, as it is or scrambled.
 *
 * <p>The numbers that define it are those of S. Joe and F. Y. Kuo ("Constructing Sobol sequences with better
 * two-dimensional projections", SIAM Journal on Scientific Computing 30, 2008; file new-joe-kuo-6.21201), which Hipparchus
 * ships. Scrambling is A. Owen's (nested uniform, 1995): each binary digit is flipped or not, as a hash of the digits above
 * it says, so that all balance of the sequence stays and every point is uniform on its own.
 */
final class SobolPoints {
    /** The most coordinates for which numbers are known. */
    static final int MAX_DIMENSION = 21201;

    private static final int DIGITS = 52;
    private static final double SCALE = 0x1.0p52;

    private final SobolSequenceGenerator sequence;
    private final long[] keys;

    /** Makes the sequence as it is; its first point is the origin. */
    SobolPoints(int dimension) {
        this(dimension, new long[0]);
    }

    /**
     * Makes the sequence scrambled.
     *
     * @param name the stream of the scrambling; each coordinate has an index in it
     */
    SobolPoints(int dimension, Seeds seeds, String name) {
        this(dimension, keys(dimension, seeds, name));
    }

    private SobolPoints(int dimension, long[] keys) {
        this.sequence = new SobolSequenceGenerator(Check.inClosed("the number of axes", dimension, 1, MAX_DIMENSION));
        this.keys = keys;
    }

    private static long[] keys(int dimension, Seeds seeds, String name) {
        long[] keys = new long[dimension];
        for (int i = 0; i < dimension; i++) {
            keys[i] = seeds.seed(name, i);
        }
        return keys;
    }

    /** Returns the point with this index, from 0, as a new array; every coordinate is in [0, 1). */
    double[] at(int index) {
        double[] point = sequence.skipTo(index);
        for (int i = 0; i < keys.length; i++) {
            point[i] = scrambled((long) (point[i] * SCALE), keys[i]) / SCALE;
        }
        return point;
    }

    /** Flips each of the 52 digits by a coin that belongs to the digits above it; 2^level + prefix names those digits. */
    private static long scrambled(long digits, long key) {
        long result = 0;
        for (int level = 0; level < DIGITS; level++) {
            long node = (1L << level) + (digits >>> (DIGITS - level));
            long digit = digits >>> (DIGITS - 1 - level) & 1;
            result = result << 1 | (digit ^ (mixed(key ^ mixed(node)) & 1));
        }
        return result;
    }

    /** The finalizer of SplitMix64 (G. Steele, D. Lea, C. Flood, 2014). */
    private static long mixed(long word) {
        long z = word + 0x9e3779b97f4a7c15L;
        z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
        z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
        return z ^ (z >>> 31);
    }
}
