package org.rltune.ppo;

import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;
import org.rltune.check.Check;
import org.rltune.check.Suggest;

/**
 * The registry of policy mappings: {@code policy_mapping_fn} names one, because settings are data. Two need no code:
 * {@value #SHARED} lets one policy act for all agents, {@value #BY_AGENT} gives each agent a policy of its own name.
 * Thread-safe.
 */
public final class PolicyMappings {
    /** One policy for all agents. */
    public static final String SHARED = "shared";
    /** One policy for each agent, with the agent's name. */
    public static final String BY_AGENT = "by_agent";

    private static final TreeMap<String, PolicyMapping> MAPPINGS = new TreeMap<>();

    private PolicyMappings() {}

    /**
     * Registers a mapping.
     *
     * @throws IllegalArgumentException when the name is taken
     */
    public static void register(String name, PolicyMapping mapping) {
        Check.notBlank("name", name);
        synchronized (MAPPINGS) {
            if (name.equals(SHARED) || name.equals(BY_AGENT) || MAPPINGS.containsKey(name)) {
                throw new IllegalArgumentException("A policy mapping is registered as '" + name
                        + "' already. Choose another name, or call PolicyMappings.unregister(\"" + name + "\") first.");
            }
            MAPPINGS.put(name, mapping);
        }
    }

    /** Forgets a mapping; trainers made before go on with it. */
    public static void unregister(String name) {
        get(name);
        synchronized (MAPPINGS) {
            MAPPINGS.remove(name);
        }
    }

    /**
     * The mapping registered under this name.
     *
     * @throws IllegalArgumentException when there is none, with the nearest name
     */
    static PolicyMapping get(String name) {
        synchronized (MAPPINGS) {
            PolicyMapping mapping = MAPPINGS.get(name);
            if (mapping != null) {
                return mapping;
            }
            TreeSet<String> known = new TreeSet<>(MAPPINGS.keySet());
            known.addAll(List.of(SHARED, BY_AGENT));
            throw new IllegalArgumentException(
                    "policy_mapping_fn is '" + name + "', but there is no such mapping. Known: "
                            + String.join(", ", known) + "." + Suggest.nearest(name, known)
                            + " A mapping of your own is registered by PolicyMappings.register(name, mapping), before the trainer"
                            + " is made.");
        }
    }
}
