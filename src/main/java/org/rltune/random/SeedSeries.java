package org.rltune.random;

import org.rltune.check.Check;

/**
 * The seeds of one name whose last index counts, such as those of the episodes of one environment: {@code
 * seeds.series(name, i, j).seed(k)} is {@code seeds.seed(name, i, j, k)} without an object for each seed. Not safe for
 * use by more than one thread.
 */
public final class SeedSeries {
    private final SeedScratch scratch;
    private final int last;

    /** Seeds below the entropy, filled up to the pool, and the key; the last two words of the key are the index. */
    SeedSeries(long seed, int[] key) {
        scratch = new SeedScratch(SeedSequence.POOL_WORDS + key.length, 1);
        scratch.words[0] = (int) seed;
        scratch.words[1] = (int) (seed >>> 32);
        System.arraycopy(key, 0, scratch.words, SeedSequence.POOL_WORDS, key.length);
        last = scratch.words.length - 2;
    }

    /** The seed with this last index, at least 0. */
    public long seed(long index) {
        Check.atLeast("index", index, 0L);
        scratch.words[last] = (int) index;
        scratch.words[last + 1] = (int) (index >>> 32);
        scratch.mix();
        return scratch.word(0) >>> 1;
    }
}
