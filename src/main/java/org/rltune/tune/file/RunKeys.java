package org.rltune.tune.file;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.rltune.tune.RunConfig;
import org.rltune.tune.space.Constraint;
import org.rltune.tune.space.SearchSpace;

/** The keys of an experiment file, by the names of Ray Tune: every setting of a run, but for those that only Java has. */
final class RunKeys {
    /** The key of the trainable. */
    static final String RUN = "run";

    /** What is said about a file and not about the run. */
    static final String DESCRIPTION = "description";

    static final Settings<RunConfig> TABLE = new Settings<RunConfig>()
            .text("name", RunConfig::name)
            .text("metric", RunConfig::metric)
            .add("mode", "max or min", (run, node) -> run.mode(node.mode()))
            .whole("num_samples", RunConfig::numSamples)
            .add("stop", "column: at least, or list of rules", RunKeys::stop)
            .real("time_budget_s", RunConfig::timeBudgetS)
            .add("config", "name: value or domain", (run, node) -> run.config(space(node, "")))
            .add("constraints", "list of 'smaller <= larger'", RunKeys::constraints)
            .add("search_alg", "a searcher", (run, node) -> run.searchAlg(Searchers.read(node)))
            .add(
                    "scheduler",
                    "a scheduler",
                    (run, node) -> run.scheduler(Kind.make(node, Schedulers.TABLE, "scheduler")))
            .large("seed", RunConfig::seed)
            .whole("threads", RunConfig::threads)
            .whole("max_concurrent_trials", RunConfig::maxConcurrentTrials)
            .add("resources_per_trial", "{cpus: whole number}", RunKeys::resources)
            .whole("checkpoint_freq", RunConfig::checkpointFreq)
            .flag("checkpoint_at_end", RunConfig::checkpointAtEnd)
            .whole("keep_checkpoints_num", RunConfig::keepCheckpointsNum)
            .text("checkpoint_score_attr", RunConfig::checkpointScoreAttr)
            .whole("max_failures", RunConfig::maxFailures)
            .flag("fail_fast", RunConfig::failFast)
            .text("storage_path", (run, folder) -> run.storagePath(Path.of(folder)))
            .whole("verbose", RunConfig::verbose)
            .flag("plots", RunConfig::plots)
            .flag("csv", RunConfig::csv)
            .flag("tensor_board", RunConfig::tensorBoard);

    private static final Settings<RunConfig> RESOURCES =
            new Settings<RunConfig>().whole("cpus", RunConfig::resourcesPerTrial);

    private RunKeys() {}

    /** The metric of a rule that is a target is that of the file, wherever in it that stands. */
    private static void stop(RunConfig run, Node node) {
        Node metric = node.source().root().parts().get("metric");
        new StopRules(metric == null ? null : metric.text()).give(run, node);
    }

    private static void constraints(RunConfig run, Node node) {
        for (Node element : node.elements()) {
            element.at(() -> run.constraint(Constraint.parse(element.text())));
        }
    }

    private static void resources(RunConfig run, Node node) {
        RESOURCES.give(run, node, "resources_per_trial", List.of());
    }

    /** Returns the space that the file declares, but for one name; "" for none. */
    static SearchSpace space(Node config, String without) {
        Map<String, Object> values = new LinkedHashMap<>();
        config.parts().forEach((name, part) -> values.put(name, part.value()));
        values.remove(without);
        try {
            return SearchSpace.ofConfig(values);
        } catch (IllegalArgumentException e) {
            Node culprit = culprit(config);
            throw new PlacedException(
                    culprit.source().place(culprit.path()) + ": " + config.path() + "/" + e.getMessage(), e);
        }
    }

    /** Returns the innermost part that cannot be read by itself, or else the whole. */
    private static Node culprit(Node node) {
        Iterable<Node> parts = node.isObject() ? node.parts().values() : node.isList() ? node.elements() : List.of();
        for (Node part : parts) {
            try {
                SearchSpace.ofConfig(Map.of("part", part.value()));
            } catch (IllegalArgumentException e) {
                return culprit(part);
            }
        }
        return node;
    }
}
