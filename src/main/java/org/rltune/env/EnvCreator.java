package org.rltune.env;

/** Makes one environment; called once for each environment, possibly by several threads at a time. */
@FunctionalInterface
public interface EnvCreator {
    /**
     * Makes a new environment.
     *
     * @param context the config of the environment and its place among the rollout workers
     * @throws Exception when it cannot be made; {@link Envs} adds the id
     */
    Env<?, ?> create(EnvContext context) throws Exception;
}
