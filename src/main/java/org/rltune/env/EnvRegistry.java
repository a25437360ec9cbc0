package org.rltune.env;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.rltune.check.Suggest;

/** A registry of environments with its plug-ins; {@link Envs} holds the one of the process. Thread-safe. */
final class EnvRegistry {
    private static final System.Logger LOG = System.getLogger(EnvRegistry.class.getName());
    private static final int MAX_LISTED = 10;
    // A service file that cannot be read makes the iterator throw again and again; this bounds the attempts.
    private static final int MAX_BROKEN_PLUGINS = 100;

    private final TreeMap<String, EnvSpec> specs = new TreeMap<>();
    private final List<String> brokenPlugins = new ArrayList<>();
    private final Supplier<Iterator<EnvProvider>> plugins;
    private boolean loaded;

    EnvRegistry(Supplier<Iterator<EnvProvider>> plugins) {
        this.plugins = plugins;
    }

    /** A registry whose plug-ins are found by the context class loader at its first use. */
    static EnvRegistry withPlugins() {
        return new EnvRegistry(() -> ServiceLoader.load(
                        EnvProvider.class, Thread.currentThread().getContextClassLoader())
                .iterator());
    }

    synchronized EnvSpec register(EnvSpec spec) {
        load();
        if (specs.containsKey(spec.id())) {
            throw new IllegalArgumentException("An environment is registered as '" + spec.id()
                    + "' already. Choose another id, or call Envs.unregister(\"" + spec.id()
                    + "\") first, or Envs.replace(spec)");
        }
        specs.put(spec.id(), spec);
        return spec;
    }

    synchronized EnvSpec replace(EnvSpec spec) {
        load();
        specs.put(spec.id(), spec);
        return spec;
    }

    synchronized void unregister(String id) {
        load();
        if (specs.remove(id) == null) {
            throw unknown(id);
        }
    }

    synchronized EnvSpec spec(String id) {
        load();
        EnvSpec spec = specs.get(id);
        if (spec == null) {
            throw unknown(id);
        }
        return spec;
    }

    synchronized List<String> list() {
        load();
        return List.copyOf(specs.keySet());
    }

    private UnknownEnvException unknown(String id) {
        List<String> known = List.copyOf(specs.keySet());
        StringBuilder text = new StringBuilder("No environment is registered as '")
                .append(id)
                .append("'. Registered: ");
        text.append(known.isEmpty() ? "none" : String.join(", ", known.subList(0, Math.min(MAX_LISTED, known.size()))));
        if (known.size() > MAX_LISTED) {
            text.append(" and ").append(known.size() - MAX_LISTED).append(" more (Envs.list())");
        }
        text.append('.').append(suggestion(id, known));
        if (known.isEmpty()) {
            text.append(" Call Envs.register(id, creator), or put rltune-envs on the class path.");
        }
        for (String broken : brokenPlugins) {
            text.append(" A plug-in failed to load: ").append(broken).append('.');
        }
        return new UnknownEnvException(text.toString());
    }

    /** The latest version of the same name, if there is one, or else the nearest id. */
    private String suggestion(String id, List<String> known) {
        int dash = id.lastIndexOf("-v");
        String stem = dash < 0 ? id : id.substring(0, dash);
        EnvSpec best = null;
        for (EnvSpec spec : specs.values()) {
            String other = spec.version().isPresent()
                    ? spec.id().substring(0, spec.id().lastIndexOf("-v"))
                    : spec.id();
            boolean newer =
                    best == null || spec.version().orElse(-1) > best.version().orElse(-1);
            if (other.equalsIgnoreCase(stem) && newer) {
                best = spec;
            }
        }
        return best == null ? Suggest.nearest(id, known) : " Maybe '" + best.id() + "'?";
    }

    private void load() {
        if (loaded) {
            return;
        }
        loaded = true; // before the plug-ins run: one may call the registry itself
        try {
            Iterator<EnvProvider> found = plugins.get();
            while (brokenPlugins.size() < MAX_BROKEN_PLUGINS) {
                try {
                    if (!found.hasNext()) {
                        return;
                    }
                    add(found.next());
                } catch (ServiceConfigurationError | RuntimeException | LinkageError e) {
                    broken("a provider named in META-INF/services", e);
                }
            }
        } catch (ServiceConfigurationError | RuntimeException e) {
            broken("the search for providers", e);
        }
    }

    private void add(EnvProvider provider) {
        String name = provider.getClass().getName();
        try {
            for (EnvSpec spec : provider.environments()) {
                EnvSpec before = specs.putIfAbsent(spec.id(), spec);
                if (before != null) {
                    broken(name, new IllegalArgumentException("'" + spec.id() + "' is registered already"));
                }
            }
        } catch (RuntimeException | LinkageError e) {
            broken(name, e);
        }
    }

    private void broken(String plugin, Throwable e) {
        brokenPlugins.add(plugin + ": " + e);
        LOG.log(System.Logger.Level.WARNING, "A plug-in with environments failed to load: " + plugin + ": " + e);
        LOG.log(System.Logger.Level.DEBUG, "Where it failed", e);
    }
}
