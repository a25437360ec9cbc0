package org.rltune.env;

import java.util.List;
import java.util.Map;
import org.rltune.check.Suggest;

/**
 * The registry of environments: a name registered here is known to every rollout worker at once.
 *
 * <p>Ids are Gymnasium's, {@code [namespace/]Name[-vN]}. An id without version stands for the latest version, and a
 * version that is not the latest is out of date; both are logged once. Either every environment of a name has a version
 * or none has.
 *
 * <p>Plug-ins ({@link EnvProvider}, {@link WrapperProvider}) are found with the class loader of this class and with the
 * context class loader of every thread that asks; each is loaded once. All methods are thread-safe.
 */
public final class Envs {
    private static final EnvRegistry REGISTRY = new EnvRegistry(Plugins.of(EnvProvider.class));
    private static final WrapperRegistry WRAPPERS = new WrapperRegistry(Plugins.of(WrapperProvider.class));

    private Envs() {}

    /**
     * Registers a deterministic environment without a limit of steps.
     *
     * @param id {@code [namespace/]Name[-vN]}, such as {@code Shop-v0}
     * @throws IllegalArgumentException as {@link #register(EnvSpec)}
     */
    public static EnvSpec register(String id, EnvCreator creator) {
        return register(EnvSpec.of(id, creator));
    }

    /**
     * Registers an environment.
     *
     * @throws IllegalArgumentException when the id is registered already, or would mix ids with and without version
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

    /**
     * The spec registered under this id, or that of the latest version where the id has none.
     *
     * @throws UnknownEnvException when there is none
     */
    public static EnvSpec spec(String id) {
        try {
            return REGISTRY.spec(id);
        } catch (UnknownEnvException e) {
            throw MultiAgentEnvs.isRegistered(id)
                    ? new UnknownEnvException(
                            e.reason(),
                            "'" + id + "' has several agents, and this needs an environment with one. Call"
                                    + " MultiAgentEnvs instead of Envs; to train on it, PpoConfig.buildMultiAgent(), or"
                                    + " Tune.run(\"PPO\", ...).")
                    : Suggest.closest(id, MultiAgentEnvs.list())
                            .map(near -> new UnknownEnvException(
                                    e.reason(), e.getMessage() + " With several agents there is '" + near + "'."))
                            .orElse(e);
        }
    }

    /** All registered ids, sorted. */
    public static List<String> list() {
        return REGISTRY.list();
    }

    /** All registered ids in readable lines, by namespace, as Gymnasium's {@code pprint_registry}. */
    public static String overview() {
        return EnvOverview.of(REGISTRY.all());
    }

    static String entryPoint(EnvSpec spec) {
        return REGISTRY.entryPoint(spec);
    }

    /**
     * Registers a wrapper that specs can name.
     *
     * @throws IllegalArgumentException when the name is registered already
     */
    public static WrapperType registerWrapper(WrapperType type) {
        return WRAPPERS.register(type);
    }

    /** The wrapper registered under this name. */
    public static WrapperType wrapper(String name) {
        return WRAPPERS.get(name);
    }

    /** The names of all registered wrappers, sorted. */
    public static List<String> wrappers() {
        return WRAPPERS.list();
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
     * Makes an environment with its wrappers: the checker of every step, the time limit of its spec, the guard against
     * steps before a reset or after an end, and the additional wrappers of its spec.
     *
     * @throws UnknownEnvException when no such environment is registered
     * @throws IllegalArgumentException when the environment refuses its config
     * @throws EnvException when its creator fails otherwise
     */
    public static Env<?, ?> make(String id, EnvContext context) {
        return make(spec(id), context);
    }

    /** Makes an environment from a spec, registered or not, with its default config. */
    public static Env<?, ?> make(EnvSpec spec) {
        return make(spec, Map.of());
    }

    /** Makes an environment from a spec with this config above its default config. */
    public static Env<?, ?> make(EnvSpec spec, Map<String, Object> config) {
        return make(spec, EnvContext.of(config));
    }

    /** As {@link #make(String, EnvContext)} from a spec, registered or not. */
    public static Env<?, ?> make(EnvSpec spec, EnvContext context) {
        return Wrappers.make(spec, context);
    }

    /** As {@link #make(String, EnvContext)} without the checker of every step, which costs time. */
    public static Env<?, ?> makeUnchecked(String id, EnvContext context) {
        return make(spec(id).withDisableEnvChecker(true), context);
    }

    /** Makes many environments at once with the default options; see {@link #makeVec(EnvSpec, int, VectorOptions)}. */
    public static VectorEnv makeVec(String id, int numEnvs) {
        return makeVec(id, numEnvs, VectorOptions.defaults());
    }

    /** As {@link #makeVec(EnvSpec, int, VectorOptions)} from the spec registered under this id. */
    public static VectorEnv makeVec(String id, int numEnvs, VectorOptions options) {
        return makeVec(spec(id), numEnvs, options);
    }

    /**
     * Makes many environments of one kind that are stepped together, as Gymnasium's {@code make_vec}: their resets bring
     * the seeds, and the generators go on from one episode to the next.
     *
     * <pre>{@code
     * try (VectorEnv envs = Envs.makeVec("CartPole-v1", 8)) {
     *     VectorStep out = envs.newStep();
     *     envs.reset(VectorReset.seed(42), out);
     *     float[] actions = new float[8 * envs.actionSize()];
     *     envs.step(actions, out);
     * }
     * }</pre>
     *
     * @param numEnvs how many, at least 1
     * @throws IllegalArgumentException when an environment refuses its config, the mode is not possible, or a space has
     *     no flat form
     */
    public static VectorEnv makeVec(EnvSpec spec, int numEnvs, VectorOptions options) {
        return VectorEnvs.ofUser(spec, numEnvs, options);
    }
}
