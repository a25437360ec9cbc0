package org.rltune.env;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Plug-ins that a registry loads before its answers: those that the class loader of the registry finds, and those that
 * the context class loader of each asking thread finds. A broken one is logged and named in errors; it hides no other.
 * Used under a lock of its registry.
 */
public final class Plugins<P> {
    private static final System.Logger LOG = System.getLogger(Plugins.class.getName());
    // A service file that cannot be read makes the iterator throw again and again; this bounds the attempts.
    private static final int MAX_BROKEN = 100;

    private final Function<ClassLoader, Iterator<P>> search;
    private final Set<ClassLoader> searched = Collections.newSetFromMap(new WeakHashMap<>());
    private final Set<String> known = new HashSet<>();
    private final Set<String> broken = new LinkedHashSet<>();

    private Plugins(Function<ClassLoader, Iterator<P>> search) {
        this.search = search;
    }

    /** Those that one search finds, whoever asks. */
    static <P> Plugins<P> found(Supplier<Iterator<P>> search) {
        AtomicBoolean first = new AtomicBoolean(true);
        return new Plugins<>(loader -> first.getAndSet(false) ? search.get() : Collections.emptyIterator());
    }

    /** Those that {@link ServiceLoader} finds with the class loaders. */
    public static <P> Plugins<P> of(Class<P> type) {
        return new Plugins<>(loader -> ServiceLoader.load(type, loader).iterator());
    }

    /**
     * Gives every new plug-in with its name to {@code add}. A class loader is searched once; a class that another one
     * has shown before is not new.
     */
    public void load(BiConsumer<P, String> add) {
        List<ClassLoader> unseen = new ArrayList<>();
        // Noted before the plug-ins run: one may call the registry itself.
        for (ClassLoader loader : List.of(own(), context())) {
            if (searched.add(loader)) {
                unseen.add(loader);
            }
        }
        for (ClassLoader loader : unseen) {
            search(loader, add);
        }
    }

    private static ClassLoader own() {
        return orSystem(Plugins.class.getClassLoader());
    }

    private static ClassLoader context() {
        return orSystem(Thread.currentThread().getContextClassLoader());
    }

    private static ClassLoader orSystem(@Nullable ClassLoader loader) {
        return loader == null ? ClassLoader.getSystemClassLoader() : loader;
    }

    private void search(ClassLoader loader, BiConsumer<P, String> add) {
        Set<String> before = Set.copyOf(known);
        try {
            Iterator<P> found = search.apply(loader);
            int failures = 0;
            while (failures < MAX_BROKEN) {
                try {
                    if (!found.hasNext()) {
                        return;
                    }
                    P plugin = found.next();
                    String name = plugin.getClass().getName();
                    if (before.contains(name)) {
                        continue;
                    }
                    known.add(name);
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
        LOG.log(System.Logger.Level.WARNING, "A plug-in failed to load: " + plugin + ": " + e);
        LOG.log(System.Logger.Level.DEBUG, "Where it failed", e);
    }

    /** A sentence for each broken plug-in, to append to an error. */
    public String report() {
        StringBuilder text = new StringBuilder();
        for (String plugin : broken) {
            text.append(" A plug-in failed to load: ").append(plugin).append('.');
        }
        return text.toString();
    }
}
