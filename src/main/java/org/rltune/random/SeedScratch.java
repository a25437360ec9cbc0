package org.rltune.random;

/** The arrays in which {@link SeedSequence} mixes one sequence after the other, so that a seed costs no object. */
final class SeedScratch {
    /** Entropy and spawn key, at least as many words as the pool has. */
    final int[] words;

    private final int[] pool = new int[SeedSequence.POOL_WORDS];
    private final int[] state;

    /** Room for so many words of entropy and key, and so many 64-bit words of state. */
    SeedScratch(int words, int longs) {
        this.words = new int[Math.max(words, SeedSequence.POOL_WORDS)];
        this.state = new int[2 * longs];
    }

    /** Mixes the words as they stand. */
    void mix() {
        SeedSequence.mix(words, pool);
        SeedSequence.fill(pool, state);
    }

    /** Word {@code i} of the state. */
    long word(int i) {
        return (state[2 * i] & 0xffffffffL) | (long) state[2 * i + 1] << 32;
    }
}
