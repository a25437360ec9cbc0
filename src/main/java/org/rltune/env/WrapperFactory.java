package org.rltune.env;

/** Puts a wrapper around an environment; possibly called by several threads at a time. */
@FunctionalInterface
public interface WrapperFactory {
    /**
     * Wraps an environment.
     *
     * @param env the environment to wrap
     * @param context the wrapper's settings, and the environment's place among the rollout workers
     * @throws Exception when it cannot be wrapped; {@link Envs} adds the names
     */
    Env<?, ?> wrap(Env<?, ?> env, EnvContext context) throws Exception;
}
