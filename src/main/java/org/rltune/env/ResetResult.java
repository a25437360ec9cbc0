package org.rltune.env;

import java.util.Map;

/**
 * How an episode begins.
 *
 * @param observation the first observation
 * @param info what the environment tells beside it; not seen by a policy
 */
public record ResetResult<O>(O observation, Map<String, Object> info) {
    /** A beginning without further information. */
    public ResetResult(O observation) {
        this(observation, Map.of());
    }
}
