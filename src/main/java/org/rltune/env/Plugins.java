package org.rltune.env;

import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Supplier;

/**
 * Plug-ins that a registry loads before its first answer. A broken one is logged and named in errors; it hides no other.
 * Used under the lock of its registry.
 */
final class Plugins<P> {
    private static final System.Logger LOG = System.getLogger(EnvRegistry.class.getName());
    // A service file that cannot be read makes the iterator throw again and again; this bounds the attempts.
    private static final int MAX_BROKEN = 100;

    private final Supplier<Iterator<P>> search;
    private final Set<String> broken = new LinkedHashSet<>();
    private boolean loaded;

    Plugins(Supplier<Iterator<P>> search) {
        this.search = search;
    }

    /** Those that the context class loader of the first user finds. */
    static <P> Plugins<P> of(Class<P> type) {
        return new Plugins<>(
                () -> ServiceLoader.load(type, Thread.currentThread().getContextClassLoader())
                        .iterator());
    }

    /** Gives every plug-in with its name to {@code add}; does nothing the second time. */
    void load(BiConsumer<P, String> add) {
        if (loaded) {
            return;
        }
        loaded = true; // before the plug-ins run: one may call the registry itself
        try {
            Iterator<P> found = search.get();
            int failures = 0;
            while (failures < MAX_BROKEN) {
                try {
                    if (!found.hasNext()) {
                        return;
                    }
                    P plugin = found.next();
                    String name = plugin.getClass().getName();
                    try {
                        add.accept(plugin, name);
                    } catch (RuntimeException | LinkageError e) {
                        broken(name, e);
                    }
                } catch (ServiceConfigurationError | RuntimeException | LinkageError e) {
                    failures++;
                    broken("a provider named in META-INF/services", e);
                }
            }
        } catch (ServiceConfigurationError | RuntimeException e) {
            broken("the search for providers", e);
        }
    }

    /** Notes that something of a plug-in cannot be used. */
    void broken(String plugin, Throwable e) {
        if (!broken.add(plugin + ": " + e)) {
            return; // it was told before
        }
        LOG.log(System.Logger.Level.WARNING, "A plug-in with environments failed to load: " + plugin + ": " + e);
        LOG.log(System.Logger.Level.DEBUG, "Where it failed", e);
    }

    /** A sentence for each broken plug-in, to append to an error. */
    String report() {
        StringBuilder text = new StringBuilder();
        for (String plugin : broken) {
            text.append(" A plug-in failed to load: ").append(plugin).append('.');
        }
        return text.toString();
    }
}
