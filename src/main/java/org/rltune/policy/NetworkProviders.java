package org.rltune.policy;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The providers of networks that there are: those beside the library, and those that the context class loader of the asking
 * thread finds. A broken one hides no other.
 */
public final class NetworkProviders {
    // A service file that cannot be read makes the iterator throw again and again; this bounds the attempts.
    private static final int MAX_BROKEN = 100;

    private NetworkProviders() {}

    /**
     * Returns the provider of a framework.
     *
     * @throws IllegalArgumentException if there is none, with those there are
     */
    public static NetworkProvider of(String framework) {
        Set<String> known = new TreeSet<>();
        List<String> broken = new ArrayList<>();
        for (ClassLoader loader : loaders()) {
            Iterator<NetworkProvider> found =
                    ServiceLoader.load(NetworkProvider.class, loader).iterator();
            while (broken.size() < MAX_BROKEN) {
                try {
                    if (!found.hasNext()) {
                        break;
                    }
                    NetworkProvider provider = found.next();
                    if (provider.framework().equals(framework)) {
                        return provider;
                    }
                    known.add(provider.framework());
                } catch (ServiceConfigurationError | LinkageError e) {
                    broken.add(" A provider failed to load: " + e + ".");
                }
            }
        }
        throw new IllegalArgumentException("No provider of networks offers the framework '" + framework + "', only "
                + known + ". Put the jar that does on the class path, with its META-INF/services."
                + String.join("", broken));
    }

    private static List<ClassLoader> loaders() {
        List<ClassLoader> loaders = new ArrayList<>();
        add(loaders, NetworkProviders.class.getClassLoader());
        add(loaders, Thread.currentThread().getContextClassLoader());
        return loaders;
    }

    private static void add(List<ClassLoader> loaders, @Nullable ClassLoader loader) {
        ClassLoader known = loader == null ? ClassLoader.getSystemClassLoader() : loader;
        if (!loaders.contains(known)) {
            loaders.add(known);
        }
    }
}
