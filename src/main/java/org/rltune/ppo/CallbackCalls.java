package org.rltune.ppo;

import java.util.Map;
import org.rltune.env.PlainValues;
import org.rltune.policy.Policy;
import org.rltune.rollout.RolloutBatch;

/** Calls the hooks of a trainer's {@link PpoCallbacks}; one that throws is named, with its trial and iteration. */
final class CallbackCalls {
    private final String name;
    private final String trialId;
    private final PpoCallbacks callbacks;
    private final ResultMetrics results;
    private long iteration;

    /** What a hook does. */
    private interface Hook {
        void run() throws Exception;
    }

    CallbackCalls(String name, String trialId, PpoCallbacks callbacks) {
        this.name = name;
        this.trialId = trialId;
        this.callbacks = callbacks;
        this.results = new ResultMetrics(callbacks.resultMetrics());
    }

    /** The hooks to come belong to iteration {@code number}, counted from 1. */
    void begin(long number) {
        iteration = number;
    }

    private void call(String hook, String where, Hook what) {
        try {
            what.run();
        } catch (Exception | AssertionError | LinkageError | StackOverflowError e) {
            throw new IllegalStateException(
                    trialId + ", iteration " + iteration + where + ": " + hook + " of the callbacks '" + name
                            + "' failed: " + e + ". Correct it, or set callbacks to ''.",
                    e);
        }
    }

    private static String at(PpoEpisode episode) {
        return ", environment " + episode.env() + ", episode " + episode.number() + ", step " + episode.length();
    }

    void start(PpoEpisode episode) {
        call("onEpisodeStart", at(episode), () -> callbacks.onEpisodeStart(episode));
    }

    void step(PpoEpisode episode) {
        call("onEpisodeStep", at(episode), () -> callbacks.onEpisodeStep(episode));
    }

    void end(PpoEpisode episode) {
        call("onEpisodeEnd", at(episode), () -> callbacks.onEpisodeEnd(episode));
    }

    void sampled(RolloutBatch batch) {
        call("onSampleEnd", "", () -> callbacks.onSampleEnd(batch, results));
    }

    void learning(Policy policy, RolloutBatch batch) {
        call("onLearnOnBatch", "", () -> callbacks.onLearnOnBatch(policy, batch, results));
    }

    void learned(Policy policy, Map<String, Object> stats) {
        call("onUpdate", "", () -> callbacks.onUpdate(policy, stats, results));
    }

    void result(Map<String, Object> row) {
        call("onTrainResult", "", () -> callbacks.onTrainResult(row, results));
    }

    /** Writes the metrics of the iteration. */
    void moveMetricsInto(Map<String, Object> custom) {
        results.moveInto(custom);
    }

    @SuppressWarnings("unchecked") // a copy of a map is a map
    Map<String, Object> save() {
        Object[] saved = {Map.of()};
        call("save", "", () -> saved[0] = PlainValues.checked("What save() returned", callbacks.save()));
        return (Map<String, Object>) saved[0];
    }

    void restore(Map<String, Object> state) {
        call("restore", "", () -> callbacks.restore(state));
    }
}
