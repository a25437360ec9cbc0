package org.rltune.env.wrapper;

import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.rltune.env.Env;
import org.rltune.env.ResetResult;
import org.rltune.env.StateFields;
import org.rltune.env.StepResult;
import org.rltune.env.Wrapper;

/**
 * Adds up rewards and steps, as Gymnasium's wrapper of this name.
 *
 * <p>The info of the last step of an episode gets a map under {@code episode}: {@code r} its return (a {@code Double}),
 * {@code l} its length in steps (an {@code Integer}) and {@code t} its duration in seconds, to a millionth (a {@code
 * Double}). The statistics of the latest episodes stay at hand in queues, the oldest first.
 *
 * <p>Durations are the only thing here that depends on the clock. They are no part of a snapshot: after a restore the
 * clock starts anew and {@link #timeQueue} is empty.
 */
public final class RecordEpisodeStatistics<O, A> extends Wrapper<O, A> {
    /** Gymnasium's number of episodes kept. */
    public static final int DEFAULT_BUFFER_LENGTH = 100;
    /** Gymnasium's key in the info. */
    public static final String DEFAULT_STATS_KEY = "episode";

    private final EpisodeStatistics statistics;
    private final LongSupplier nanoTime;
    private long start;
    private double episodeReturn;
    private int episodeLength;

    /** Keeps the last 100 episodes, and writes under {@code episode}. */
    public RecordEpisodeStatistics(Env<O, A> inner) {
        this(inner, DEFAULT_BUFFER_LENGTH, DEFAULT_STATS_KEY);
    }

    /**
     * Wraps this environment.
     *
     * @param bufferLength how many episodes the queues hold, at least 1
     * @param statsKey the key in the info; the environment must not use it
     */
    public RecordEpisodeStatistics(Env<O, A> inner, int bufferLength, String statsKey) {
        this(inner, bufferLength, statsKey, System::nanoTime);
    }

    RecordEpisodeStatistics(Env<O, A> inner, int bufferLength, String statsKey, LongSupplier nanoTime) {
        super(inner);
        this.statistics = new EpisodeStatistics(bufferLength, statsKey);
        this.nanoTime = nanoTime;
        this.start = nanoTime.getAsLong();
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
    public ResetResult<O> reset(@Nullable Long seed, Map<String, Object> options) {
        ResetResult<O> result = super.reset(seed, options);
        start = nanoTime.getAsLong();
        episodeReturn = 0;
        episodeLength = 0;
        return result;
    }

    @Override
    public StepResult<O> step(A action) {
        StepResult<O> result = super.step(action);
        episodeReturn += result.reward();
        episodeLength++;
        if (!result.ended()) {
            return result;
        }
        long now = nanoTime.getAsLong();
        Map<String, Object> info = statistics.add(result.info(), episodeReturn, episodeLength, now - start);
        start = now;
        return new StepResult<>(result.observation(), result.reward(), result.terminated(), result.truncated(), info);
    }

    @Override
    protected void state(StateFields fields) {
        episodeReturn = fields.keep(episodeReturn);
        episodeLength = fields.keep(episodeLength);
        statistics.state(fields);
        if (fields.restoring()) {
            start = nanoTime.getAsLong();
        }
    }
}
