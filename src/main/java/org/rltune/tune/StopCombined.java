package org.rltune.tune;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import org.rltune.check.Check;

/** Any, or all, of several rules. */
record StopCombined(List<StopRule> rules, boolean all) implements StopRule {
    StopCombined {
        Check.notEmpty(all ? "allOf" : "anyOf", rules);
        for (StopRule rule : rules) {
            if (all && rule.watch().isPresent()) {
                throw new IllegalArgumentException("allOf holds the rule " + StopTexts.of(rule)
                        + ", which is about the whole experiment and not about one trial. Give it to the run by itself,"
                        + " or use anyOf.");
            }
        }
    }

    @Override
    public boolean shouldStop(Trial trial, Map<String, Object> row) {
        return all
                ? rules.stream().allMatch(rule -> rule.shouldStop(trial, row))
                : rules.stream().anyMatch(rule -> rule.shouldStop(trial, row));
    }

    @Override
    public String firedBy(Trial trial, Map<String, Object> row) {
        if (all) {
            return toString();
        }
        return rules.stream()
                .filter(rule -> rule.shouldStop(trial, row))
                .findFirst()
                .map(rule -> rule.firedBy(trial, row))
                .orElse(toString());
    }

    @Override
    public OptionalDouble progress(Trial trial) {
        List<OptionalDouble> parts =
                rules.stream().map(rule -> rule.progress(trial)).toList();
        DoubleStream known = parts.stream().filter(OptionalDouble::isPresent).mapToDouble(OptionalDouble::getAsDouble);
        if (!all) {
            return known.max();
        }
        return parts.stream().allMatch(OptionalDouble::isPresent) ? known.min() : OptionalDouble.empty();
    }

    @Override
    public Set<String> columns() {
        Set<String> columns = new TreeSet<>();
        rules.forEach(rule -> columns.addAll(rule.columns()));
        return columns;
    }

    @Override
    public StopRule bind(String metric, Mode mode) {
        return new StopCombined(
                rules.stream().map(rule -> rule.bind(metric, mode)).toList(), all);
    }

    @Override
    public Optional<ExperimentWatch> watch() {
        List<ExperimentWatch> watches =
                rules.stream().flatMap(rule -> rule.watch().stream()).toList();
        return watches.isEmpty() ? Optional.empty() : Optional.of(new AnyWatch(watches));
    }

    @Override
    public List<String> exceptions() {
        List<String> exceptions = new ArrayList<>();
        rules.forEach(rule -> exceptions.addAll(rule.exceptions()));
        return exceptions;
    }

    @Override
    public Map<String, Object> toJson() {
        List<Map<String, Object>> parts = rules.stream().map(StopRule::toJson).toList();
        return parts.stream().anyMatch(Map::isEmpty) ? Map.of() : Map.of(all ? "all_of" : "any_of", parts);
    }

    @Override
    public String toString() {
        return rules.stream()
                .map(rule ->
                        rule instanceof StopCombined inner && inner.all != all ? "(" + inner + ")" : StopTexts.of(rule))
                .collect(Collectors.joining(all ? " and " : " or "));
    }

    /** Fires when one of several watches does. */
    private record AnyWatch(List<ExperimentWatch> watches) implements ExperimentWatch {
        @Override
        public boolean onRow(Trial trial, Map<String, Object> row) {
            boolean any = false;
            for (ExperimentWatch watch : watches) {
                any |= watch.onRow(trial, row);
            }
            return any;
        }

        @Override
        public int lookEvery() {
            return watches.stream().mapToInt(ExperimentWatch::lookEvery).min().orElse(Integer.MAX_VALUE);
        }

        @Override
        public boolean overdue() {
            return watches.stream().anyMatch(ExperimentWatch::overdue);
        }

        @Override
        public void resumed(double secondsBefore) {
            watches.forEach(watch -> watch.resumed(secondsBefore));
        }

        @Override
        public OptionalDouble progress() {
            return watches.stream()
                    .map(ExperimentWatch::progress)
                    .filter(OptionalDouble::isPresent)
                    .mapToDouble(OptionalDouble::getAsDouble)
                    .max();
        }
    }
}
