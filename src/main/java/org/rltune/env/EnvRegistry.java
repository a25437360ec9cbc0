package org.rltune.env;

import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;

/** A registry of environments with its plug-ins; {@link Envs} holds the one of the process. Thread-safe. */
final class EnvRegistry {
    private static final System.Logger LOG = System.getLogger(EnvRegistry.class.getName());

    private final TreeMap<String, EnvSpec> specs = new TreeMap<>();
    private final Set<String> told = new HashSet<>(); // what has been logged: once is enough for many workers
    private final Plugins<EnvProvider> plugins;

    EnvRegistry(Supplier<Iterator<EnvProvider>> plugins) {
        this.plugins = Plugins.found(plugins);
    }

    EnvRegistry(Plugins<EnvProvider> plugins) {
        this.plugins = plugins;
    }

    synchronized EnvSpec register(EnvSpec spec) {
        load();
        if (specs.containsKey(spec.id())) {
            throw new IllegalArgumentException("An environment is registered as '" + spec.id()
                    + "' already. Choose another id, or call Envs.unregister(\"" + spec.id()
                    + "\") first, or Envs.replace(spec)");
        }
        return put(spec);
    }

    synchronized EnvSpec replace(EnvSpec spec) {
        load();
        return put(spec);
    }

    private EnvSpec put(EnvSpec spec) {
        EnvId id = spec.parsedId();
        for (EnvSpec other : specs.values()) {
            if (other.parsedId().sameName(id) && other.parsedId().versioned() != id.versioned()) {
                throw new IllegalArgumentException("'" + spec.id() + "' cannot be registered beside '" + other.id()
                        + "': either every environment of a name has a version or none has, because the bare name"
                        + " stands for the latest version. Choose "
                        + (id.versioned() ? "another name" : "an id with -vN"));
            }
        }
        specs.put(spec.id(), spec);
        return spec;
    }

    synchronized void unregister(String id) {
        load();
        if (specs.remove(id) == null) {
            throw unknown(id, EnvId.parse(id));
        }
    }

    /** The spec of this id; the newest version where the id has none. */
    synchronized EnvSpec spec(String text) {
        load();
        EnvId id = EnvId.parse(text);
        Optional<EnvId> newest = EnvLookup.newest(id, ids());
        EnvSpec spec = specs.get(text);
        if (spec == null && !id.versioned() && newest.isPresent()) {
            spec = specs.values().stream()
                    .filter(other -> other.parsedId().equals(newest.get()))
                    .findFirst()
                    .orElseThrow();
            tell("'" + text + "' stands for its latest version, '" + spec.id()
                    + "'. Name the version, so that a newer one changes no results");
        }
        if (spec == null) {
            throw unknown(text, id);
        }
        if (spec.deprecated().isPresent()) {
            tell("'" + spec.id() + "' is deprecated. " + spec.deprecated().get());
        } else if (newest.isPresent() && EnvId.BY_VERSION.compare(newest.get(), spec.parsedId()) > 0) {
            tell("'" + spec.id() + "' is out of date. Consider '" + newest.get() + "'");
        }
        return spec;
    }

    synchronized List<String> list() {
        load();
        return List.copyOf(specs.keySet());
    }

    synchronized List<EnvSpec> all() {
        load();
        return List.copyOf(specs.values());
    }

    /** The id under which what JSON cannot hold of this spec is registered. */
    synchronized String entryPoint(EnvSpec spec) {
        load();
        EnvSpec same = specs.get(spec.id());
        if (same != null && sameCreator(same, spec)) {
            return same.id();
        }
        return specs.values().stream()
                .filter(other -> sameCreator(other, spec))
                .map(EnvSpec::id)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("The spec of '" + spec.id()
                        + "' cannot be written as JSON, because its creator is code that is registered"
                        + " nowhere (or with another schema or vector entry point). Call"
                        + " Envs.register(spec) first: JSON then names the creator by its id"));
    }

    private static boolean sameCreator(EnvSpec a, EnvSpec b) {
        return a.creator().equals(b.creator())
                && a.configSchema().equals(b.configSchema())
                && a.vectorEntryPoint().equals(b.vectorEntryPoint());
    }

    private UnknownEnvException unknown(String text, EnvId id) {
        return new EnvLookup(text, id, ids(), plugins.report()).unknown();
    }

    private List<EnvId> ids() {
        return specs.values().stream().map(EnvSpec::parsedId).toList();
    }

    private void tell(String what) {
        if (told.add(what)) {
            LOG.log(System.Logger.Level.WARNING, what);
        }
    }

    private void load() {
        plugins.load((provider, name) -> {
            for (EnvSpec spec : provider.environments()) {
                if (specs.containsKey(spec.id())) {
                    plugins.broken(name, new IllegalArgumentException("'" + spec.id() + "' is registered already"));
                    continue;
                }
                try {
                    put(spec);
                } catch (IllegalArgumentException e) {
                    plugins.broken(name, e);
                }
            }
        });
    }
}
