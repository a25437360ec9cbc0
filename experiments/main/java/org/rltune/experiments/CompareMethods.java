package org.rltune.experiments;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.rltune.experiments.compare.MethodComparison;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Compares tuning methods on the same task with the same budget of environment steps. */
@Command(
        name = "CompareMethods",
        mixinStandardHelpOptions = true,
        description = "Tunes PPO by each method with the same budget of environment steps, over several seeds, and"
                + " shows what each method reached and what it cost.",
        footer = {
            "",
            "Bayesian and PB2 need ND4J (110 MB), which Maven's profile gp brings.",
            "Example, from the root of the repository:",
            "  mvn -q -Pgp compile exec:java -Dexec.mainClass=org.rltune.experiments.CompareMethods \\",
            "      -Dexec.args=\"--methods random,bayesian,pbt --seeds 0..4 --price-per-core-hour 0.05\"",
            "",
            "The picture and the table lie in RESULTS/NAME. Exit code: 0; 1 if something failed; 2 for bad input."
        })
public final class CompareMethods implements Callable<Integer> {
    @Spec
    private @Nullable CommandSpec spec;

    @Option(names = "--env", description = "Registered id of the environment (default: ${DEFAULT-VALUE}).")
    private String env = "CartPole-v1";

    @Option(
            names = "--budget",
            paramLabel = "STEPS",
            description = "Environment steps of each method and seed, all trials together (default: ${DEFAULT-VALUE}).")
    private long budget = 300_000;

    @Option(names = "--seeds", paramLabel = "SEEDS", description = "Such as 0..4 or 1,7 (default: ${DEFAULT-VALUE}).")
    private String seeds = "0..2";

    @Option(
            names = "--methods",
            paramLabel = "NAMES",
            description = "Some of grid, random, Bayesian, ASHA, HyperBand, PBT, PB2 (default: all).")
    private String methods = "grid,random,Bayesian,ASHA,HyperBand,PBT,PB2";

    @Option(
            names = "--price-per-core-hour",
            paramLabel = "PRICE",
            description = "What one core costs for one hour, in your currency (default: ${DEFAULT-VALUE}).")
    private double price = 0.04;

    @Option(
            names = "--evaluation-episodes",
            description = "Deterministic episodes by which each method's policy is judged (default: ${DEFAULT-VALUE}).")
    private int evaluationEpisodes = 100;

    @Option(
            names = "--threads",
            description = "Threads that do the work (default: ${DEFAULT-VALUE}, the processors); changes no result.")
    private int threads = Runtime.getRuntime().availableProcessors();

    @Option(names = "--name", description = "Name of the results folder (default: compare-<start time>).")
    private @Nullable String name;

    @Option(names = "--results", description = "Folder of all results (default: ${DEFAULT-VALUE}).")
    private Path results = Path.of("results");

    @Option(
            names = "--record",
            paramLabel = "FILE.md",
            description = "Writes a record, too: the table, the command and the machine; the picture beside it.")
    private @Nullable Path record;

    /** Runs it. */
    public static void main(String[] args) {
        Mains.main(new CompareMethods(), args);
    }

    @Override
    public Integer call() throws IOException {
        CommandSpec command = Objects.requireNonNull(spec);
        PrintWriter out = command.commandLine().getOut();
        MethodComparison comparison = MethodComparison.builder()
                .env(env)
                .budget(budget)
                .seeds(SeedList.parse(seeds))
                .methods(methods)
                .price(price)
                .evaluationEpisodes(evaluationEpisodes)
                .threads(threads)
                .build();
        Path folder = results.resolve(name == null ? timedName() : name);
        if (Files.exists(folder)) {
            throw new IllegalArgumentException("Results named '" + folder.getFileName() + "' exist already in "
                    + folder.toAbsolutePath() + ". Choose another --name, or move that folder away.");
        }
        comparison.run(folder, out);
        out.print(comparison.table());
        Path picture = folder.resolve("methods.png");
        comparison.draw(picture);
        Files.writeString(folder.resolve("methods.md"), comparison.table());
        Files.writeString(folder.resolve("methods.jsonl"), comparison.jsonLines());
        out.println();
        out.println("Picture: " + picture);
        if (record != null) {
            writeRecord(comparison, record, arguments(command));
            out.println("Record:  " + record);
        }
        return 0;
    }

    private static String arguments(CommandSpec command) {
        return String.join(" ", command.commandLine().getParseResult().originalArgs());
    }

    private static void writeRecord(MethodComparison comparison, Path record, String arguments) throws IOException {
        Path folder = record.toAbsolutePath().getParent();
        if (folder != null) {
            Files.createDirectories(folder);
        }
        String stem = String.valueOf(record.getFileName()).replaceAll("\\.md$", "");
        comparison.draw(record.resolveSibling(stem + ".png"));
        Files.writeString(record.resolveSibling(stem + ".jsonl"), comparison.jsonLines());
        Files.writeString(record, comparison.record(stem, arguments));
    }

    private static String timedName() {
        return "compare-" + LocalDateTime.now().format(DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss", Locale.ROOT));
    }
}
