package org.rltune.experiments.bench;

import java.util.Map;

/** Reads the times that the trainer reports with each iteration. */
final class Timers {
    private Timers() {}

    /** Returns seconds of this iteration: {@code env_s}, {@code inference_s}, {@code sample_s} or {@code learn_s}. */
    static double seconds(Map<String, Object> metrics, String name) {
        if (metrics.get("timers") instanceof Map<?, ?> timers && timers.get(name) instanceof Double seconds) {
            return seconds;
        }
        throw new IllegalStateException("The trainer reports no timers." + name + ", but " + metrics.keySet());
    }
}
