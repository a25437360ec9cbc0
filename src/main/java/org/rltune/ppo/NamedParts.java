package org.rltune.ppo;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Function;
import org.rltune.check.Check;
import org.rltune.check.Suggest;
import org.rltune.env.Plugins;

/**
 * Parts of a training that are code, by name: a trial is data, on whatever machine it runs. Those that were registered,
 * then those of {@link PpoProvider plug-ins}. Safe for use by threads.
 */
final class NamedParts<T> {
    private final String setting;
    private final String remedy;
    private final Function<PpoProvider, Map<String, ? extends T>> provided;
    private final Plugins<PpoProvider> plugins = Plugins.of(PpoProvider.class);
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
        loadPlugins();
        part = parts.get(name);
        if (part == null) {
            Collection<String> known = parts.keySet();
            throw new IllegalArgumentException(
                    setting + " is '" + name + "', but nothing is registered under that name."
                            + " Registered: " + (known.isEmpty() ? "none" : String.join(", ", known)) + "."
                            + Suggest.nearest(name, known) + " Register it first: " + remedy
                            + ", or bring it by a PpoProvider." + brokenPlugins());
        }
        return part;
    }

    /** Adds what plug-ins bring that is not there. */
    private synchronized void loadPlugins() {
        plugins.load((provider, name) -> provided.apply(provider).forEach(parts::putIfAbsent));
    }

    private synchronized String brokenPlugins() {
        return plugins.report();
    }
}
