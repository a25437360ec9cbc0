package org.rltune.tune.file;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.rltune.json.Json;
import org.rltune.json.Located;
import org.rltune.tune.ResumedRun;
import org.rltune.tune.RunConfig;
import org.rltune.tune.Scheduler;
import org.rltune.tune.Searcher;
import org.rltune.tune.space.SearchSpace;

/**
 * Gives a run that is resumed the settings that its journal recorded. Searchers and schedulers are made anew by the names of
 * their classes; one that comes out with other settings than were recorded is left out, so that the user must pass it.
 */
public final class RecordedSettings {
    private static final String SPACE = "search_space";
    private static final String SEARCH_ALG = "search_alg";
    private static final String SCHEDULER = "scheduler";
    private static final String CLASS = "class";
    private static final String TYPE = "type";

    private RecordedSettings() {}

    /** Gives what was recorded to a config that has only its defaults. */
    public static void apply(ResumedRun run, RunConfig config) {
        Map<String, @Nullable Object> recorded = new LinkedHashMap<>(run.config());
        Object space = recorded.remove(SPACE);
        Object searcher = recorded.remove(SEARCH_ALG);
        Object scheduler = recorded.remove(SCHEDULER);
        recorded.remove("other_stop");
        Source source = new Source("journal.jsonl of " + run.folder(), new Located(recorded, Map.of()), Map.of());
        RunKeys.TABLE.give(config, source.root(), "a run", List.of(RunKeys.RUN));
        applySpace(config, space);
        Scheduler madeScheduler = scheduler(source, scheduler);
        if (madeScheduler != null) {
            config.scheduler(madeScheduler);
        }
        Searcher madeSearcher = searcher(source, searcher);
        if (madeSearcher != null) {
            config.searchAlg(madeSearcher);
        }
    }

    /**
     * Gives a run other settings than were recorded.
     *
     * @param changes by the keys of an experiment file, or keys with "/" between them, such as {@code
     *     stop/training_iteration}; values as {@link Json} reads them
     * @throws IllegalArgumentException naming the key that is wrong
     */
    public static void change(RunConfig config, Map<String, ?> changes) {
        Source source = new Source("the change", new Located(Map.of(), Map.of()), Map.of());
        for (Map.Entry<String, ?> change : changes.entrySet()) {
            source = source.with(change.getKey(), change.getValue());
        }
        RunKeys.TABLE.give(config, source.root(), "a run that is resumed", List.of());
    }

    /** A space with a function in it cannot be read; that it is missing is noticed when spaces are compared. */
    private static void applySpace(RunConfig config, @Nullable Object json) {
        try {
            config.config(SearchSpace.fromJson(json));
        } catch (IllegalArgumentException e) {
            System.getLogger(RecordedSettings.class.getName())
                    .log(System.Logger.Level.DEBUG, "the search space cannot be read back", e);
        }
    }

    private static @Nullable Scheduler scheduler(Source source, @Nullable Object json) {
        if (json == null) {
            return null;
        }
        Map<String, @Nullable Object> recorded = new LinkedHashMap<>(Json.asObject(json, SCHEDULER));
        Object timeAttr = recorded.remove("time_attr");
        Object mutations = recorded.remove("mutations");
        Map<String, @Nullable Object> named = new LinkedHashMap<>(recorded);
        named.remove(CLASS);
        String type = String.valueOf(named.get(TYPE));
        switch (type) {
            case "HyperBandScheduler" -> {
                if ("bohb".equals(named.remove("form"))) {
                    named.put(TYPE, "HyperBandForBOHB");
                }
                named.put("smallest_first", "smallest first".equals(named.remove("fill")));
            }
            case "PopulationBasedTraining", "Pb2" -> {
                named.remove("custom_explore_fn", false);
                Map<String, @Nullable Object> rule =
                        new LinkedHashMap<>(Json.asObject(named.get("exploit"), "exploit"));
                rule.put(TYPE, rule.remove("rule"));
                named.put("exploit", rule);
                named.put(type.equals("Pb2") ? "hyperparam_bounds" : "hyperparam_mutations", mutations);
            }
            default -> {
                // its settings are the keys of a file
            }
        }
        if (!type.equals("FifoScheduler") && !type.equals("PopulationBasedTrainingReplay")) {
            named.put("time_attr", timeAttr);
        }
        Scheduler made = make(() -> Kind.make(new Node(source, SCHEDULER, named), Schedulers.TABLE, SCHEDULER));
        return made != null && same(recorded, made.getClass(), made.settings()) ? made : null;
    }

    private static @Nullable Searcher searcher(Source source, @Nullable Object json) {
        if (json == null) {
            return null;
        }
        Map<String, @Nullable Object> recorded = Json.asObject(json, SEARCH_ALG);
        Searcher made = make(() -> Searchers.read(new Node(source, SEARCH_ALG, searcherSettings(recorded))));
        return made != null && same(recorded, made.getClass(), made.settings()) ? made : null;
    }

    /** Returns settings as a file has them: without what is no setting, and without words that stand for a default. */
    private static Map<String, @Nullable Object> searcherSettings(Map<String, @Nullable Object> recorded) {
        Map<String, @Nullable Object> named = new LinkedHashMap<>(recorded);
        named.remove(CLASS);
        named.remove("qmc_type");
        named.computeIfPresent("min_points_in_model", (key, value) -> value instanceof String ? null : value);
        named.computeIfPresent("popsize", (key, value) -> value instanceof String ? null : value);
        if (named.get("searcher") instanceof Map<?, ?> inner) {
            named.put("searcher", searcherSettings(Json.asObject(inner, "searcher")));
        }
        return named;
    }

    private static <T> @Nullable T make(Supplier<T> making) {
        try {
            return making.get();
        } catch (IllegalArgumentException e) {
            System.getLogger(RecordedSettings.class.getName())
                    .log(System.Logger.Level.DEBUG, "cannot be made from its settings alone", e);
            return null;
        }
    }

    private static boolean same(Map<String, @Nullable Object> recorded, Class<?> type, Map<String, Object> settings) {
        Map<String, @Nullable Object> now = new LinkedHashMap<>();
        now.put(TYPE, type.getSimpleName());
        now.put(CLASS, type.getName());
        now.putAll(settings);
        return recorded.equals(Json.parse(Json.write(now), "settings"));
    }
}
