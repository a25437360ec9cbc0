package org.rltune.ppo;

import java.util.List;

/**
 * The {@link EnvTaskFunction}s that the setting {@code env_task_fn} knows by name. One table for the whole process.
 *
 * <pre>{@code
 * EnvTaskFunctions.register("further", (result, task) -> ...);
 * PpoConfig.of("MountainCar-v0").envTaskFn("further")
 * }</pre>
 */
public final class EnvTaskFunctions {
    private static final NamedParts<EnvTaskFunction> PARTS = new NamedParts<>(
            "env_task_fn", "EnvTaskFunctions.register(\"NAME\", (result, task) -> ...)", PpoProvider::envTaskFunctions);

    private EnvTaskFunctions() {}

    /**
     * Makes a function known under a name.
     *
     * @throws IllegalArgumentException if the name is taken by another function
     */
    public static void register(String name, EnvTaskFunction function) {
        PARTS.register(name, function);
    }

    /** Forgets a name; returns whether it was known. */
    public static boolean unregister(String name) {
        return PARTS.unregister(name);
    }

    /** Returns the known names, sorted. */
    public static List<String> names() {
        return PARTS.names();
    }

    static EnvTaskFunction get(String name) {
        return PARTS.get(name);
    }
}
