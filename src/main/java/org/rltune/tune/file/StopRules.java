package org.rltune.tune.file;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.rltune.check.Suggest;
import org.rltune.tune.RunConfig;
import org.rltune.tune.StopAllOnPlateau;
import org.rltune.tune.StopOnPlateau;
import org.rltune.tune.StopRule;

/**
 * When trials end, as a file says it: {@code {training_iteration: 50}}, where each value means "at least", or a list of rules
 * of any kind. The first key of the table that a rule has tells its kind.
 */
final class StopRules {
    private static final String TIME_BUDGET_S = "time_budget_s";

    /** A kind of rule: the keys that it may have besides, and how it is made. */
    private record Form(List<String> others, Function<Node, StopRule> make) {}

    private final Map<String, Form> forms = new LinkedHashMap<>();

    /** Makes a reader; the metric is that of the file, or null. */
    StopRules(@Nullable String metric) {
        forms.put("key", new Form(List.of("at_least", "at_most"), StopRules::byKey));
        forms.put("target", new Form(List.of(), rule -> target(rule, metric)));
        forms.put(
                TIME_BUDGET_S,
                new Form(
                        List.of(),
                        rule -> StopRule.timeBudget(part(rule, TIME_BUDGET_S).real())));
        forms.put(
                "experiment_total",
                new Form(
                        List.of("at_least"),
                        rule -> StopRule.experimentTotal(
                                part(rule, "experiment_total").text(),
                                part(rule, "at_least").real())));
        forms.put(
                "plateau",
                new Form(
                        List.of("std", "num_results", "grace_period", "metric_threshold", "mode"), StopRules::plateau));
        forms.put(
                "experiment_plateau",
                new Form(List.of("std", "top", "patience", "mode"), StopRules::experimentPlateau));
        forms.put("any_of", new Form(List.of(), rule -> StopRule.anyOf(rules(part(rule, "any_of")))));
        forms.put("all_of", new Form(List.of(), rule -> StopRule.allOf(rules(part(rule, "all_of")))));
        forms.put("stop_all", new Form(List.of(), rule -> StopRule.stopAll(rule(part(rule, "stop_all")))));
    }

    void give(RunConfig config, Node stop) {
        if (stop.isList()) {
            for (Node element : stop.elements()) {
                StopRule rule = rule(element);
                element.at(() -> config.stop(rule));
            }
            return;
        }
        stop.parts().forEach((key, value) -> {
            double bound = value.real();
            value.at(() -> key.equals(TIME_BUDGET_S) ? config.timeBudgetS(bound) : config.stop(key, bound));
        });
    }

    private StopRule[] rules(Node list) {
        List<StopRule> rules = new ArrayList<>();
        list.elements().forEach(element -> rules.add(rule(element)));
        return rules.toArray(new StopRule[0]);
    }

    private StopRule rule(Node node) {
        Map<String, Node> parts = node.parts();
        for (Map.Entry<String, Form> entry : forms.entrySet()) {
            if (parts.containsKey(entry.getKey())) {
                List<String> known = new ArrayList<>(entry.getValue().others());
                known.add(entry.getKey());
                parts.forEach((key, part) -> {
                    if (!known.contains(key)) {
                        throw part.error("is not a setting of a rule with " + entry.getKey() + ", which takes "
                                + String.join(", ", known) + "." + Suggest.nearest(key, known));
                    }
                });
                return node.at(() -> entry.getValue().make().apply(node));
            }
        }
        throw node.error("names no kind of stop rule. A rule has one of the keys " + String.join(", ", forms.keySet())
                + ". Maybe {key: training_iteration, at_least: 50}?");
    }

    private static Node part(Node rule, String key) {
        Node part = rule.parts().get(key);
        if (part == null) {
            throw rule.error("has no " + key + ". Add it.");
        }
        return part;
    }

    private static StopRule byKey(Node rule) {
        Map<String, Node> parts = rule.parts();
        String key = part(rule, "key").text();
        Node atLeast = parts.get("at_least");
        Node atMost = parts.get("at_most");
        if (atLeast != null && atMost == null) {
            return StopRule.atLeast(key, atLeast.real());
        }
        if (atMost != null && atLeast == null) {
            return StopRule.atMost(key, atMost.real());
        }
        throw rule.error("must have one of at_least and at_most. Keep one; the other makes a rule of its own.");
    }

    private static StopRule target(Node rule, @Nullable String metric) {
        if (metric == null) {
            throw rule.error("is a target, but the file names no metric. Add metric: episode_reward_mean.");
        }
        return StopRule.target(metric, part(rule, "target").real());
    }

    private static StopRule plateau(Node rule) {
        Map<String, Node> parts = rule.parts();
        StopOnPlateau plateau = StopRule.plateau(part(rule, "plateau").text());
        plateau = with(plateau, parts.get("std"), (made, node) -> made.std(node.real()));
        plateau = with(plateau, parts.get("num_results"), (made, node) -> made.numResults(node.whole()));
        plateau = with(plateau, parts.get("grace_period"), (made, node) -> made.gracePeriod(node.whole()));
        plateau = with(plateau, parts.get("metric_threshold"), (made, node) -> made.metricThreshold(node.real()));
        return with(plateau, parts.get("mode"), (made, node) -> made.mode(node.mode()));
    }

    private static StopRule experimentPlateau(Node rule) {
        Map<String, Node> parts = rule.parts();
        StopAllOnPlateau plateau =
                StopRule.experimentPlateau(part(rule, "experiment_plateau").text());
        plateau = with(plateau, parts.get("std"), (made, node) -> made.std(node.real()));
        plateau = with(plateau, parts.get("top"), (made, node) -> made.top(node.whole()));
        plateau = with(plateau, parts.get("patience"), (made, node) -> made.patience(node.whole()));
        return with(plateau, parts.get("mode"), (made, node) -> made.mode(node.mode()));
    }

    private interface Setter<T> {
        T apply(T made, Node value);
    }

    private static <T> T with(T made, @Nullable Node value, Setter<T> setter) {
        return value == null ? made : value.at(() -> setter.apply(made, value));
    }
}
