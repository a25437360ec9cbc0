package org.rltune.ppo;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/** The {@link PpoCallbacks} that the setting {@code callbacks} knows by name. One table for the whole process. */
public final class Callbacks {
    private static final NamedParts<Supplier<PpoCallbacks>> PARTS =
            new NamedParts<>("callbacks", "Callbacks.register(\"NAME\", MyCallbacks::new)", PpoProvider::callbacks);
    private static final Pattern METRIC = Pattern.compile("[A-Za-z0-9_.:-]+");

    private Callbacks() {}

    /**
     * Makes callbacks known under a name.
     *
     * @param maker makes an object for each trainer
     * @throws IllegalArgumentException if the name is taken by another maker
     */
    public static void register(String name, Supplier<PpoCallbacks> maker) {
        PARTS.register(name, maker);
    }

    /** Forgets a name; returns whether it was known. */
    public static boolean unregister(String name) {
        return PARTS.unregister(name);
    }

    /** Returns the known names, sorted. */
    public static List<String> names() {
        return PARTS.names();
    }

    /** Makes the callbacks of a name; null, which does nothing, for the empty name. */
    static PpoCallbacks make(String name) {
        if (name.isEmpty()) {
            return new PpoCallbacks() {};
        }
        PpoCallbacks made = PARTS.get(name).get();
        if (made == null) {
            throw new IllegalStateException("The maker registered as callbacks '" + name + "' returned null.");
        }
        return made;
    }

    /**
     * Returns the names of all metrics of episodes: those of infos, then those of the callbacks.
     *
     * @throws IllegalArgumentException if a name cannot be that of a column, or columns would have the same name
     */
    static List<String> episodeMetrics(PpoConfig config, PpoCallbacks callbacks) {
        List<String> names = new ArrayList<>(config.episodeInfoMetrics());
        names.addAll(callbacks.episodeMetrics());
        Set<String> columns = new HashSet<>();
        for (String name : names) {
            for (String ending : List.of("_mean", "_min", "_max")) {
                requireNew(columns, name, name + ending);
            }
        }
        callbacks.resultMetrics().forEach(name -> requireNew(columns, name, name));
        return List.copyOf(names);
    }

    private static void requireNew(Set<String> columns, String name, String column) {
        if (!METRIC.matcher(name).matches() || name.endsWith("_absent")) {
            throw new IllegalArgumentException("A custom metric is named '" + name + "', but a name must be made of"
                    + " letters, digits and _.:- and not end with _absent. Choose another name.");
        }
        if (!columns.add(column)) {
            throw new IllegalArgumentException("Two custom metrics would stand in the column custom_metrics/" + column
                    + ": episode_info_metrics, episodeMetrics() and resultMetrics() must not share names. Rename '"
                    + name + "'.");
        }
    }
}
