package org.rltune.env.wrapper;

import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.rltune.check.Check;
import org.rltune.env.Env;
import org.rltune.env.EnvException;
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

    private final int bufferLength;
    private final String statsKey;
    private final LongSupplier nanoTime;
    private final Deque<Double> returns = new ArrayDeque<>();
    private final Deque<Integer> lengths = new ArrayDeque<>();
    private final Deque<Double> times = new ArrayDeque<>();
    private long start;
    private double episodeReturn;
    private int episodeLength;
    private long episodeCount;

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
        this.bufferLength = Check.positive("bufferLength", bufferLength);
        this.statsKey = Check.notBlank("statsKey", statsKey);
        this.nanoTime = nanoTime;
        this.start = nanoTime.getAsLong();
    }

    /** Returns of the latest episodes. */
    public List<Double> returnQueue() {
        return List.copyOf(returns);
    }

    /** Lengths of the latest episodes, in steps. */
    public List<Integer> lengthQueue() {
        return List.copyOf(lengths);
    }

    /** Durations of the latest episodes, in seconds. */
    public List<Double> timeQueue() {
        return List.copyOf(times);
    }

    /** How many episodes have ended. */
    public long episodeCount() {
        return episodeCount;
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
        if (result.info().containsKey(statsKey)) {
            throw new EnvException(
                    "The info of the last step already has the key '" + statsKey
                            + "', so RecordEpisodeStatistics cannot write there. Give it another statsKey",
                    null);
        }
        long now = nanoTime.getAsLong();
        double seconds = Math.rint((now - start) / 1e3) / 1e6;
        start = now;
        episodeCount++;
        push(returns, episodeReturn);
        push(lengths, episodeLength);
        push(times, seconds);
        Map<String, Object> statistics = new LinkedHashMap<>();
        statistics.put("r", episodeReturn);
        statistics.put("l", episodeLength);
        statistics.put("t", seconds);
        Map<String, Object> info = new LinkedHashMap<>(result.info());
        info.put(statsKey, Collections.unmodifiableMap(statistics));
        return new StepResult<>(
                result.observation(),
                result.reward(),
                result.terminated(),
                result.truncated(),
                Collections.unmodifiableMap(info));
    }

    private <T> void push(Deque<T> queue, T value) {
        if (queue.size() == bufferLength) {
            queue.removeFirst();
        }
        queue.addLast(value);
    }

    @Override
    protected void state(StateFields fields) {
        episodeReturn = fields.keep(episodeReturn);
        episodeLength = fields.keep(episodeLength);
        episodeCount = fields.keep(episodeCount);
        double[] keptReturns =
                fields.keep(returns.stream().mapToDouble(Double::doubleValue).toArray());
        int[] keptLengths =
                fields.keep(lengths.stream().mapToInt(Integer::intValue).toArray());
        if (fields.restoring()) {
            returns.clear();
            lengths.clear();
            times.clear();
            for (int i = 0; i < keptReturns.length; i++) {
                push(returns, keptReturns[i]);
                push(lengths, keptLengths[i]);
            }
            start = nanoTime.getAsLong();
        }
    }
}
