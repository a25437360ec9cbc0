package org.rltune.random;

import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.rltune.check.Check;

/**
 * NumPy's {@code Generator(PCG64(seed))}, bit for bit as NumPy 2.4.6: the same draws in the same order.
 *
 * <p>PCG64 is M. E. O'Neill's XSL-RR generator with 128 bits of state (HMC-CS-2014-0905, section 6.3). The samplers follow
 * {@code numpy/random/_generator.pyx} and {@code distributions.c}. Methods of {@link RandomGenerator} that NumPy has under
 * another name are the same draws: {@code nextDouble()} is {@code random()}, {@code nextFloat()} is {@code
 * random(dtype=float32)}, {@code nextLong(lo, hi)} and {@code nextInt(lo, hi)} are {@code integers(lo, hi)}, {@code
 * nextGaussian()} is {@code standard_normal()}. None of them depends on algorithms of the JDK.
 *
 * <p>A 32-bit draw uses half of a 64-bit word and keeps the other half for the next 32-bit draw; {@link State} holds that
 * half too. Not safe for use by more than one thread.
 */
public final class Pcg64 implements RandomGenerator {
    private static final long MULTIPLIER_HIGH = 0x2360ed051fc65da4L;
    private static final long MULTIPLIER_LOW = 0x4385df649fccf645L;

    private long stateHigh;
    private long stateLow;
    private long incHigh;
    private long incLow;
    private boolean hasUint32;
    private int uinteger;
    private @Nullable SeedScratch scratch; // of reseed

    /**
     * All that determines the draws to come.
     *
     * @param stateHigh upper 64 bits of the state of the congruential generator
     * @param stateLow its lower 64 bits
     * @param incHigh upper 64 bits of its increment
     * @param incLow its lower 64 bits; always odd
     * @param hasUint32 whether half of the last 64-bit word still waits for a 32-bit draw
     * @param uinteger that half
     */
    public record State(long stateHigh, long stateLow, long incHigh, long incLow, boolean hasUint32, int uinteger) {
        public State {
            if ((incLow & 1) == 0) {
                throw new IllegalArgumentException("incLow is " + incLow
                        + ", but the increment of PCG64 is always odd. Pass a state that Pcg64.state() gave.");
            }
        }
    }

    /** The generator that NumPy's {@code default_rng(seed)} gives; the seed is at least 0. */
    public Pcg64(long seed) {
        this(SeedSequence.longs(Check.atLeast("seed", seed, 0L), new int[0], 4));
    }

    /** The generator that NumPy's {@code default_rng(sequence)} gives. */
    public Pcg64(SeedSequence sequence) {
        this(sequence.generateLongs(4));
    }

    /** A generator that goes on where the state was taken. */
    public Pcg64(State state) {
        stateHigh = state.stateHigh;
        stateLow = state.stateLow;
        incHigh = state.incHigh;
        incLow = state.incLow;
        hasUint32 = state.hasUint32;
        uinteger = state.uinteger;
    }

    /** Starts from the initial state (words 0 and 1) and the stream (words 2 and 3), the upper half first. */
    Pcg64(long[] words) {
        begin(words[0], words[1], words[2], words[3]);
    }

    private void begin(long initialHigh, long initialLow, long streamHigh, long streamLow) {
        incHigh = streamHigh << 1 | streamLow >>> 63;
        incLow = streamLow << 1 | 1;
        stateHigh = 0;
        stateLow = 0;
        step();
        stateLow += initialLow;
        stateHigh += initialHigh + (Long.compareUnsigned(stateLow, initialLow) < 0 ? 1 : 0);
        step();
    }

    /** Begins again as {@code new Pcg64(seed)} does, without a new object. */
    public void reseed(long seed) {
        Check.atLeast("seed", seed, 0L);
        if (scratch == null) {
            scratch = new SeedScratch(0, 4);
        }
        scratch.words[0] = (int) seed;
        scratch.words[1] = (int) (seed >>> 32);
        scratch.mix();
        begin(scratch.word(0), scratch.word(1), scratch.word(2), scratch.word(3));
        hasUint32 = false;
        uinteger = 0;
    }

    /** The state, for {@link #restore} and {@link #Pcg64(State)}. */
    public State state() {
        return new State(stateHigh, stateLow, incHigh, incLow, hasUint32, uinteger);
    }

    /** Goes on where the state was taken. */
    public void restore(State state) {
        stateHigh = state.stateHigh;
        stateLow = state.stateLow;
        incHigh = state.incHigh;
        incLow = state.incLow;
        hasUint32 = state.hasUint32;
        uinteger = state.uinteger;
    }

    private void step() {
        long low = stateLow;
        // The unsigned upper half of low * MULTIPLIER_LOW; the multiplier is positive, so one correction is enough.
        long high = Math.multiplyHigh(low, MULTIPLIER_LOW) + (low >> 63 & MULTIPLIER_LOW);
        high += stateHigh * MULTIPLIER_LOW + low * MULTIPLIER_HIGH + incHigh;
        low = low * MULTIPLIER_LOW + incLow;
        stateHigh = Long.compareUnsigned(low, incLow) < 0 ? high + 1 : high;
        stateLow = low;
    }

    /** The next 64 bits: NumPy's {@code bit_generator.random_raw()}. */
    @Override
    public long nextLong() {
        step();
        return Long.rotateRight(stateHigh ^ stateLow, (int) (stateHigh >>> 58));
    }

    /** The next 32 bits: the lower half of a new word, or the upper half of the one before. */
    @Override
    public int nextInt() {
        if (hasUint32) {
            hasUint32 = false;
            return uinteger;
        }
        long word = nextLong();
        hasUint32 = true;
        uinteger = (int) (word >>> 32);
        return (int) word;
    }

    /** Uniform on [0, 1) in steps of 2^-53: {@code random()}. */
    @Override
    public double nextDouble() {
        return (nextLong() >>> 11) * 0x1.0p-53;
    }

    /** Uniform on [0, 1) in steps of 2^-24: {@code random(dtype=numpy.float32)}. */
    @Override
    public float nextFloat() {
        return (nextInt() >>> 8) * 0x1.0p-24f;
    }

    /** A fair coin: {@code integers(0, 2) != 0}. */
    @Override
    public boolean nextBoolean() {
        return nextInt() < 0;
    }

    /** Random bytes: {@code bytes(bytes.length)}; each 32-bit draw gives four, the lowest first. */
    @Override
    public void nextBytes(byte[] bytes) {
        int word = 0;
        for (int i = 0; i < bytes.length; i++) {
            word = (i & 3) == 0 ? nextInt() : word >>> 8;
            bytes[i] = (byte) word;
        }
    }

    /** {@code uniform(lo, hi)}: lo + (hi - lo) * random(). The difference must be finite and at least 0. */
    public double uniform(double lo, double hi) {
        double range = hi - lo;
        if (!(range >= 0 && range < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("uniform(" + lo + ", " + hi
                    + "): the lower bound must not exceed the upper one, and their difference must be finite."
                    + (hi < lo ? " Maybe uniform(" + hi + ", " + lo + ")?" : " Choose finite bounds."));
        }
        return lo + range * nextDouble();
    }

    /** A whole number from lo to hiExclusive - 1: {@code integers(lo, hi)}. */
    public long integers(long lo, long hiExclusive) {
        if (lo >= hiExclusive) {
            throw Integers.emptyRange(lo, hiExclusive);
        }
        return lo + Integers.bounded(this, hiExclusive - 1 - lo);
    }

    /** A standard normal number: {@code standard_normal()}, by the ziggurat of Marsaglia and Tsang (2000). */
    public double standardNormal() {
        return Ziggurat.normal(this);
    }

    /** A number with density exp(-x) on [0, infinity): {@code standard_exponential()}, by the ziggurat. */
    public double standardExponential() {
        return Ziggurat.exponential(this);
    }

    /** The number of trials up to the first success of probability p in (0, 1]: {@code geometric(p)}. */
    public long geometric(double p) {
        return Sampling.geometric(this, p);
    }

    /** An index from 0 to n - 1, all equally likely: {@code choice(n)}. */
    public int choice(int n) {
        return (int) Integers.bounded(this, Check.positive("n", n) - 1);
    }

    /** An index i with probability p[i]: {@code choice(p.length, p=p)}; the probabilities sum to 1. */
    public int choice(double[] p) {
        return Sampling.index(Sampling.cumulative(Sampling.checked(p)), nextDouble());
    }

    /** {@code choice(n, size)}: with replacement, or different indices without. */
    public int[] choice(int n, int size, boolean replace) {
        return Sampling.choice(this, n, size, replace);
    }

    /** {@code choice(p.length, size, p=p)}: with replacement, or different indices without. */
    public int[] choice(double[] p, int size, boolean replace) {
        return Sampling.choice(this, p, size, replace);
    }

    /** The numbers 0 to n - 1 in random order: {@code permutation(n)}. */
    public int[] permutation(int n) {
        int[] numbers = new int[Check.atLeast("n", n, 0)];
        for (int i = 0; i < n; i++) {
            numbers[i] = i;
        }
        shuffle(numbers);
        return numbers;
    }

    /** Puts the values in random order, in place: {@code shuffle(values)}. */
    public void shuffle(int[] values) {
        Sampling.shuffle(this, values);
    }

    /** Puts the values in random order, in place: {@code shuffle(values)}. */
    public void shuffle(List<?> values) {
        Sampling.shuffle(this, values);
    }

    /** {@code integers(lo, hi, size, dtype=int8 or uint8)}: four values from each 32-bit draw; hi - lo is at most 256. */
    public int[] integers8(int lo, int hiExclusive, int size) {
        return Integers.narrow(this, lo, hiExclusive, size, 8);
    }

    /** {@code integers(lo, hi, size, dtype=int16 or uint16)}: two values from each 32-bit draw; hi - lo is at most 65536. */
    public int[] integers16(int lo, int hiExclusive, int size) {
        return Integers.narrow(this, lo, hiExclusive, size, 16);
    }

    /** {@code integers(0, 2, size, dtype=bool)}: 32 values from each 32-bit draw. */
    public boolean[] booleans(int size) {
        return Integers.booleans(this, size);
    }

    @Override
    public int nextInt(int bound) {
        return (int) integers(0, bound);
    }

    @Override
    public int nextInt(int lo, int hiExclusive) {
        return (int) integers(lo, hiExclusive);
    }

    @Override
    public long nextLong(long bound) {
        return integers(0, bound);
    }

    @Override
    public long nextLong(long lo, long hiExclusive) {
        return integers(lo, hiExclusive);
    }

    @Override
    public double nextDouble(double bound) {
        return nextDouble(0, bound);
    }

    /** {@link #uniform} on a range that is not empty; where rounding gives the upper bound, the number below it. */
    @Override
    public double nextDouble(double lo, double hiExclusive) {
        double value = uniform(lo, Integers.nonEmpty(lo, hiExclusive));
        return value < hiExclusive ? value : Math.nextDown(hiExclusive);
    }

    @Override
    public float nextFloat(float bound) {
        return nextFloat(0, bound);
    }

    /** The float nearest to {@link #nextDouble(double, double)}, but below the upper bound. */
    @Override
    public float nextFloat(float lo, float hiExclusive) {
        float value = (float) nextDouble(lo, hiExclusive);
        return value < hiExclusive ? value : Math.nextDown(hiExclusive);
    }

    @Override
    public double nextGaussian() {
        return standardNormal();
    }

    /** {@code normal(mean, stddev)}: mean + stddev * standard_normal(). */
    @Override
    public double nextGaussian(double mean, double stddev) {
        return mean + Check.atLeast("stddev", stddev, 0.0) * standardNormal();
    }

    @Override
    public double nextExponential() {
        return standardExponential();
    }
}
