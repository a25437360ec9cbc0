package org.rltune.tune;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.rltune.check.Check;

/** The experiment has run for this long. */
record StopTimeBudget(double seconds) implements StopRule {
    private static final double NANOS = 1e9;

    StopTimeBudget {
        Check.positive("time_budget_s", seconds);
    }

    @Override
    public boolean shouldStop(Trial trial, Map<String, Object> row) {
        return false;
    }

    @Override
    public Optional<ExperimentWatch> watch() {
        long start = System.nanoTime();
        return Optional.of(new ExperimentWatch() {
            private volatile double before;

            @Override
            public boolean onRow(Trial trial, Map<String, Object> row) {
                return false;
            }

            @Override
            public int lookEvery() {
                return Integer.MAX_VALUE;
            }

            @Override
            public boolean overdue() {
                return elapsed() >= seconds;
            }

            @Override
            public OptionalDouble progress() {
                return OptionalDouble.of(Math.min(1, elapsed() / seconds));
            }

            @Override
            public void resumed(double secondsBefore) {
                before = secondsBefore;
            }

            private double elapsed() {
                return before + (System.nanoTime() - start) / NANOS;
            }
        });
    }

    @Override
    public List<String> exceptions() {
        return List.of("the stop rule " + this + " depends on the clock");
    }

    @Override
    public Map<String, Object> toJson() {
        return Map.of("time_budget_s", seconds);
    }

    @Override
    public String toString() {
        return "time_budget_s " + seconds;
    }
}
