package org.rltune.env;

import java.util.List;
import java.util.Map;

/**
 * The registry of environments: a name registered here is known to every rollout worker at once.
 *
 * <p>Plug-ins ({@link EnvProvider}) are loaded once, with the context class loader of the thread that asks first. All
 * methods are thread-safe.
 */
public final class Envs {
    private static final EnvRegistry REGISTRY = EnvRegistry.withPlugins();

    private Envs() {}

    /**
     * Registers a deterministic environment without a limit of steps.
     *
     * @param id {@code [namespace/]Name[-vN]}, such as {@code Shop-v0}
     * @throws IllegalArgumentException when the id is malformed or registered already
     */
    public static EnvSpec register(String id, EnvCreator creator) {
        return register(EnvSpec.of(id, creator));
    }

    /**
     * Registers an environment.
     *
     * @throws IllegalArgumentException when the id is registered already
     */
    public static EnvSpec register(EnvSpec spec) {
        return REGISTRY.register(spec);
    }

    /** Registers an environment in place of the one with the same id, if there is one. */
    public static EnvSpec replace(EnvSpec spec) {
        return REGISTRY.replace(spec);
    }

    /** Forgets an environment; those made before stay usable. Throws {@link UnknownEnvException} for an unknown id. */
    public static void unregister(String id) {
        REGISTRY.unregister(id);
    }

    /** The spec registered under this id. Throws {@link UnknownEnvException} for an unknown id. */
    public static EnvSpec spec(String id) {
        return REGISTRY.spec(id);
    }

    /** All registered ids, sorted. */
    public static List<String> list() {
        return REGISTRY.list();
    }

    /** Makes an environment with its default config. */
    public static Env<?, ?> make(String id) {
        return make(id, Map.of());
    }

    /** Makes an environment with this config. */
    public static Env<?, ?> make(String id, Map<String, Object> config) {
        return make(id, EnvContext.of(config));
    }

    /**
     * Makes an environment with its wrappers: the checker of every step, the time limit of its spec, and the guard
     * against steps before a reset or after an end.
     *
     * @throws UnknownEnvException when no such environment is registered
     * @throws IllegalArgumentException when the environment refuses its config
     * @throws EnvException when its creator fails otherwise
     */
    public static Env<?, ?> make(String id, EnvContext context) {
        return Wrappers.checked(spec(id), context);
    }

    /** As {@link #make(String, EnvContext)} without the checker of every step, which costs time. */
    public static Env<?, ?> makeUnchecked(String id, EnvContext context) {
        return Wrappers.unchecked(spec(id), context);
    }
}
