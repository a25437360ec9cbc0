package org.rltune.tune.log;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.rltune.tune.TrialStatus;

/** How an experiment stands, in one line or with the table of its trials. */
final class StatusReport {
    /** No line is longer, where that can be helped. */
    static final int WIDTH = 120;

    private StatusReport() {}

    /** Returns a line such as {@code 35 %, 1 min 20 s elapsed, 2 min 29 s remaining | best t00003 487.1 | ...}. */
    static String line(ConsoleView view) {
        StringBuilder line = new StringBuilder(when(view));
        view.best()
                .ifPresent(best -> line.append(" | best ")
                        .append(best.id())
                        .append(' ')
                        .append(Figures.number(best.score()))
                        .append(", median ")
                        .append(Figures.number(view.median())));
        return line.append(" | ").append(counts(view)).toString();
    }

    /** Returns the table with what stands above and below it. */
    static List<String> block(ConsoleView view, int maxRows) {
        List<String> lines = new ArrayList<>();
        lines.add(when(view) + " | " + counts(view));
        lines.addAll(StatusTable.lines(view, WIDTH, maxRows));
        if (!view.metric().isEmpty()) {
            lines.add(best(view));
        }
        lines.addAll(view.summaries());
        return lines;
    }

    /** Returns who is ahead. */
    static String best(ConsoleView view) {
        return view.best()
                .map(best -> "Best so far: " + best.id() + " with " + view.metric() + " "
                        + Figures.number(best.score()) + " at iteration " + best.iteration()
                        + "; median of the population "
                        + Figures.number(view.median()))
                .orElse("No trial has reported " + view.metric() + " yet");
    }

    private static String when(ConsoleView view) {
        OptionalDouble progress = view.progress();
        String way = progress.isPresent()
                ? String.format(Locale.ROOT, "%3.0f %%, ", Math.floor(100 * progress.getAsDouble() + 1e-9))
                : "";
        String elapsed = Figures.duration(view.elapsedSeconds()) + " elapsed";
        return way
                + elapsed
                + (view.remainingSeconds().isPresent()
                        ? ", " + Figures.duration(view.remainingSeconds().getAsDouble()) + " remaining"
                        : "");
    }

    /** Returns such as {@code 2 RUNNING, 6 PAUSED, 92 to come}, in the order of a trial's life. */
    static String counts(ConsoleView view) {
        Map<String, Long> counts = view.trials().stream()
                .collect(Collectors.groupingBy(ConsoleView.Line::status, TreeMap::new, Collectors.counting()));
        String made = Arrays.stream(TrialStatus.values())
                .map(TrialStatus::name)
                .filter(counts::containsKey)
                .map(status -> counts.get(status) + " " + status)
                .collect(Collectors.joining(", "));
        return view.toCome() == 0 ? made : made + ", " + Figures.count(view.toCome()) + " to come";
    }
}
