package org.rltune.tune;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import org.rltune.check.Check;

/** A rule with a description of its own. */
record StopNamed(String description, StopRule rule) implements StopRule {
    StopNamed {
        Check.notBlank("the description of a stop rule", description);
    }

    @Override
    public boolean shouldStop(Trial trial, Map<String, Object> row) {
        return rule.shouldStop(trial, row);
    }

    @Override
    public OptionalDouble progress(Trial trial) {
        return rule.progress(trial);
    }

    @Override
    public Set<String> columns() {
        return rule.columns();
    }

    @Override
    public StopRule bind(String metric, Mode mode) {
        return new StopNamed(description, rule.bind(metric, mode));
    }

    @Override
    public Optional<ExperimentWatch> watch() {
        return rule.watch();
    }

    @Override
    public List<String> exceptions() {
        return rule.exceptions().stream()
                .map(text -> text.replace(StopTexts.of(rule), description))
                .toList();
    }

    @Override
    public String toString() {
        return description;
    }
}
