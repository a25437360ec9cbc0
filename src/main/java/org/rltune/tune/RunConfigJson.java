package org.rltune.tune;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What a user had set, by the keys of an experiment file, so that it can be set again when the run is resumed. What no file
 * can hold is named, so that the user can be told what to pass.
 */
final class RunConfigJson {
    /** The full name of the class of a searcher or scheduler. */
    static final String CLASS = "class";

    /** What a scheduler may mutate, within which domains. */
    static final String MUTATIONS = "mutations";

    /** Stop rules of the program's own, in words. */
    static final String OTHER_STOP = "other_stop";

    private RunConfigJson() {}

    static Map<String, Object> of(RunConfig config, RunSettings settings) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("run", settings.spec().name());
        json.put("name", settings.name());
        if (!settings.metric().isEmpty()) {
            json.put("metric", settings.metric());
        }
        json.put("mode", settings.mode().name().toLowerCase(Locale.ROOT));
        json.put("num_samples", settings.numSamples());
        putStop(json, config);
        json.put("search_space", config.space().toJson());
        Searcher searcher = config.searchAlg();
        if (searcher != null) {
            json.put("search_alg", made(searcher.getClass(), searcher.settings()));
        }
        Scheduler scheduler = config.scheduler();
        if (scheduler != null) {
            Map<String, Object> mutations = new LinkedHashMap<>();
            scheduler.mutations(settings.space()).forEach((name, domain) -> mutations.put(name, domain.toJson()));
            Map<String, Object> made = made(scheduler.getClass(), scheduler.settings());
            made.put("time_attr", scheduler.timeAttr());
            made.put(MUTATIONS, mutations);
            json.put("scheduler", made);
        }
        json.put("seed", config.seed());
        if (config.threads() != Runtime.getRuntime().availableProcessors()) {
            json.put("threads", config.threads());
        }
        Integer concurrent = config.maxConcurrentTrials();
        if (concurrent != null) {
            json.put("max_concurrent_trials", concurrent);
        }
        if (config.resources().cpus() > 0) {
            json.put("resources_per_trial", Map.of("cpus", config.resources().cpus()));
        }
        putCheckpoints(json, config.checkpoints());
        json.put("max_failures", config.failures().maxFailures());
        json.put("fail_fast", config.failures().failFast());
        json.put("verbose", config.verbose());
        json.put("plots", config.plots());
        json.put("csv", config.csv());
        json.put("tensor_board", config.tensorBoard());
        return json;
    }

    private static Map<String, Object> made(Class<?> type, Map<String, Object> settings) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("type", type.getSimpleName());
        json.put(CLASS, type.getName());
        json.putAll(settings);
        return json;
    }

    private static void putStop(Map<String, Object> json, RunConfig config) {
        List<Object> rules = new ArrayList<>();
        List<String> others = new ArrayList<>();
        for (StopRule rule : config.stopRules()) {
            Map<String, Object> form = rule.toJson();
            if (form.isEmpty()) {
                others.add(StopTexts.of(rule));
            } else {
                rules.add(form);
            }
        }
        json.put("stop", rules);
        if (!others.isEmpty()) {
            json.put(OTHER_STOP, others);
        }
    }

    private static void putCheckpoints(Map<String, Object> json, CheckpointPolicy policy) {
        json.put("checkpoint_freq", policy.freq());
        json.put("checkpoint_at_end", policy.atEnd());
        if (policy.keep() != Integer.MAX_VALUE) {
            json.put("keep_checkpoints_num", policy.keep());
        }
        if (!policy.scoreAttr().isEmpty()) {
            json.put(
                    "checkpoint_score_attr",
                    (policy.scoreMode() == Mode.MIN ? RunSettings.MIN_PREFIX : "") + policy.scoreAttr());
        }
    }
}
