package org.rltune.tune;

import java.util.Collections;
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
 * @param last whether the trainable is finished: it is not asked to train again, and its trial ends in order. One that
 *     is last and has no metrics adds no row: the trainable was finished before it
 */
public record Iteration(Map<String, Object> metrics, HyperParams inForce, boolean last) {
    /** Copies the map; one without an order, such as that of {@code Map.of}, is sorted by name. */
    public Iteration {
        metrics = Collections.unmodifiableMap(Rows.ordered(metrics));
    }

    /** Makes one that is not the last. */
    public Iteration(Map<String, Object> metrics, HyperParams inForce) {
        this(metrics, inForce, false);
    }

    /** Returns this iteration as the last one. */
    public Iteration asLast() {
        return new Iteration(metrics, inForce, true);
    }
}
