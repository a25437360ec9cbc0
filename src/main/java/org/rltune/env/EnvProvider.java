package org.rltune.env;

import java.util.List;

/**
 * A plug-in that brings environments, found by {@link java.util.ServiceLoader}.
 *
 * <p>Name the implementing class in {@code META-INF/services/org.rltune.env.EnvProvider}: its environments are then
 * registered before the registry answers its first question.
 */
public interface EnvProvider {
    /** The environments of this plug-in. */
    List<EnvSpec> environments();

    /** Its environments with several agents, for {@link MultiAgentEnvs}; none unless overridden. */
    default List<MultiAgentEnvSpec> multiAgentEnvironments() {
        return List.of();
    }
}
