package org.rltune.ppo;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Function;
import org.rltune.check.Check;
import org.rltune.check.Suggest;

/**
 * Parts of a training that are code, by name: a trial is data, on whatever machine it runs. Those that were registered,
 * then those of {@link PpoProvider plug-ins}. Safe for use by threads.
 */
final class NamedParts<T> {
    private final String setting;
    private final String remedy;
    private final Function<PpoProvider, Map<String, ? extends T>> provided;
    private final Map<String, T> parts = new ConcurrentSkipListMap<>();

    /**
     * @param setting of PPO that names such a part
     * @param remedy how one is registered
     */
    NamedParts(String setting, String remedy, Function<PpoProvider, Map<String, ? extends T>> provided) {
        this.setting = setting;
        this.remedy = remedy;
        this.provided = provided;
    }

    void register(String name, T part) {
        T before = parts.putIfAbsent(Check.notBlank("the name under " + setting, name), part);
        if (before != null && before != part) {
            throw new IllegalArgumentException("The name '" + name + "' is registered for " + setting
                    + " already. Choose another name, or unregister that one first.");
        }
    }

    boolean unregister(String name) {
        return parts.remove(name) != null;
    }

    List<String> names() {
        loadPlugins();
        return List.copyOf(parts.keySet());
    }

    T get(String name) {
        T part = parts.get(name);
        if (part != null) {
            return part;
        }
        List<String> broken = loadPlugins();
        part = parts.get(name);
        if (part == null) {
            Collection<String> known = parts.keySet();
            throw new IllegalArgumentException(
                    setting + " is '" + name + "', but nothing is registered under that name."
                            + " Registered: " + (known.isEmpty() ? "none" : String.join(", ", known)) + "."
                            + Suggest.nearest(name, known) + " Register it first: " + remedy
                            + ", or bring it by a PpoProvider." + String.join("", broken));
        }
        return part;
    }

    /** Adds what the plug-ins bring that is not there; returns a sentence for each that is broken: it hides no other. */
    private List<String> loadPlugins() {
        List<String> broken = new ArrayList<>();
        for (ServiceLoader.Provider<PpoProvider> provider :
                ServiceLoader.load(PpoProvider.class).stream().toList()) {
            try {
                provided.apply(provider.get()).forEach(parts::putIfAbsent);
            } catch (ServiceConfigurationError | RuntimeException | LinkageError e) {
                broken.add(" A plug-in failed to load: " + provider.type().getName() + ": " + e + ".");
            }
        }
        return broken;
    }
}
