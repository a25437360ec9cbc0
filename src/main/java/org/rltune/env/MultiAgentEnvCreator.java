package org.rltune.env;

/** Makes one environment with several agents; called once for each environment, possibly by several threads at a time. */
@FunctionalInterface
public interface MultiAgentEnvCreator {
    /**
     * Makes a new environment.
     *
     * @param context the config of the environment and its place among the rollout workers
     * @throws Exception when it cannot be made; {@link MultiAgentEnvs} adds the id
     */
    MultiAgentEnv create(EnvContext context) throws Exception;
}
