package org.rltune.tune;

import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.rltune.json.Json;

/**
 * {@code run.json}: what was run, on what, and what came out. Written when the run starts and again, in one step, when it
 * ends.
 */
final class RunFile {
    static final String NAME = "run.json";
    private static final String FORMAT = "rltune-run";
    private static final int VERSION = 1;

    private final Path file;
    private final Map<String, Object> start;

    /** @param startTime when the first session began; empty if this is the first */
    RunFile(RunSettings settings, String startTime) {
        this.file = settings.folder().resolve(NAME);
        this.start = start(settings, startTime);
    }

    private static Map<String, Object> start(RunSettings settings, String startTime) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("format", FORMAT);
        json.put("version", VERSION);
        json.putAll(described(settings));
        json.put("rltune_version", Version.RLTUNE);
        json.put("jvm", jvm());
        String now = Instant.now().toString();
        json.put("start_time", startTime.isEmpty() ? now : startTime);
        if (!startTime.isEmpty()) {
            json.put("resume_time", now);
        }
        return json;
    }

    /** Returns what the settings say, without what depends on the machine and the clock. */
    static Map<String, Object> described(RunSettings settings) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("name", settings.name());
        json.put("trainable", settings.spec().name());
        json.put("seed", settings.seed());
        json.put("num_samples", settings.numSamples());
        json.put("total_trials", settings.totalTrials());
        json.put("metric", settings.metric());
        json.put("mode", settings.mode().name());
        json.put("stop", settings.stopRules().stream().map(Object::toString).toList());
        json.put("search_space", settings.space().toJson());
        Map<String, Object> searcher = new LinkedHashMap<>();
        searcher.put("type", settings.searcher().getClass().getSimpleName());
        searcher.putAll(settings.searcher().settings());
        json.put("search_alg", searcher);
        Map<String, Object> scheduler = new LinkedHashMap<>();
        scheduler.put("type", settings.scheduler().getClass().getSimpleName());
        scheduler.put("time_attr", settings.scheduler().timeAttr());
        scheduler.putAll(settings.scheduler().settings());
        Map<String, Object> mutations = new LinkedHashMap<>();
        settings.scheduler()
                .mutations(settings.space())
                .forEach((name, domain) -> mutations.put(name, domain.toJson()));
        scheduler.put("mutations", mutations);
        json.put("scheduler", scheduler);
        json.put("checkpoints", checkpoints(settings));
        json.put("threads", settings.threads());
        json.put("max_concurrent_trials", limit(settings.maxConcurrentTrials()));
        json.put("resources_per_trial", settings.resources().cpus());
        json.put("max_failures", settings.failures().maxFailures());
        json.put("fail_fast", settings.failures().failFast());
        json.put("exceptions_to_reproducibility", settings.exceptions());
        return json;
    }

    private static Map<String, Object> checkpoints(RunSettings settings) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("freq", settings.checkpoints().freq());
        json.put("at_end", settings.checkpoints().atEnd());
        json.put("keep", limit(settings.checkpoints().keep()));
        json.put("score_attr", settings.ranking().scoreAttr());
        json.put("score_mode", settings.ranking().scoreMode().name());
        return json;
    }

    private static Object limit(int number) {
        return number == Integer.MAX_VALUE ? "unlimited" : number;
    }

    private static Map<String, Object> jvm() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("name", System.getProperty("java.vm.name"));
        json.put("version", System.getProperty("java.runtime.version"));
        json.put("vendor", System.getProperty("java.vendor"));
        json.put("os", System.getProperty("os.name") + " " + System.getProperty("os.version"));
        json.put("arch", System.getProperty("os.arch"));
        json.put("processors", Runtime.getRuntime().availableProcessors());
        json.put("max_heap_bytes", Runtime.getRuntime().maxMemory());
        return json;
    }

    void writeStart() {
        Map<String, Object> json = new LinkedHashMap<>(start);
        json.put("status", TrialStatus.RUNNING.name());
        write(json);
    }

    void writeEnd(ExperimentAnalysis analysis, @Nullable Throwable problem) {
        Map<String, Object> json = new LinkedHashMap<>(start);
        json.put("end_time", Instant.now().toString());
        json.put("elapsed_s", analysis.elapsedSeconds());
        json.put("status", analysis.status().name());
        if (problem != null) {
            json.put("error", problem.toString());
        }
        json.put("failed_trials", ids(analysis, TrialStatus.ERROR));
        putBest(json, analysis);
        json.put("digest", analysis.digest());
        write(json);
    }

    private static List<String> ids(ExperimentAnalysis analysis, TrialStatus status) {
        return analysis.trials().stream()
                .filter(trial -> trial.status() == status)
                .map(Trial::id)
                .toList();
    }

    private static void putBest(Map<String, Object> json, ExperimentAnalysis analysis) {
        String metric = analysis.metric();
        if (metric.isEmpty() || !BestTrial.anyScore(analysis.trials(), metric)) {
            return;
        }
        Trial best = analysis.bestTrial();
        json.put("best_trial", best.id());
        json.put("best_score", analysis.bestScore());
        json.put("best_config", analysis.bestConfig().asMap());
        if (!best.savedCheckpoints().isEmpty()) {
            Path checkpoint = analysis.folder().relativize(analysis.bestCheckpoint());
            json.put("best_checkpoint", checkpoint.toString().replace('\\', '/'));
        }
    }

    private void write(Map<String, Object> json) {
        AtomicFiles.replace(file, Json.writePretty(json) + "\n", true);
    }
}
