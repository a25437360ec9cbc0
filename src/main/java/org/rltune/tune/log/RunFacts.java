package org.rltune.tune.log;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.rltune.tune.Experiment;
import org.rltune.tune.Mode;

/**
 * What the console tells about an experiment before it runs.
 *
 * @param labelled label to text
 * @param notes what the trainable says
 * @param warnings what may go wrong
 */
record RunFacts(Map<String, String> labelled, List<String> notes, List<String> warnings) {

    static RunFacts of(Experiment experiment) {
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("folder", experiment.folder().toString());
        int trials = experiment.totalTrials();
        int threads = experiment.threads();
        facts.put(
                "population",
                Figures.count(trials) + (trials == 1 ? " trial of " : " trials of ") + experiment.trainable() + " on "
                        + threads + (threads == 1 ? " thread" : " threads") + ", seed " + experiment.seed());
        if (!experiment.metric().isEmpty()) {
            facts.put("goal", (experiment.mode() == Mode.MAX ? "largest " : "smallest ") + experiment.metric());
        }
        facts.put(
                "until",
                experiment.stopRules().stream()
                        .map(rule -> rule.toString().replaceAll("\\.0$", ""))
                        .collect(Collectors.joining(" or ")));
        facts.put(
                "search",
                experiment.space().domains().entrySet().stream()
                        .map(entry -> entry.getKey() + " " + entry.getValue())
                        .collect(Collectors.joining(", ")));
        return new RunFacts(facts, experiment.preflight(), experiment.warnings());
    }
}
