package org.rltune.random;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.rltune.check.Check;

/**
 * NumPy's {@code SeedSequence}: turns a seed of any quality into well mixed state words, bit for bit as NumPy 2.4.6.
 *
 * <p>The entropy is cut into 32-bit words, the lowest first; the words of the spawn key follow. A pool of four words is
 * filled and mixed from them, and the state is hashed out of the pool. The algorithm is M. E. O'Neill's {@code seed_seq}
 * replacement as changed by NumPy ({@code numpy/random/bit_generator.pyx}).
 *
 * <p>All but {@link #spawn} is immutable. {@code spawn} counts the children that it gave, as NumPy does, so that two
 * calls never give the same child; where the order of calls must not matter, use {@link Seeds}.
 */
public final class SeedSequence {
    static final int POOL_WORDS = 4;
    private static final int INIT_A = 0x43b0d7e5;
    private static final int MULT_A = 0x931e8875;
    private static final int INIT_B = 0x8b51f9dd;
    private static final int MULT_B = 0x58f38ded;
    private static final int MIX_L = 0xca01f9dd;
    private static final int MIX_R = 0x4973f715;

    private final BigInteger entropy;
    private final int[] spawnKey;
    private final int[] pool;
    private int childrenSpawned;

    /**
     * A sequence for an entropy of any length and a spawn key.
     *
     * @param entropy the seed, at least 0
     * @param spawnKey the path of children that leads here, each an unsigned 32-bit word; empty for a root
     */
    public SeedSequence(BigInteger entropy, int... spawnKey) {
        if (entropy.signum() < 0) {
            throw negative(entropy);
        }
        this.entropy = entropy;
        this.spawnKey = spawnKey.clone();
        this.pool = mixedPool(words(entropy), this.spawnKey);
    }

    /** A root sequence for a seed of at least 0. */
    public static SeedSequence of(long seed) {
        if (seed < 0) {
            throw negative(seed);
        }
        return new SeedSequence(BigInteger.valueOf(seed));
    }

    /** The seed that the sequence was made from. */
    public BigInteger entropy() {
        return entropy;
    }

    /** The path of children that leads from the root to this sequence. */
    public int[] spawnKey() {
        return spawnKey.clone();
    }

    /** The first {@code words} 32-bit words of the state: NumPy's {@code generate_state(words)}. */
    public int[] generateState(int words) {
        Check.atLeast("words", words, 0);
        return state(pool, words);
    }

    /** The first {@code n} 64-bit words of the state: NumPy's {@code generate_state(n, numpy.uint64)}. */
    public long[] generateLongs(int n) {
        Check.inClosed("n", n, 0, Integer.MAX_VALUE / 2);
        return longs(pool, n);
    }

    /** The next {@code n} children: the same as the next {@code n} of NumPy's {@code spawn}. */
    public synchronized List<SeedSequence> spawn(int n) {
        Check.atLeast("n", n, 0);
        List<SeedSequence> children = new ArrayList<>(n);
        for (int i = 0; i < n; i++) {
            int[] key = Arrays.copyOf(spawnKey, spawnKey.length + 1);
            key[spawnKey.length] = childrenSpawned++;
            children.add(new SeedSequence(entropy, key));
        }
        return List.copyOf(children);
    }

    /** The state words for a seed below 2^63 and a spawn key, without an object in between. */
    static long[] longs(long seed, int[] spawnKey, int n) {
        int[] words = seed >>> 32 == 0 ? new int[] {(int) seed} : new int[] {(int) seed, (int) (seed >>> 32)};
        return longs(mixedPool(words, spawnKey), n);
    }

    private static long[] longs(int[] pool, int n) {
        int[] words = state(pool, 2 * n);
        long[] longs = new long[n];
        for (int i = 0; i < n; i++) {
            longs[i] = (words[2 * i] & 0xffffffffL) | (long) words[2 * i + 1] << 32;
        }
        return longs;
    }

    private static int[] state(int[] pool, int words) {
        int[] state = new int[words];
        fill(pool, state);
        return state;
    }

    /** Hashes the state out of the pool. */
    static void fill(int[] pool, int[] state) {
        int hash = INIT_B;
        for (int i = 0; i < state.length; i++) {
            int value = pool[i % POOL_WORDS] ^ hash;
            hash *= MULT_B;
            value *= hash;
            state[i] = value ^ value >>> 16;
        }
    }

    private static int[] mixedPool(int[] entropy, int[] spawnKey) {
        // With a spawn key the entropy is filled up to the pool, so that no key can stand for more entropy.
        int head = spawnKey.length > 0 ? Math.max(entropy.length, POOL_WORDS) : entropy.length;
        int[] words = new int[Math.max(head + spawnKey.length, POOL_WORDS)];
        System.arraycopy(entropy, 0, words, 0, entropy.length);
        System.arraycopy(spawnKey, 0, words, head, spawnKey.length);

        int[] pool = new int[POOL_WORDS];
        mix(words, pool);
        return pool;
    }

    /** Mixes the words, at least as many as the pool has, into the pool. */
    static void mix(int[] words, int[] pool) {
        int hash = INIT_A;
        for (int i = 0; i < POOL_WORDS; i++) {
            int next = hash * MULT_A;
            pool[i] = hashed(words[i], hash, next);
            hash = next;
        }
        for (int from = 0; from < POOL_WORDS; from++) {
            for (int to = 0; to < POOL_WORDS; to++) {
                if (from != to) {
                    int next = hash * MULT_A;
                    pool[to] = mixed(pool[to], hashed(pool[from], hash, next));
                    hash = next;
                }
            }
        }
        for (int from = POOL_WORDS; from < words.length; from++) {
            for (int to = 0; to < POOL_WORDS; to++) {
                int next = hash * MULT_A;
                pool[to] = mixed(pool[to], hashed(words[from], hash, next));
                hash = next;
            }
        }
    }

    private static int hashed(int value, int hash, int nextHash) {
        int product = (value ^ hash) * nextHash;
        return product ^ product >>> 16;
    }

    private static int mixed(int x, int y) {
        int result = MIX_L * x - MIX_R * y;
        return result ^ result >>> 16;
    }

    private static int[] words(BigInteger entropy) {
        int[] words = new int[Math.max(1, (entropy.bitLength() + 31) / 32)];
        for (int i = 0; i < words.length; i++) {
            words[i] = entropy.shiftRight(32 * i).intValue();
        }
        return words;
    }

    private static IllegalArgumentException negative(Number seed) {
        return new IllegalArgumentException(
                "seed is " + seed + ", but it must be at least 0. Use 0 or any positive number.");
    }
}
