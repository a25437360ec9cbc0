package org.rltune.experiments.compare;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.function.ToDoubleFunction;

/** What every method reached and cost, one line a method: medians over the seeds, of what was reached the range too. */
final class MethodTable {
    private static final double SECONDS_PER_HOUR = 3600;

    private final List<MethodRun> runs;
    private final double price;
    private final OptionalDouble target;

    /**
     * @param price of one core for one hour, in any currency
     * @param target the return that counts as solved; empty if the environment names none
     */
    MethodTable(List<MethodRun> runs, double price, OptionalDouble target) {
        this.runs = List.copyOf(runs);
        this.price = price;
        this.target = target;
    }

    List<String> header() {
        List<String> header =
                new ArrayList<>(List.of("method", "policy's return", "range", "best in training", "trials", "steps"));
        if (target.isPresent()) {
            header.add("steps to " + trimmed(target.getAsDouble()));
        }
        header.addAll(List.of("wall-clock s", "core-seconds", "cost"));
        return header;
    }

    List<List<String>> rows() {
        return Arrays.stream(TuningMethod.values())
                .filter(method -> runs.stream().anyMatch(run -> run.method() == method))
                .map(this::row)
                .toList();
    }

    private List<String> row(TuningMethod method) {
        List<MethodRun> of = runs.stream().filter(run -> run.method() == method).toList();
        double[] reached =
                of.stream().mapToDouble(MethodRun::evaluated).sorted().toArray();
        double coreSeconds = median(of, MethodRun::coreSeconds);
        List<String> row = new ArrayList<>();
        row.add(method.label());
        row.add(text("%.1f", median(of, MethodRun::evaluated)));
        row.add(text("%.1f to %.1f", reached[0], reached[reached.length - 1]));
        row.add(text("%.1f", median(of, MethodRun::bestReturn)));
        row.add(text("%.0f", median(of, MethodRun::trials)));
        row.add(text("%,.0f", median(of, MethodRun::steps)));
        if (target.isPresent()) {
            row.add(stepsToTarget(of, target.getAsDouble()));
        }
        row.add(text("%.1f", median(of, MethodRun::seconds)));
        row.add(text("%.1f", coreSeconds));
        row.add(text("%.6f", coreSeconds / SECONDS_PER_HOUR * price));
        return row;
    }

    /** The median over the seeds that got there, and how many did. */
    private static String stepsToTarget(List<MethodRun> of, double target) {
        List<Long> reached = of.stream()
                .map(run -> run.stepsTo(target))
                .filter(OptionalLong::isPresent)
                .map(OptionalLong::getAsLong)
                .sorted()
                .toList();
        if (reached.isEmpty()) {
            return "never";
        }
        double median = medianOf(reached.stream().mapToDouble(Long::doubleValue).toArray());
        return text("%,.0f (%d of %d)", median, reached.size(), of.size());
    }

    private static double median(List<MethodRun> of, ToDoubleFunction<MethodRun> value) {
        return medianOf(of.stream().mapToDouble(value).sorted().toArray());
    }

    private static double medianOf(double[] sorted) {
        int n = sorted.length;
        return (sorted[(n - 1) / 2] + sorted[n / 2]) / 2;
    }

    private static String trimmed(double number) {
        return number == Math.rint(number) ? text("%.0f", number) : String.valueOf(number);
    }

    private static String text(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }

    /** Returns the table in Markdown. */
    String markdown() {
        StringBuilder text = new StringBuilder();
        line(text, header());
        line(
                text,
                header().stream()
                        .map(name -> name.equals("method") ? "---" : "---:")
                        .toList());
        rows().forEach(row -> line(text, row));
        return text.toString();
    }

    private static void line(StringBuilder text, List<String> cells) {
        text.append("| ").append(String.join(" | ", cells)).append(" |\n");
    }
}
