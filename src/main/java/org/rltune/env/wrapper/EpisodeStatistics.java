package org.rltune.env.wrapper;

import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.rltune.check.Check;
import org.rltune.env.EnvException;
import org.rltune.env.StateFields;

/**
 * Returns, lengths and durations of the latest episodes, the oldest first: what the two wrappers {@code
 * RecordEpisodeStatistics}, around one environment and around many, have in common.
 */
public final class EpisodeStatistics {
    private final int bufferLength;
    private final String statsKey;
    private final Deque<Double> returns = new ArrayDeque<>();
    private final Deque<Integer> lengths = new ArrayDeque<>();
    private final Deque<Double> times = new ArrayDeque<>();
    private long count;

    /**
     * No episodes yet.
     *
     * @param bufferLength how many episodes the queues hold, at least 1
     * @param statsKey the key in the info; the environment must not use it
     */
    public EpisodeStatistics(int bufferLength, String statsKey) {
        this.bufferLength = Check.positive("bufferLength", bufferLength);
        this.statsKey = Check.notBlank("statsKey", statsKey);
    }

    /**
     * Takes an episode in.
     *
     * @param info what the environment told in its last step
     * @param nanos how long it took, kept in seconds to a millionth
     * @return the info with a map under the key: {@code r} the return, {@code l} the length, {@code t} the seconds
     * @throws EnvException when the info has that key already
     */
    public Map<String, Object> add(Map<String, Object> info, double episodeReturn, int episodeLength, long nanos) {
        if (info.containsKey(statsKey)) {
            throw new EnvException(
                    "The info of the last step already has the key '" + statsKey
                            + "', so RecordEpisodeStatistics cannot write there. Give it another statsKey",
                    null);
        }
        double seconds = Math.rint(nanos / 1e3) / 1e6;
        count++;
        push(returns, episodeReturn);
        push(lengths, episodeLength);
        push(times, seconds);
        Map<String, Object> statistics = new LinkedHashMap<>();
        statistics.put("r", episodeReturn);
        statistics.put("l", episodeLength);
        statistics.put("t", seconds);
        Map<String, Object> more = new LinkedHashMap<>(info);
        more.put(statsKey, Collections.unmodifiableMap(statistics));
        return Collections.unmodifiableMap(more);
    }

    private <T> void push(Deque<T> queue, T value) {
        if (queue.size() == bufferLength) {
            queue.removeFirst();
        }
        queue.addLast(value);
    }

    /** Returns of the latest episodes. */
    public List<Double> returns() {
        return List.copyOf(returns);
    }

    /** Lengths of the latest episodes, in steps. */
    public List<Integer> lengths() {
        return List.copyOf(lengths);
    }

    /** Durations of the latest episodes, in seconds. */
    public List<Double> times() {
        return List.copyOf(times);
    }

    /** How many episodes have ended. */
    public long count() {
        return count;
    }

    /** Keeps the counts; durations are no part of a snapshot. */
    void state(StateFields fields) {
        count = fields.keep(count);
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
        }
    }
}
