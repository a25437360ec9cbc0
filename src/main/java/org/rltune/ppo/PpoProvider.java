package org.rltune.ppo;

import java.util.Map;
import java.util.function.Supplier;

/**
 * A plug-in that brings parts of PPO by name, found by {@link java.util.ServiceLoader}.
 *
 * <p>Name the implementing class in {@code META-INF/services/org.rltune.ppo.PpoProvider}.
 */
public interface PpoProvider {
    /** Makers of callbacks by the names that {@code callbacks} may have. */
    default Map<String, Supplier<PpoCallbacks>> callbacks() {
        return Map.of();
    }

    /** Functions by the names that {@code env_task_fn} may have. */
    default Map<String, EnvTaskFunction> envTaskFunctions() {
        return Map.of();
    }
}
