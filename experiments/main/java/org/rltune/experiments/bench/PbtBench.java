package org.rltune.experiments.bench;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.rltune.experiments.ChildJvm;
import org.rltune.experiments.Mains;
import org.rltune.tune.ExperimentAnalysis;
import org.rltune.tune.Trial;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Measures whole tuning runs from the start of a fresh JVM to its end: time, sample-updates per second, memory. */
@Command(
        name = "PbtBench",
        mixinStandardHelpOptions = true,
        description =
                "Runs population based training of PPO on CartPole-v1, each job in a JVM of its own, and prints the"
                        + " wall-clock time from process start to exit, the sample-updates (samples times passes) per"
                        + " second and the memory.",
        footer = {
            "",
            "Jobs: main (CartPolePbt with its defaults), peer (8 trials, 20 iterations, 2x256, batches of 1,000 to"
                    + " 8,000), wide (32 trials with 2x256).",
            "Exit code: 0; 1 if a job fails; 2 for bad input."
        })
public final class PbtBench implements Callable<Integer> {
    @Spec
    private @Nullable CommandSpec spec;

    @Option(
            names = "--jobs",
            split = ",",
            paramLabel = "JOB",
            description = "Which jobs: main, peer, wide (default: all).")
    private List<PbtJob> jobs = List.of(PbtJob.values());

    @Option(names = "--repeat", description = "How often each (default: ${DEFAULT-VALUE}).")
    private int repeat = 1;

    @Option(
            names = "--jvm",
            paramLabel = "FLAGS",
            description = "Flags of the JVMs, with spaces between (default: ${DEFAULT-VALUE}).")
    private String flags = "-XX:+UseSerialGC";

    /** Runs it. */
    public static void main(String[] args) {
        Mains.main(new PbtBench(), args);
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (repeat < 1) {
            throw new IllegalArgumentException("--repeat " + repeat + ": must be at least 1");
        }
        PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
        out.println("Java " + System.getProperty("java.version") + ", "
                + Runtime.getRuntime().availableProcessors() + " processors, flags: " + flags);
        jobs.forEach(job -> out.println("  " + job.id() + ": " + job.description()));
        out.println("job    wall s   sample-updates   million/s   resident MiB   heap MiB   best   digest");
        for (PbtJob job : jobs) {
            for (int i = 0; i < repeat; i++) {
                if (!measure(job, out)) {
                    return 1;
                }
            }
        }
        return 0;
    }

    private boolean measure(PbtJob job, PrintWriter out) throws IOException, InterruptedException {
        Path results = Files.createTempDirectory("rltune-pbt-bench");
        try {
            ChildJvm jvm = ChildJvm.same(
                    flags.isBlank() ? new String[0] : flags.strip().split("\\s+"));
            ChildJvm.Result result = jvm.run(PbtJob.class, job.id(), results.toString());
            if (result.exitCode() != 0) {
                out.println(job.id() + " ended with exit code " + result.exitCode() + ":");
                result.output().forEach(out::println);
                return false;
            }
            ExperimentAnalysis analysis = ExperimentAnalysis.load(results.resolve(job.id()));
            double updates = sampleUpdates(analysis);
            OptionalLong resident = result.peakResidentMib();
            out.printf(
                    Locale.ROOT,
                    "%-5s %7.1f %16.0f %11.2f %14s %10s %6.1f   %s%n",
                    job.id(),
                    result.seconds(),
                    updates,
                    updates / result.seconds() / 1e6,
                    resident.isPresent() ? Long.toString(resident.getAsLong()) : "unknown",
                    result.output().get(result.output().size() - 1),
                    analysis.bestTrial().score().orElse(Double.NaN),
                    analysis.digest().substring(0, 12));
            out.flush();
            return true;
        } finally {
            try (Stream<Path> files = Files.walk(results)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }

    /** Samples that went through the network, once for each pass over them, in all iterations of all trials. */
    static double sampleUpdates(ExperimentAnalysis analysis) {
        double updates = 0;
        for (Trial trial : analysis.trials()) {
            for (Map<String, Object> row : trial.rows()) {
                updates += number(row, "timesteps_this_iter") * number(row, "num_sgd_iter_run");
            }
        }
        return updates;
    }

    private static double number(Map<String, Object> row, String name) {
        if (row.get(name) instanceof Number value) {
            return value.doubleValue();
        }
        throw new IllegalStateException("A result has no number " + name + ", but " + row.keySet());
    }
}
