package org.rltune.experiments;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.rltune.json.Json;
import org.rltune.plot.LineCurve;

/** What a training with fixed settings brought: a table for people, lines for programs. */
final class FixedRecord {
    /** Rows of one seed that are written at most: enough for a curve, little enough for a repository. */
    private static final int MOST_ROWS = 1000;

    private final FixedSettings settings;
    private final @Nullable Double atLeast;
    private final @Nullable Quarters quarters;
    private final @Nullable Successes successes;
    private final List<FixedRun> runs;

    /**
     * Holds the runs.
     *
     * @param atLeast what the median should reach, or null
     * @param quarters what they are compared with, or null
     * @param successes what counts as a success, or null
     */
    FixedRecord(
            FixedSettings settings,
            @Nullable Double atLeast,
            @Nullable Quarters quarters,
            @Nullable Successes successes,
            List<FixedRun> runs) {
        this.settings = settings;
        this.atLeast = atLeast;
        this.quarters = quarters;
        this.successes = successes;
        this.runs = runs;
    }

    /** Returns the median over the seeds of the mean return. */
    double median() {
        double[] means = runs.stream()
                .mapToDouble(run -> run.evaluation().mean())
                .sorted()
                .toArray();
        int n = means.length;
        return (means[(n - 1) / 2] + means[n / 2]) / 2;
    }

    /** Returns the table, by seed. */
    String table() {
        StringBuilder text = new StringBuilder();
        text.append(String.format(
                Locale.ROOT,
                "| seed | timesteps | mean return | std | min | max | episodes | training (s) | state |%n"
                        + "|---:|---:|---:|---:|---:|---:|---:|---:|---|%n"));
        for (FixedRun run : runs) {
            text.append(String.format(
                    Locale.ROOT,
                    "| %4d | %9d | %11.1f | %5.1f | %7.1f | %7.1f | %3d | %6.1f | %s |%n",
                    run.seed(),
                    run.timesteps(),
                    run.evaluation().mean(),
                    run.std(),
                    run.evaluation().min(),
                    run.evaluation().max(),
                    run.evaluation().returns().length,
                    run.seconds(),
                    run.stateSha256().substring(0, 12)));
        }
        return text.toString().replace(System.lineSeparator(), "\n");
    }

    /** Returns the median, and how it compares with what was wanted. */
    String verdict() {
        Double wanted = atLeast;
        String median = String.format(Locale.ROOT, "Median of the mean returns over the seeds: %.1f", median());
        return wanted == null
                ? median + "."
                : String.format(
                        Locale.ROOT,
                        "%s; wanted: at least %.1f: %s.",
                        median,
                        wanted,
                        medianReached() ? "reached" : "NOT reached");
    }

    /** Returns whether the median is what was wanted, and something was learned if that was asked. */
    boolean reached() {
        Quarters asked = quarters;
        return medianReached() && (asked == null || asked.reached(runs));
    }

    private boolean medianReached() {
        Double wanted = atLeast;
        return wanted == null || median() >= wanted;
    }

    /** Returns the comparison of the quarters with chance and the successes, each if it was asked for. */
    String learning() {
        Quarters asked = quarters;
        Successes counted = successes;
        String compared = asked == null ? "" : asked.markdown(runs) + "\n";
        return counted == null ? compared : compared + counted.sentence(runs) + "\n";
    }

    /** Returns the record for people. */
    String markdown(Path config, String command, String data, String picture) {
        StringBuilder text = new StringBuilder();
        text.append("# PPO with fixed settings on ")
                .append(settings.ppo().env())
                .append("\n\n");
        text.append(verdict()).append("\n\n").append(table()).append('\n').append(learning());
        text.append("Each seed trains from nothing; afterwards it plays ")
                .append(runs.get(0).evaluation().returns().length)
                .append(" episodes with the most probable actions. \"state\" begins the SHA-256 of everything that was")
                .append(" learned. Rows of ")
                .append(whichRows())
                .append(": `")
                .append(data)
                .append("`.\n\n![Learning curves](")
                .append(picture)
                .append(")\n\n");
        if (!settings.source().isEmpty()) {
            text.append("- settings: `")
                    .append(config)
                    .append("`, from ")
                    .append(settings.source())
                    .append('\n');
        }
        text.append("- command: `").append(command).append("`\n");
        if (settings.ppo().framework().equals("djl")) {
            text.append(
                            "- the network runs on DJL (PyTorch): states repeat on one machine, and differ from another's in the last")
                    .append(" bits\n");
        }
        text.append(RecordFile.facts());
        text.append("- all settings: `")
                .append(Json.write(settings.ppo().values().asMap()))
                .append("`\n");
        return text.toString();
    }

    /** Returns the learning curves, a line for each seed. */
    LineCurve picture() {
        LineCurve curves = new LineCurve(
                "PPO with fixed settings on " + settings.ppo().env(), "timesteps_total", "episode_reward_mean");
        runs.forEach(run -> curves.add("seed " + run.seed(), run.rows()));
        return curves;
    }

    private String whichRows() {
        int every = runs.stream().mapToInt(FixedRecord::every).max().orElse(1);
        return every == 1 ? "every iteration" : "every " + every + "th iteration and the last";
    }

    private static int every(FixedRun run) {
        return Math.max(1, (run.rows().size() + MOST_ROWS - 1) / MOST_ROWS);
    }

    /** Returns one JSON line for every iteration, or every n-th and the last of many, and one for every evaluation. */
    String jsonLines() {
        StringBuilder text = new StringBuilder();
        for (FixedRun run : runs) {
            int every = every(run);
            int count = run.rows().size();
            for (int i = 1; i <= count; i++) {
                if (i % every == 0 || i == count) {
                    Map<String, Object> line = new LinkedHashMap<>();
                    line.put("seed", run.seed());
                    line.putAll(run.rows().get(i - 1));
                    text.append(Json.write(line)).append('\n');
                }
            }
            Map<String, Object> line = new LinkedHashMap<>();
            line.put("seed", run.seed());
            line.put("evaluation_returns", run.evaluation().returns());
            line.put("evaluation_lengths", run.evaluation().lengths());
            line.put("state_sha256", run.stateSha256());
            text.append(Json.write(line)).append('\n');
        }
        return text.toString();
    }
}
