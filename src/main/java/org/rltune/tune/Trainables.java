package org.rltune.tune;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import org.rltune.check.Check;
import org.rltune.check.Suggest;

/** The trainables that {@code Tune.run} knows by name. One table for the whole process; safe for use by threads. */
public final class Trainables {
    private static final Map<String, TrainableSpec> SPECS = new ConcurrentSkipListMap<>();

    private Trainables() {}

    /**
     * Makes a trainable known under its name.
     *
     * @throws IllegalArgumentException if the name is taken by another one
     */
    public static void register(TrainableSpec spec) {
        String name = Check.notBlank("the name of a trainable", spec.name());
        TrainableSpec before = SPECS.putIfAbsent(name, spec);
        if (before != null && before != spec) {
            throw new IllegalArgumentException("A trainable named '" + name + "' is registered already. Choose another"
                    + " name, or call Trainables.unregister(\"" + name + "\") first.");
        }
    }

    /** Forgets a name; returns whether it was known. */
    public static boolean unregister(String name) {
        return SPECS.remove(name) != null;
    }

    /**
     * Returns the trainable of a name.
     *
     * @throws IllegalArgumentException if there is none, with the known names and the nearest one
     */
    public static TrainableSpec get(String name) {
        TrainableSpec spec = SPECS.get(name);
        if (spec == null) {
            List<String> names = names();
            String known = names.isEmpty() ? "none" : String.join(", ", names);
            throw new IllegalArgumentException("No trainable is registered as '" + name + "'. Registered: " + known
                    + "." + Suggest.nearest(name, names));
        }
        return spec;
    }

    /** Returns the known names, sorted. */
    public static List<String> names() {
        return List.copyOf(new ArrayList<>(SPECS.keySet()));
    }
}
