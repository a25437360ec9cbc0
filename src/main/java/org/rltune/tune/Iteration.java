package org.rltune.tune;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.rltune.tune.space.HyperParams;

/**
 * What one training iteration returned.
 *
 * @param metrics name to value (number, string, boolean, list or nested map), in the order in which they are shown;
 *     a metric that does not exist yet is absent, never NaN; {@code timesteps_this_iter} and {@code episodes_this_iter}
 *     are summed up by the tuner to {@code timesteps_total} and {@code episodes_total}
 * @param inForce the hyperparameters that this iteration really used, read from where they are used; the tuner compares
 *     them with those that it ordered
 */
public record Iteration(Map<String, Object> metrics, HyperParams inForce) {
    /** Copies the map. */
    public Iteration {
        metrics = Collections.unmodifiableMap(new LinkedHashMap<>(metrics));
    }
}
