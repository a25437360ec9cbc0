package org.rltune.env;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The registry of environments with several agents; what {@link Envs} is to environments with one.
 *
 * <p>Ids are those of {@link Envs}, {@code [namespace/]Name[-vN]}, and no id stands in both registries: PPO takes either kind
 * by its id. Here an id always stands for itself, with its version. Plug-ins are the {@link EnvProvider}s. Thread-safe.
 */
public final class MultiAgentEnvs {
    private static final TreeMap<String, MultiAgentEnvSpec> SPECS = new TreeMap<>();
    private static final Plugins<EnvProvider> PLUGINS = Plugins.of(EnvProvider.class);

    private MultiAgentEnvs() {}

    /**
     * Registers an environment without a limit of steps.
     *
     * @param id {@code [namespace/]Name[-vN]}, such as {@code Market-v0}
     * @throws IllegalArgumentException as {@link #register(MultiAgentEnvSpec)}
     */
    public static MultiAgentEnvSpec register(String id, MultiAgentEnvCreator creator) {
        return register(MultiAgentEnvSpec.of(id, creator));
    }

    /**
     * Registers an environment.
     *
     * @throws IllegalArgumentException when the id is registered already, here or in {@link Envs}
     */
    public static MultiAgentEnvSpec register(MultiAgentEnvSpec spec) {
        requireFree(spec.id());
        synchronized (SPECS) {
            load();
            if (SPECS.containsKey(spec.id())) {
                throw new IllegalArgumentException("A multi-agent environment is registered as '" + spec.id()
                        + "' already. Choose another id, or call MultiAgentEnvs.unregister(\"" + spec.id()
                        + "\") first, or MultiAgentEnvs.replace(spec)");
            }
            SPECS.put(spec.id(), spec);
        }
        return spec;
    }

    /** Registers an environment in place of the one with the same id, if there is one here. */
    public static MultiAgentEnvSpec replace(MultiAgentEnvSpec spec) {
        requireFree(spec.id());
        synchronized (SPECS) {
            load();
            SPECS.put(spec.id(), spec);
        }
        return spec;
    }

    private static void requireFree(String id) {
        if (Envs.list().contains(id)) {
            throw new IllegalArgumentException("An environment with one agent is registered as '" + id
                    + "' already. Choose another id, or call Envs.unregister(\"" + id + "\") first");
        }
    }

    /** Forgets an environment; those made before stay usable. Throws {@link UnknownEnvException} for an unknown id. */
    public static void unregister(String id) {
        spec(id);
        synchronized (SPECS) {
            SPECS.remove(id);
        }
    }

    /** Whether an environment with several agents is registered under exactly this id. */
    public static boolean isRegistered(String id) {
        synchronized (SPECS) {
            load();
            return SPECS.containsKey(id);
        }
    }

    /**
     * The spec registered under this id.
     *
     * @throws UnknownEnvException when there is none, with the nearest that there is
     */
    public static MultiAgentEnvSpec spec(String id) {
        EnvId wanted = EnvId.parse(id);
        List<EnvId> known;
        synchronized (SPECS) {
            load();
            MultiAgentEnvSpec spec = SPECS.get(id);
            if (spec != null) {
                return spec;
            }
            known = SPECS.values().stream().map(MultiAgentEnvSpec::parsedId).toList();
        }
        String single = Envs.list().contains(id) ? " '" + id + "' has one agent: call Envs instead." : "";
        throw new EnvLookup(id, wanted, known, single + PLUGINS.report()).unknown();
    }

    /** All registered ids, sorted. */
    public static List<String> list() {
        synchronized (SPECS) {
            load();
            return List.copyOf(SPECS.keySet());
        }
    }

    private static void load() {
        PLUGINS.load((provider, name) -> {
            for (MultiAgentEnvSpec spec : provider.multiAgentEnvironments()) {
                if (SPECS.putIfAbsent(spec.id(), spec) != null) {
                    PLUGINS.broken(name, new IllegalArgumentException("'" + spec.id() + "' is registered already"));
                }
            }
        });
    }

    /** Makes an environment with its default config. */
    public static MultiAgentEnv make(String id) {
        return make(spec(id), EnvContext.of(Map.of()));
    }

    /** Makes an environment with this config. */
    public static MultiAgentEnv make(String id, Map<String, Object> config) {
        return make(spec(id), EnvContext.of(config));
    }

    /**
     * Makes an environment from a spec, registered or not. It is bare: the limit of steps and the checks of every answer are
     * those of {@link AgentEpisodes}, by which rollout workers play.
     *
     * @throws IllegalArgumentException when the environment refuses its config
     * @throws EnvException when its creator fails otherwise
     */
    public static MultiAgentEnv make(MultiAgentEnvSpec spec, EnvContext context) {
        try {
            MultiAgentEnv env = spec.creator().create(context.withConfig(spec.completeConfig(context.config())));
            if (env == null) {
                throw new EnvException(
                        "The creator of " + spec.id() + " returned null; it must return a MultiAgentEnv", null);
            }
            return env;
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(spec.id() + " refuses its config: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new EnvException("The creator of " + spec.id() + " was interrupted", e);
        } catch (EnvException e) {
            throw e;
        } catch (Exception e) {
            throw new EnvException(
                    "The creator of " + spec.id() + " failed for worker " + context.workerIndex() + ", vector index "
                            + context.vectorIndex() + ": " + e,
                    e);
        }
    }
}
