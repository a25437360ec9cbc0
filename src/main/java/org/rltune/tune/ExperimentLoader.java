package org.rltune.tune;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.rltune.json.Json;
import org.rltune.json.JsonException;

/** Reads what a run has left behind so far: {@code run.json}, each trial's files, and {@code decisions.jsonl}. */
final class ExperimentLoader {
    private static final System.Logger LOG = System.getLogger(ExperimentLoader.class.getName());
    private static final double MILLIS = 1e3;

    private final Path folder;

    ExperimentLoader(Path folder) {
        this.folder = folder;
    }

    ExperimentAnalysis load() {
        Path runFile = folder.resolve(RunFile.NAME);
        if (!Files.isRegularFile(runFile)) {
            throw new IllegalArgumentException("There is no experiment in " + folder.toAbsolutePath() + ": it has no "
                    + RunFile.NAME + ". Name the folder of one run, such as results/<name>.");
        }
        Map<String, Object> run = Json.readObject(runFile);
        CheckpointPolicy ranking = ranking(Json.asObject(run.get("checkpoints"), runFile + ": checkpoints"));
        String metric = String.valueOf(run.get("metric"));
        List<Trial> trials = new ArrayList<>();
        for (int number : numbers()) {
            Path file = folder.resolve(Trial.idOf(number)).resolve(TrialFiles.FILE);
            if (TrialFiles.isThere(file)) { // else the trial is being made
                trials.add(trial(number, file, metric, ranking));
            }
        }
        List<DecisionRecord> decisions = new ArrayList<>();
        lines(folder.resolve("decisions.jsonl")).forEach(json -> decisions.add(DecisionJson.fromJson(json)));
        return new ExperimentAnalysis(facts(run, runFile, metric, ranking), trials, decisions);
    }

    /** Returns the numbers of the trials that have a folder, in order. */
    private List<Integer> numbers() {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString())
                    .map(Trial::numberOf)
                    .flatMapToInt(OptionalInt::stream)
                    .sorted()
                    .boxed()
                    .toList();
        } catch (IOException e) {
            throw AtomicFiles.failure("read", folder, e);
        }
    }

    private ExperimentAnalysis.RunFacts facts(
            Map<String, Object> run, Path runFile, String metric, CheckpointPolicy ranking) {
        Instant start = Instant.parse(String.valueOf(run.get("start_time")));
        double elapsed = run.containsKey("elapsed_s")
                ? Json.asDouble(run.get("elapsed_s"), runFile + ": elapsed_s")
                : Duration.between(start, Instant.now()).toMillis() / MILLIS;
        return new ExperimentAnalysis.RunFacts(
                String.valueOf(run.get("name")),
                folder,
                String.valueOf(run.get("trainable")),
                metric,
                Mode.valueOf(String.valueOf(run.get("mode"))),
                Json.asLong(run.get("seed"), runFile + ": seed"),
                ranking,
                TrialStatus.valueOf(String.valueOf(run.get("status"))),
                run.get("digest") instanceof String digest ? digest : "",
                elapsed);
    }

    private static CheckpointPolicy ranking(Map<String, Object> json) {
        return new CheckpointPolicy(
                Json.asInt(json.get("freq"), "freq"),
                Boolean.TRUE.equals(json.get("at_end")),
                Integer.MAX_VALUE, // nothing is deleted when a run is only read
                String.valueOf(json.get("score_attr")),
                Mode.valueOf(String.valueOf(json.get("score_mode"))));
    }

    private Trial trial(int number, Path file, String metric, CheckpointPolicy ranking) {
        List<ScheduleEntry> schedule = TrialFiles.schedule(Json.readObject(file), file);
        Trial trial = new Trial(number, folder, schedule.get(0).config(), "", metric, ranking);
        Counters counters = Counters.START;
        for (Map<String, Object> json : lines(trial.folder().resolve("result.json"))) {
            Map<String, Object> row = Rows.fromJson(json);
            counters = Counters.of(row);
            trial.add(row, counters);
        }
        TrialFiles.readInto(trial, file);
        if (trial.status() == TrialStatus.PENDING && trial.lastRow() != null) {
            trial.setStatus(TrialStatus.RUNNING); // the file is not written anew for every change of status
        }
        trial.checkpoints().scan(trial.rows(), false);
        return trial;
    }

    /** Reads JSON lines; a last line that is not complete, as a run that writes or was killed leaves it, is set aside. */
    private static List<Map<String, Object>> lines(Path file) {
        if (!Files.isRegularFile(file)) {
            return List.of();
        }
        String text;
        try {
            text = Files.readString(file);
        } catch (IOException e) {
            throw AtomicFiles.failure("read", file, e);
        }
        List<Map<String, Object>> objects = new ArrayList<>();
        int number = 0;
        int start = 0;
        while (start < text.length()) {
            int end = text.indexOf('\n', start);
            number++;
            String where = file + " line " + number;
            if (end < 0) {
                LOG.log(System.Logger.Level.WARNING, "{0} is not complete and is set aside.", where);
                break;
            }
            objects.add(parse(text.substring(start, end), where));
            start = end + 1;
        }
        return objects;
    }

    private static Map<String, Object> parse(String line, String where) {
        try {
            return Json.asObject(Json.parse(line, where), where);
        } catch (JsonException e) {
            throw new IllegalArgumentException(
                    where + " is damaged: " + e.getMessage() + " Remove that line to read the rest.", e);
        }
    }
}
