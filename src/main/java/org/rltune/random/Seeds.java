package org.rltune.random;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.rltune.check.Check;

/**
 * Named streams of random numbers: the same seed, name and indices give the same numbers, whoever asks first.
 *
 * <p>A stream is addressed by a path of steps, each a name and any number of indices: {@code
 * Seeds.of(7).child("trial", 3).stream("rollout", worker)}. Its generator is {@code
 * PCG64(SeedSequence(seed, spawn_key=key))} of NumPy, where each step of the path adds to the key the four 32-bit words,
 * lowest first, of the 128-bit FNV-1a hash of the name's UTF-8 bytes (offset basis
 * 0x6c62272e07bb014262b821756295c58d, prime 2^88 + 0x13b), the number of indices, and for each index its lower and its
 * upper 32 bits. Different paths give different keys, and NumPy's mixing makes streams of different keys independent
 * for all practical purposes.
 *
 * <p>Immutable and safe to share between threads; the generators that it gives are not.
 */
public final class Seeds {
    private static final long FNV_BASIS_HIGH = 0x6c62272e07bb0142L;
    private static final long FNV_BASIS_LOW = 0x62b821756295c58dL;
    private static final long FNV_PRIME_LOW = 0x13b;
    private static final int FNV_PRIME_SHIFT = 88 - 64;

    private final long seed;
    private final int[] path;

    private Seeds(long seed, int[] path) {
        this.seed = seed;
        this.path = path;
    }

    /** The root of all streams of a seed of at least 0. */
    public static Seeds of(long seed) {
        return new Seeds(Check.atLeast("seed", seed, 0L), new int[0]);
    }

    /** The streams below a step of the path; they differ from those of every other name or index. */
    public Seeds child(String name, long... index) {
        return new Seeds(seed, extended(name, index));
    }

    /** A new generator at the start of the stream. */
    public Pcg64 stream(String name, long... index) {
        return new Pcg64(SeedSequence.longs(seed, extended(name, index), 4));
    }

    /** A seed from 0 to 2^63 - 1, for what wants a number instead of a generator, such as the reset of an environment. */
    public long seed(String name, long... index) {
        return SeedSequence.longs(seed, extended(name, index), 1)[0] >>> 1;
    }

    /** The seeds of this name and these indices, with one more index that counts; see {@link SeedSeries}. */
    public SeedSeries series(String name, long... index) {
        return new SeedSeries(seed, extended(name, Arrays.copyOf(index, index.length + 1)));
    }

    /** The seed of the root. */
    public long root() {
        return seed;
    }

    private int[] extended(String name, long[] index) {
        byte[] bytes = Check.notBlank("name", name).getBytes(StandardCharsets.UTF_8);
        long high = FNV_BASIS_HIGH;
        long low = FNV_BASIS_LOW;
        for (byte b : bytes) {
            low ^= b & 0xff;
            // (high, low) * (2^88 + prime low), modulo 2^128
            high = high * FNV_PRIME_LOW + Words.multiplyHigh(low, FNV_PRIME_LOW) + (low << FNV_PRIME_SHIFT);
            low *= FNV_PRIME_LOW;
        }
        int at = path.length;
        int[] key = Arrays.copyOf(path, at + 5 + 2 * index.length);
        key[at++] = (int) low;
        key[at++] = (int) (low >>> 32);
        key[at++] = (int) high;
        key[at++] = (int) (high >>> 32);
        key[at++] = index.length;
        for (long i : index) {
            key[at++] = (int) i;
            key[at++] = (int) (i >>> 32);
        }
        return key;
    }
}
