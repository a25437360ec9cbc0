package org.rltune.env.vector;

import java.util.Arrays;
import java.util.List;
import java.util.function.LongSupplier;
import org.rltune.env.AutoresetMode;
import org.rltune.env.VectorEnv;
import org.rltune.env.VectorReset;
import org.rltune.env.VectorStep;
import org.rltune.env.wrapper.EpisodeStatistics;

/**
 * Tells the return, the length and the duration of each episode that ends, as Gymnasium's vector wrapper of this name.
 *
 * <p>The infos of a step get, for each environment whose episode ended, a map under {@code episode}: {@code r} the return
 * (a {@code Double}), {@code l} the length in steps (an {@code Integer}) and {@code t} the duration in seconds (a {@code
 * Double}); {@code out.infos().infos("episode").doubles("r")} is the column. The statistics of the latest episodes of
 * all environments stay at hand in queues, the oldest first.
 *
 * <p>As in Gymnasium they are among the infos of the step, also in mode SAME_STEP, where the others that the old episode
 * told are the final infos. In that mode every step counts (Gymnasium 1.3 loses the first of each episode).
 */
public final class RecordEpisodeStatistics extends VectorWrapper {
    private final EpisodeStatistics statistics;
    private final LongSupplier nanoTime;
    private final long[] start;
    private final boolean[] resets; // with the next step

    /** Keeps the last 100 episodes, and writes under {@code episode}. */
    public RecordEpisodeStatistics(VectorEnv inner) {
        this(
                inner,
                org.rltune.env.wrapper.RecordEpisodeStatistics.DEFAULT_BUFFER_LENGTH,
                org.rltune.env.wrapper.RecordEpisodeStatistics.DEFAULT_STATS_KEY);
    }

    /**
     * Wraps these environments.
     *
     * @param bufferLength how many episodes the queues hold, at least 1
     * @param statsKey the key in the infos; the environments must not use it
     */
    public RecordEpisodeStatistics(VectorEnv inner, int bufferLength, String statsKey) {
        this(inner, bufferLength, statsKey, System::nanoTime);
    }

    RecordEpisodeStatistics(VectorEnv inner, int bufferLength, String statsKey, LongSupplier nanoTime) {
        super(inner);
        this.statistics = new EpisodeStatistics(bufferLength, statsKey);
        this.nanoTime = nanoTime;
        this.start = new long[inner.numEnvs()];
        this.resets = new boolean[inner.numEnvs()];
        Arrays.fill(start, nanoTime.getAsLong());
    }

    /** Returns of the latest episodes. */
    public List<Double> returnQueue() {
        return statistics.returns();
    }

    /** Lengths of the latest episodes, in steps. */
    public List<Integer> lengthQueue() {
        return statistics.lengths();
    }

    /** Durations of the latest episodes, in seconds. */
    public List<Double> timeQueue() {
        return statistics.times();
    }

    /** How many episodes have ended. */
    public long episodeCount() {
        return statistics.count();
    }

    @Override
    public void reset(VectorReset request, VectorStep out) {
        super.reset(request, out);
        long now = nanoTime.getAsLong();
        for (int e = 0; e < start.length; e++) {
            if (request.chooses(e)) {
                start[e] = now;
                resets[e] = false;
            }
        }
    }

    @Override
    public void restart(long[] episode, float[] observation) {
        super.restart(episode, observation);
        Arrays.fill(start, nanoTime.getAsLong());
        Arrays.fill(resets, false);
    }

    @Override
    public void step(float[] action, VectorStep out) {
        super.step(action, out);
        long now = nanoTime.getAsLong();
        for (int e = 0; e < start.length; e++) {
            if (resets[e]) {
                start[e] = now;
                resets[e] = false;
            } else if (out.ended(e)) {
                out.putInfo(e, statistics.add(out.info(e), out.episodeReturn[e], out.episodeLength[e], now - start[e]));
                start[e] = now;
                resets[e] = autoresetMode() == AutoresetMode.NEXT_STEP;
            }
        }
    }
}
