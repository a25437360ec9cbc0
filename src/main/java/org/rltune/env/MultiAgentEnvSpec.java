package org.rltune.env;

import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import org.rltune.check.Check;

/**
 * How an environment with several agents is made and limited; what {@link EnvSpec} is to an {@link Env}. Immutable.
 *
 * <pre>{@code
 * MultiAgentEnvs.register(MultiAgentEnvSpec.of("Market-v0", context -> new Market()).withMaxEpisodeSteps(200));
 * }</pre>
 */
public final class MultiAgentEnvSpec {
    private final String text;
    private final EnvId id;
    private final MultiAgentEnvCreator creator;
    private final int maxEpisodeSteps; // 0 for no limit
    private final @Nullable EnvConfigSchema schema;

    private MultiAgentEnvSpec(
            String text, MultiAgentEnvCreator creator, int maxEpisodeSteps, @Nullable EnvConfigSchema schema) {
        this.text = text;
        this.id = EnvId.parse(text);
        this.creator = creator;
        this.maxEpisodeSteps = maxEpisodeSteps;
        this.schema = schema;
    }

    /**
     * An environment without a limit of steps.
     *
     * @param id {@code [namespace/]Name[-vN]}
     */
    public static MultiAgentEnvSpec of(String id, MultiAgentEnvCreator creator) {
        return new MultiAgentEnvSpec(id, creator, 0, null);
    }

    /** A copy whose episodes are truncated, for all agents, after this many steps of the environment, at least 1. */
    public MultiAgentEnvSpec withMaxEpisodeSteps(int steps) {
        return new MultiAgentEnvSpec(text, creator, Check.atLeast("maxEpisodeSteps", steps, 1), schema);
    }

    /** A copy whose config is checked and completed by this schema before the creator runs. */
    public MultiAgentEnvSpec withConfig(EnvConfigSchema schema) {
        return new MultiAgentEnvSpec(text, creator, maxEpisodeSteps, schema);
    }

    /** The whole id, {@code [namespace/]Name[-vN]}. */
    public String id() {
        return text;
    }

    EnvId parsedId() {
        return id;
    }

    /** What makes the environment. */
    public MultiAgentEnvCreator creator() {
        return creator;
    }

    /** Steps after which an episode is truncated, empty for no limit. */
    public OptionalInt maxEpisodeSteps() {
        return maxEpisodeSteps == 0 ? OptionalInt.empty() : OptionalInt.of(maxEpisodeSteps);
    }

    /** Which settings the config has; empty where the creator checks its config itself. */
    public Optional<EnvConfigSchema> configSchema() {
        return Optional.ofNullable(schema);
    }

    Map<String, Object> completeConfig(Map<String, Object> given) {
        return schema == null ? given : schema.complete(given);
    }

    @Override
    public String toString() {
        return text;
    }
}
