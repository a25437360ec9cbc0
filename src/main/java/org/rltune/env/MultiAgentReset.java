package org.rltune.env;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How an episode of several agents begins.
 *
 * @param observations the first observations, by agent: of those who act in the first step, and of nobody else
 * @param infos what the environment tells beside them, by agent; not seen by a policy
 */
public record MultiAgentReset(Map<String, Object> observations, Map<String, Map<String, Object>> infos) {
    /** Copies both maps. */
    public MultiAgentReset {
        observations = Collections.unmodifiableMap(new LinkedHashMap<>(observations));
        infos = Collections.unmodifiableMap(new LinkedHashMap<>(infos));
    }

    /** A beginning without further information. */
    public MultiAgentReset(Map<String, Object> observations) {
        this(observations, Map.of());
    }
}
