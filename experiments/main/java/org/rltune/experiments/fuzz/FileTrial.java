package org.rltune.experiments.fuzz;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.rltune.Tune;
import org.rltune.experiments.Mains;
import org.rltune.experiments.Run;
import org.rltune.json.Json;
import org.rltune.tune.file.ExperimentFile;

/** Gives one experiment file to {@code Run}, as a user would, and judges what comes of it. */
final class FileTrial implements Callable<Outcome> {
    private static final Pattern LINE = Pattern.compile("line:? \\d+|:\\d+:\\d+");
    private static final Pattern KEY = Pattern.compile("[a-z]+(_[a-z]+)*");

    private final Path file;
    private final Path results;
    private final boolean run;

    /**
     * @param results an empty folder
     * @param run whether to run what is accepted, if it is small
     */
    FileTrial(Path file, Path results, boolean run) {
        this.file = file;
        this.results = results;
        this.run = run;
    }

    @Override
    public Outcome call() throws IOException {
        long start = System.nanoTime();
        Outcome planned = execute(start, "--dry-run");
        if (planned.kind() != Outcome.Kind.PLANNED || !run || !isSmall()) {
            return planned;
        }
        Outcome ran = execute(start);
        delete(results);
        return ran;
    }

    private Outcome execute(long start, String... more) throws IOException {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        List<String> args = new ArrayList<>(List.of(file.toString(), "--results=" + results, "--verbose=0"));
        args.addAll(List.of(more));
        int code = Mains.execute(new Run(), new PrintWriter(out), new PrintWriter(err), args.toArray(new String[0]));
        double seconds = (System.nanoTime() - start) / 1e9;
        String told = err.toString();
        String bad = told.contains("\tat ") ? "a stack trace" : judge(code, told, more.length > 0);
        if (!bad.isEmpty()) {
            return new Outcome(Outcome.Kind.BAD, bad + ", exit code " + code + ": " + told, seconds);
        }
        Outcome.Kind kind = switch (code) {
            case 0 -> more.length > 0 ? Outcome.Kind.PLANNED : Outcome.Kind.RAN;
            case 2 ->
                !folders().isEmpty()
                        ? Outcome.Kind.TRIALS_FAILED
                        : LINE.matcher(told).find() ? Outcome.Kind.REFUSED_WITH_LINE : Outcome.Kind.REFUSED;
            default -> Outcome.Kind.TRIALS_FAILED;
        };
        return new Outcome(kind, told.strip(), seconds);
    }

    /** Returns what is wrong with such an end; empty if nothing is. */
    private String judge(int code, String told, boolean dry) throws IOException {
        List<Path> folders = folders();
        if (code == 0) {
            if (!told.isBlank()) {
                return "told something on the error stream";
            }
            return dry ? (folders.isEmpty() ? "" : "a plan wrote " + folders) : judgeFolders(folders, "TERMINATED");
        }
        if (code == 2) {
            String words = told.replace(file.toString(), "");
            return told.lines().count() != 1
                    ? "more than one line"
                    : !told.startsWith("Error: ")
                                    || !told.contains(file.getFileName().toString())
                            ? "does not name the file"
                            : !KEY.matcher(words.replace("Error", "")).find()
                                    ? "names no key"
                                    // A metric that no row has shows only when there are rows.
                                    : folders.isEmpty() ? "" : judgeFolders(folders, "ERROR");
        }
        return dry ? "a plan failed" : told.isBlank() ? "failed without a word" : judgeFolders(folders, "ERROR");
    }

    private String judgeFolders(List<Path> folders, String status) throws IOException {
        if (folders.size() != 1) {
            return folders.size() + " folders were written";
        }
        try (Stream<Path> walk = Files.walk(folders.get(0))) {
            List<Path> rest =
                    walk.filter(path -> path.toString().endsWith(".tmp")).toList();
            if (!rest.isEmpty()) {
                return "unfinished files are left: " + rest;
            }
        }
        Object written = Json.readObject(folders.get(0).resolve("run.json")).get("status");
        return status.equals(written) ? "" : "run.json says " + written + ", not " + status;
    }

    private List<Path> folders() throws IOException {
        if (!Files.isDirectory(results)) {
            return List.of();
        }
        try (Stream<Path> list = Files.list(results)) {
            return list.sorted().toList();
        }
    }

    /** Whether the experiment ends within a second or so, as its plan tells. */
    private boolean isSmall() {
        Map<String, Object> plan = Tune.plan(
                ExperimentFile.read(file), run -> run.storagePath(results).name("plan"));
        boolean stops = String.valueOf(plan.get("stop")).matches(".*training_iteration >= [1-4]([^0-9.e].*|\\.0.*)?");
        return stops
                && atMost(plan.get("total_trials"), 8)
                && atMost(plan.get("threads"), 8)
                && isSmall(String.valueOf(plan.get("search_space")));
    }

    /** Whether every number of the space that makes a trial long is small, whatever its place. */
    private static boolean isSmall(String space) {
        return Pattern.compile(
                        "(train_batch_size|num_sgd_iter|num_workers|num_envs_per_worker|fcnet_hiddens)[^a-z]*(\\{[^}]*})?")
                .matcher(space)
                .results()
                .allMatch(found -> Pattern.compile("-?[0-9][0-9.E-]*")
                        .matcher(found.group())
                        .results()
                        .allMatch(number -> number.group().length() < 6 && number(number.group()) <= 512));
    }

    private static double number(String text) {
        try {
            return Double.parseDouble(text);
        } catch (NumberFormatException e) {
            return Double.POSITIVE_INFINITY; // no number, so not known to be small
        }
    }

    private static boolean atMost(@org.jspecify.annotations.Nullable Object value, int most) {
        return value instanceof Number number && number.doubleValue() <= most;
    }

    static void delete(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> walk = Files.walk(folder)) {
            for (Path path : walk.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
