package org.rltune.experiments.bench;

import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.rltune.Tune;
import org.rltune.experiments.Mains;
import org.rltune.tune.space.Domain;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Measures the tuner alone: results per second of a trainable whose iterations take no time. */
@Command(
        name = "TunerBench",
        mixinStandardHelpOptions = true,
        description = {
            "Measures how many results per second the tuner handles when the trainable takes no time: random search over"
                    + " six hyperparameters, from the call of Tune.run to its return, digest and all files included.",
            "result.json is always written, a row is on its way to the disk before the next begins."
        },
        footer = {
            "",
            "Example, from the root of the repository:",
            "  mvn -q compile exec:java -Dexec.mainClass=org.rltune.experiments.bench.TunerBench \\",
            "      -Dexec.args=\"--trials 100,1000,10000\"",
            "",
            "Exit code: 0; 2 for bad input."
        })
public final class TunerBench implements Callable<Integer> {
    private static final double NANOS = 1e9;

    @Spec
    private @Nullable CommandSpec spec;

    @Option(
            names = "--trials",
            split = ",",
            paramLabel = "N,...",
            description = "Numbers of trials (default: ${DEFAULT-VALUE}).")
    private List<Integer> trials = List.of(100, 1000, 10_000);

    @Option(names = "--results", paramLabel = "N", description = "Results of each trial (default: ${DEFAULT-VALUE}).")
    private int results = 100;

    @Option(names = "--threads", paramLabel = "N", description = "Threads (default: one for each processor).")
    private int threads = Runtime.getRuntime().availableProcessors();

    @Option(names = "--csv", description = "Write progress.csv too.")
    private boolean csv;

    @Option(names = "--tensorboard", description = "Write event files for TensorBoard too.")
    private boolean tensorBoard;

    @Option(names = "--checkpoints", description = "Save each trial at its end, forced to disk.")
    private boolean checkpoints;

    @Option(
            names = "--repetitions",
            paramLabel = "N",
            description = "Measurements of each, after one to warm up (default: ${DEFAULT-VALUE}).")
    private int repetitions = 3;

    @Option(
            names = "--at-least",
            paramLabel = "N",
            description = "Results of one measurement: so many runs one after the other (default: ${DEFAULT-VALUE}).")
    private int atLeast = 100_000;

    @Option(names = "--folder", paramLabel = "DIR", description = "Where runs write; default: a temporary folder.")
    private @Nullable Path folder;

    /** Runs it. */
    public static void main(String[] args) {
        Mains.main(new TunerBench(), args);
    }

    @Override
    public Integer call() throws IOException {
        trials.forEach(number -> Arguments.atLeast("--trials", 1, number));
        Arguments.atLeast("--results", 1, results);
        Arguments.atLeast("--threads", 1, threads);
        Arguments.atLeast("--repetitions", 1, repetitions);
        Arguments.atLeast("--at-least", 1, atLeast);
        PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
        out.println("Results per second of the tuner, random search, a trainable that takes no time");
        out.println(Arguments.machine());
        out.printf(
                Locale.ROOT,
                "%d results a trial, %d thread(s), console on; files: result.json, params.json, trial.json%s%s%s%n",
                results,
                threads,
                csv ? ", progress.csv" : "",
                tensorBoard ? ", TensorBoard" : "",
                checkpoints ? ", a checkpoint of each trial, forced to disk" : "");
        out.printf(
                Locale.ROOT,
                "Medians of %d measurement(s) of at least %,d results, after one to warm up%n%n",
                repetitions,
                atLeast);
        out.println("   trials      results    results/s   us a result   of the first");
        Neighbours neighbours = new Neighbours();
        Path base = folder == null ? Files.createTempDirectory("tuner-bench") : Files.createDirectories(folder);
        double first = 0;
        for (int number : trials) {
            double perResult = median(base, number);
            first = first == 0 ? perResult : first;
            out.printf(
                    Locale.ROOT,
                    "%,9d %,12d %,12.0f %13.2f %14.2f%n",
                    number,
                    (long) number * results,
                    1 / perResult,
                    1e6 * perResult,
                    perResult / first);
            out.flush();
        }
        delete(base);
        out.print(neighbours.text());
        return 0;
    }

    private double median(Path base, int number) {
        double[] times = new double[repetitions];
        measure(base, number);
        for (int i = 0; i < repetitions; i++) {
            times[i] = measure(base, number);
        }
        Arrays.sort(times);
        return times[repetitions / 2];
    }

    /** Returns the seconds for one result. */
    private double measure(Path base, int number) {
        int runs = Math.max(1, (int) Math.ceil((double) atLeast / number / results));
        List<Path> folders = new ArrayList<>();
        long start = System.nanoTime();
        for (int i = 0; i < runs; i++) {
            folders.add(run(base, number, i));
        }
        double seconds = (System.nanoTime() - start) / NANOS;
        folders.forEach(TunerBench::delete);
        return seconds / ((double) runs * number * results);
    }

    private Path run(Path base, int number, int index) {
        Map<String, Object> config = new LinkedHashMap<>();
        config.put("lr", Domain.loguniform(1e-5, 1e-1));
        config.put("x", Domain.uniform(-1, 1));
        config.put("lambda", Domain.uniform(0.9, 1));
        config.put("train_batch_size", Domain.randint(1000, 60_000));
        config.put("num_sgd_iter", Domain.randint(1, 30));
        config.put("activation", Domain.choice("tanh", "relu"));
        PrintStream nowhere = new PrintStream(java.io.OutputStream.nullOutputStream());
        return Tune.run(
                        Timeless.SPEC,
                        run -> run.name("run" + index)
                                .storagePath(base)
                                .numSamples(number)
                                .threads(threads)
                                .metric("episode_reward_mean")
                                .stop("training_iteration", results)
                                .checkpointAtEnd(checkpoints)
                                .csv(csv)
                                .tensorBoard(tensorBoard)
                                .plots(false)
                                .out(nowhere)
                                .config(config))
                .folder();
    }

    private static void delete(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot delete " + folder, e);
        }
    }
}
