package org.rltune.env;

/**
 * What a {@link BatchVectorEnv} counts of the running episodes: steps, rewards, ends. Threads may use it at the same time
 * for different ranges of environments, but for {@link #stepBegins} and {@link #stepsAreUnknown}.
 *
 * <p>Each loop does one thing to flat arrays: the compiler turns most of them into vector instructions (EnvBench).
 */
final class EpisodeCounts {
    final int[] steps;
    final double[] episodeReturn;
    /** Whether the episode has ended and the next one has not begun. */
    final boolean[] ended;

    private final int limit;
    private final boolean[] either; // of the flags that select looks at
    private final int[] chosen; // by select, of the range that starts at the same index
    private final int[] pending; // how many, for the range that starts at the same index
    private int most; // no episode has more steps after this one

    /**
     * Counts for so many environments.
     *
     * @param limit steps after which an episode is truncated, 0 for none
     */
    EpisodeCounts(int envs, int limit) {
        this.limit = limit == 0 ? Integer.MAX_VALUE : limit;
        steps = new int[envs];
        episodeReturn = new double[envs];
        ended = new boolean[envs];
        either = new boolean[envs];
        chosen = new int[envs];
        pending = new int[envs];
    }

    /** An episode of environment {@code e} begins. */
    void begin(int e) {
        steps[e] = 0;
        episodeReturn[e] = 0;
        ended[e] = false;
    }

    /** Steps may be counted that no call of {@link #stepBegins} announces, until the next such call. */
    void stepsAreUnknown() {
        most = limit;
    }

    /** A step of all environments begins, so that {@link #add} need not look for the longest episode each time. */
    void stepBegins() {
        if (most < limit) {
            most++;
        }
        if (most >= limit) {
            most = 0;
            for (int count : steps) {
                most = Math.max(most, count + 1);
            }
        }
    }

    /** Counts a step of the environments from {@code from} to {@code to - 1}, and truncates those that reach the limit. */
    void add(int from, int to, VectorStep out) {
        count(from, to, steps);
        add(from, to, out.reward, episodeReturn);
        if (most >= limit) {
            for (int e = from; e < to; e++) {
                out.truncated[e] |= steps[e] >= limit;
            }
        }
    }

    private static void count(int from, int to, int[] steps) {
        for (int e = from; e < to; e++) {
            steps[e]++;
        }
    }

    private static void add(int from, int to, double[] reward, double[] sum) {
        for (int e = from; e < to; e++) {
            sum[e] += reward[e];
        }
    }

    /**
     * How many environments of a range ended in the step before and were not reset since; {@link #chosen} names them, in
     * order. The range is that of {@link #select} in the step before: its choice is looked through, not every environment.
     */
    int stillEnded(int from) {
        int count = 0;
        for (int i = from; i < from + pending[from]; i++) {
            if (ended[chosen[i]]) {
                chosen[from + count++] = chosen[i];
            }
        }
        pending[from] = 0;
        return count;
    }

    /** Finds the environments of a range with either flag, in order; {@link #chosen} names them. Returns how many. */
    int select(int from, int to, boolean[] flag, boolean[] otherFlag) {
        unite(from, to, flag, otherFlag, either);
        pending[from] = select(from, to, either, chosen);
        return pending[from];
    }

    private static void unite(int from, int to, boolean[] one, boolean[] other, boolean[] either) {
        for (int e = from; e < to; e++) {
            either[e] = one[e] | other[e];
        }
    }

    private static int select(int from, int to, boolean[] flag, int[] chosen) {
        int next = from;
        for (int e = from; e < to; e++) {
            if (flag[e]) {
                chosen[next++] = e;
            }
        }
        return next - from;
    }

    /** The environment that {@link #select} found as number {@code i} of the range that starts at {@code from}. */
    int chosen(int from, int i) {
        return chosen[from + i];
    }
}
