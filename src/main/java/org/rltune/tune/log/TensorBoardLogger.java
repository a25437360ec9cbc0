package org.rltune.tune.log;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.rltune.json.Json;
import org.rltune.protobuf.ProtoMessage;
import org.rltune.tune.Decision;
import org.rltune.tune.DecisionRecord;
import org.rltune.tune.Experiment;
import org.rltune.tune.ExperimentAnalysis;
import org.rltune.tune.ResultColumns;
import org.rltune.tune.RunListener;
import org.rltune.tune.Trial;
import org.rltune.tune.TrialStatus;

/**
 * Writes TensorBoard's event files into each trial's folder: {@code tensorboard --logdir results/NAME} shows every trial as
 * one run.
 *
 * <p>All numbers of a row are scalars under their own names, lists of numbers histograms, texts and exploits texts, and the
 * hyperparameters in force scalars under {@code hp/}. The x-axis is the trial's own {@code timesteps_total}, or its own
 * {@code training_iteration} if it counts no timesteps, so it never steps back when another trial is copied.
 *
 * <p>HParams are written when a trial starts, with the declared domains and metrics, into a small file of their own, which
 * is replaced after every exploit: TensorBoard keeps the first values that it reads of a run, so later ones in the same file
 * would not count. (A TensorBoard that is open meanwhile shows them after its next start.) They are closed with a status.
 */
public final class TensorBoardLogger implements RunListener {
    /** The file of HParams; its name sorts before that of the events, so that it is read first. */
    static final String HPARAMS_FILE = "events.out.tfevents.0000000000.hparams";

    private static final double MILLIS = 1e3;
    private static final double FRESH_SECONDS = 2; // the column has whole seconds
    private static final Set<String> LEFT_OUT =
            Set.of(ResultColumns.TIMESTAMP, ResultColumns.PID, ResultColumns.TIME_TOTAL_S);
    private static final Set<String> NO_TEXT =
            Set.of(ResultColumns.TRIAL_ID, ResultColumns.EXPERIMENT_TAG, ResultColumns.HOSTNAME, "date");

    /** What is known of a trial that runs. */
    private record Run(Path file, double start, String xAxis) {}

    private final Map<String, Run> runs = new LinkedHashMap<>();

    private final OpenFiles files = new OpenFiles();

    /** Makes one. */
    public TensorBoardLogger() {}

    @Override
    public boolean hearsReplay() {
        return true;
    }

    @Override
    public void onTrialStart(Experiment experiment, Trial trial) {
        if (experiment.resumed()) { // all rows come again
            LogFiles.deleteMatching(trial.folder(), "events.out.tfevents.*");
        }
        double now = now();
        Path file = trial.folder().resolve(String.format(Locale.ROOT, "events.out.tfevents.%010d.rltune", (long) now));
        runs.put(trial.id(), new Run(file, now, ""));
        writeHParams(experiment, trial, now, HParams.Status.RUNNING);
        ProtoMessage summary = new ProtoMessage();
        Summaries.text(summary, "config", table(trial.config().asMap()));
        files.append(
                file,
                new EventRecords()
                        .add(Summaries.fileVersion(now))
                        .add(Summaries.event(now, 0, summary))
                        .toByteArray());
    }

    @Override
    public void onResult(Experiment experiment, Trial trial, Map<String, Object> row) {
        Run run = runOf(trial, row);
        ProtoMessage summary = new ProtoMessage();
        row.forEach((name, value) -> add(summary, name, value));
        files.append(
                run.file(),
                new EventRecords()
                        .add(Summaries.event(wallTime(row), step(row, run.xAxis()), summary))
                        .toByteArray());
    }

    /** Returns when a row was made, which is not now if it was made by an earlier session. */
    private static double wallTime(Map<String, Object> row) {
        double now = now();
        double made = row.get(ResultColumns.TIMESTAMP) instanceof Number seconds ? seconds.doubleValue() : now;
        return now - made < FRESH_SECONDS ? now : made;
    }

    /** Returns the run, with its x-axis chosen by the first row. */
    private Run runOf(Trial trial, Map<String, Object> row) {
        Run run = runs.get(trial.id());
        if (run == null) {
            throw new IllegalStateException("Trial " + trial.id() + " reported a row before it started.");
        }
        if (run.xAxis().isEmpty()) {
            boolean steps = step(row, ResultColumns.TIMESTEPS_TOTAL) > 0;
            run = new Run(
                    run.file(), run.start(), steps ? ResultColumns.TIMESTEPS_TOTAL : ResultColumns.TRAINING_ITERATION);
            runs.put(trial.id(), run);
        }
        return run;
    }

    private static long step(Map<String, Object> row, String column) {
        return row.get(column) instanceof Number number ? number.longValue() : 0;
    }

    private static void add(ProtoMessage summary, String name, Object value) {
        String tag = name.startsWith(ResultColumns.CONFIG_PREFIX)
                ? "hp/" + name.substring(ResultColumns.CONFIG_PREFIX.length())
                : name;
        if (value instanceof Number number) {
            if (!LEFT_OUT.contains(name) && !Double.isNaN(number.doubleValue())) {
                Summaries.scalar(summary, tag, number.doubleValue());
            }
        } else if (value instanceof Boolean flag) {
            Summaries.scalar(summary, tag, flag ? 1 : 0);
        } else if (value instanceof Map<?, ?> map) {
            map.forEach((key, inner) -> add(summary, name + "/" + key, inner));
        } else if (value instanceof List<?> list) {
            addHistogram(summary, tag, list);
        } else if (value instanceof String text && !NO_TEXT.contains(name)) {
            Summaries.text(summary, tag, text);
        }
    }

    private static void addHistogram(ProtoMessage summary, String tag, List<?> list) {
        double[] finite = list.stream()
                .filter(Number.class::isInstance)
                .mapToDouble(item -> ((Number) item).doubleValue())
                .filter(Double::isFinite)
                .toArray();
        if (finite.length > 0) {
            Summaries.histogram(summary, tag, finite);
        }
    }

    @Override
    public void onDecision(Experiment experiment, DecisionRecord record) {
        Run run = runs.get(record.decision().trialId());
        if (run == null || !(record.decision() instanceof Decision.Exploit exploit)) {
            return;
        }
        Trial trial = experiment.trials().stream()
                .filter(one -> one.id().equals(exploit.trialId()))
                .findFirst()
                .orElseThrow();
        writeHParams(experiment, trial, run.start(), HParams.Status.RUNNING);
        Map<String, Object> last = trial.lastRow();
        ProtoMessage summary = new ProtoMessage();
        Summaries.text(summary, "exploits", String.join("\n", ExploitLine.lines(record, exploit)));
        files.append(
                run.file(),
                new EventRecords()
                        .add(Summaries.event(now(), last == null ? 0 : step(last, run.xAxis()), summary))
                        .toByteArray());
    }

    @Override
    public void onTrialEnd(Experiment experiment, Trial trial) {
        Run run = runs.remove(trial.id());
        if (run == null) {
            return;
        }
        HParams.Status status = trial.status() == TrialStatus.ERROR ? HParams.Status.FAILURE : HParams.Status.SUCCESS;
        writeHParams(experiment, trial, run.start(), status);
        double now = now();
        ProtoMessage summary = new ProtoMessage();
        Summaries.plugin(summary, HParams.END_TAG, HParams.PLUGIN, HParams.end(status, now));
        files.append(
                run.file(),
                new EventRecords().add(Summaries.event(now, 0, summary)).toByteArray());
        files.close(run.file());
    }

    @Override
    public void onExperimentEnd(Experiment experiment, ExperimentAnalysis analysis) {
        files.close();
    }

    private static void writeHParams(Experiment experiment, Trial trial, double start, HParams.Status status) {
        HParams hparams = new HParams(experiment.space());
        double now = now();
        EventRecords records = new EventRecords().add(Summaries.fileVersion(start));
        records.add(event(
                start, HParams.EXPERIMENT_TAG, hparams.experiment(experiment.name(), start, metrics(experiment))));
        records.add(event(start, HParams.START_TAG, hparams.start(trial.id(), trial.config(), start)));
        if (status != HParams.Status.RUNNING) {
            records.add(event(now, HParams.END_TAG, HParams.end(status, now)));
        }
        LogFiles.replace(trial.folder().resolve(HPARAMS_FILE), records.toByteArray());
    }

    private static ProtoMessage event(double wallTime, String tag, ProtoMessage content) {
        ProtoMessage summary = new ProtoMessage();
        Summaries.plugin(summary, tag, HParams.PLUGIN, content);
        return Summaries.event(wallTime, 0, summary);
    }

    private static List<String> metrics(Experiment experiment) {
        Set<String> metrics = new LinkedHashSet<>();
        if (!experiment.metric().isEmpty()) {
            metrics.add(experiment.metric());
        }
        metrics.add(ResultColumns.TRAINING_ITERATION);
        metrics.add(ResultColumns.TIMESTEPS_TOTAL);
        return new ArrayList<>(metrics);
    }

    private static String table(Map<String, Object> config) {
        return config.entrySet().stream()
                .map(entry -> "| " + entry.getKey() + " | "
                        + Json.write(entry.getValue()).replace("|", "\\|") + " |")
                .collect(Collectors.joining("\n", "| hyperparameter | value |\n|---|---|\n", ""));
    }

    private static double now() {
        return Instant.now().toEpochMilli() / MILLIS;
    }
}
