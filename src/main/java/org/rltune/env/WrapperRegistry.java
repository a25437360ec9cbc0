package org.rltune.env;

import java.util.List;
import java.util.TreeMap;
import org.rltune.check.Suggest;

/** The named wrappers with their plug-ins; {@link Envs} holds those of the process. Thread-safe. */
final class WrapperRegistry {
    private final TreeMap<String, WrapperType> types = new TreeMap<>();
    private final Plugins<WrapperProvider> plugins;

    WrapperRegistry(Plugins<WrapperProvider> plugins) {
        this.plugins = plugins;
    }

    synchronized WrapperType register(WrapperType type) {
        load();
        WrapperType before = types.putIfAbsent(type.name(), type);
        if (before != null) {
            throw new IllegalArgumentException(
                    "A wrapper is registered as '" + type.name() + "' already. Choose another name");
        }
        return type;
    }

    synchronized WrapperType get(String name) {
        load();
        WrapperType type = types.get(name);
        if (type == null) {
            throw new IllegalArgumentException("No wrapper is registered as '" + name + "'. Registered: "
                    + (types.isEmpty() ? "none" : String.join(", ", types.keySet())) + "."
                    + Suggest.nearest(name, types.keySet()) + plugins.report());
        }
        return type;
    }

    synchronized List<String> list() {
        load();
        return List.copyOf(types.keySet());
    }

    private void load() {
        plugins.load((provider, name) -> {
            for (WrapperType type : provider.wrappers()) {
                if (types.putIfAbsent(type.name(), type) != null) {
                    plugins.broken(
                            name,
                            new IllegalArgumentException("the wrapper '" + type.name() + "' is registered already"));
                }
            }
        });
    }
}
