package org.rltune.tune.schedule;

import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.rltune.json.Json;
import org.rltune.tune.Scheduler.TrialView;

/**
 * What a scheduler keeps of each trial, by trial id, in the order in which they were made.
 *
 * @param <T> what it keeps
 */
final class Roster<T> {
    private final Map<String, T> entries = new LinkedHashMap<>();

    void clear() {
        entries.clear();
    }

    void add(TrialView trial, T entry) {
        if (entries.putIfAbsent(trial.id(), entry) != null) {
            throw new IllegalStateException("trial " + trial.id() + " was added before. Add each trial once.");
        }
    }

    T get(TrialView trial) {
        return get(trial.id());
    }

    T get(String id) {
        T entry = entries.get(id);
        if (entry == null) {
            throw new IllegalStateException("trial " + id + " is unknown. Call onTrialAdd first.");
        }
        return entry;
    }

    int size() {
        return entries.size();
    }

    Collection<T> all() {
        return Collections.unmodifiableCollection(entries.values());
    }

    Map<String, Object> save(Function<T, Map<String, Object>> one) {
        Map<String, Object> saved = new LinkedHashMap<>();
        entries.forEach((id, entry) -> saved.put(id, one.apply(entry)));
        return saved;
    }

    /**
     * Gives each entry what {@link #save} made of it.
     *
     * @throws IllegalArgumentException if the trials are not those that were saved
     */
    void restore(@Nullable Object state, String name, BiConsumer<T, Map<String, Object>> one) {
        Map<String, Object> saved = Json.asObject(state, name);
        if (!saved.keySet().equals(entries.keySet())) {
            throw new IllegalArgumentException("The saved state knows the trials " + saved.keySet() + ", but there are "
                    + entries.keySet() + ". Restore it into the experiment that saved it.");
        }
        entries.forEach((id, entry) -> one.accept(entry, Json.asObject(saved.get(id), id)));
    }
}
