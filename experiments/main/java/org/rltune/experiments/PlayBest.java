package org.rltune.experiments;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.rltune.policy.Policy;
import org.rltune.tune.ExperimentAnalysis;
import org.rltune.tune.space.HyperParams;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Lets the best policy of an experiment play, and prints its returns. */
@Command(
        name = "PlayBest",
        mixinStandardHelpOptions = true,
        description =
                "Loads the best policy of an experiment, lets it play with its most probable actions, and prints the"
                        + " return of each episode.",
        footer = {
            "",
            "Example, from the root of the repository:",
            "  mvn -q compile exec:java -Dexec.mainClass=org.rltune.experiments.PlayBest"
        })
public final class PlayBest implements Callable<Integer> {
    @Spec
    private @Nullable CommandSpec spec;

    @Parameters(
            index = "0",
            arity = "0..1",
            paramLabel = "DIR",
            description = "Folder of the experiment (default: the newest under RESULTS).")
    private @Nullable Path folder;

    @Option(names = "--results", description = "Folder of all results (default: ${DEFAULT-VALUE}).")
    private Path results = Path.of("results");

    @Option(names = "--episodes", description = "How many episodes (default: ${DEFAULT-VALUE}).")
    private int episodes = 10;

    @Option(names = "--seed", description = "Seed of the episodes (default: ${DEFAULT-VALUE}).")
    private long seed = 0;

    /** Runs it. */
    public static void main(String[] args) {
        Mains.main(new PlayBest(), args);
    }

    @Override
    public Integer call() throws IOException {
        if (episodes < 1) {
            throw new IllegalArgumentException("--episodes must be at least 1, but is " + episodes + ".");
        }
        if (seed < 0) {
            throw new IllegalArgumentException("--seed must be at least 0, but is " + seed + ".");
        }
        Path chosen = folder == null ? newest(results) : folder;
        if (!Files.isDirectory(chosen)) {
            throw new IllegalArgumentException("There is no folder " + chosen
                    + ". Name the folder of an experiment, such as" + " results/cartpole-pbt-20261123-190700.");
        }
        PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
        ExperimentAnalysis analysis = ExperimentAnalysis.load(chosen);
        Path checkpoint = analysis.bestCheckpoint();
        HyperParams config = analysis.bestConfig();
        out.println(
                "Experiment " + chosen + ": best trial " + analysis.bestTrial().id() + ", checkpoint " + checkpoint);
        play(Policy.load(checkpoint), config, out);
        return 0;
    }

    private void play(Policy policy, HyperParams config, PrintWriter out) {
        double[] returns = PolicyPlay.returns(
                policy,
                config,
                episodes,
                seed,
                (episode, episodeReturn, length) -> out.println(String.format(
                        Locale.ROOT, "episode %3d: return %8.2f, length %5d", episode + 1, episodeReturn, length)));
        out.println(String.format(
                Locale.ROOT,
                "mean return over %d episodes of %s: %.2f (min %.2f, max %.2f)",
                episodes,
                config.getString("env"),
                Arrays.stream(returns).average().orElseThrow(),
                Arrays.stream(returns).min().orElseThrow(),
                Arrays.stream(returns).max().orElseThrow()));
    }

    private static Path newest(Path results) throws IOException {
        if (!Files.isDirectory(results)) {
            throw new IllegalArgumentException(
                    "There is no folder " + results + ". Run an experiment first: mvn -q compile exec:java");
        }
        List<Path> runs;
        try (Stream<Path> folders = Files.list(results)) {
            runs = folders.filter(folder -> Files.isRegularFile(folder.resolve("run.json")))
                    .collect(Collectors.toList());
        }
        Comparator<Path> byTime = Comparator.comparing(PlayBest::modified);
        return runs.stream()
                .max(byTime.thenComparing(Comparator.naturalOrder()))
                .orElseThrow(() -> new IllegalArgumentException(
                        "There is no experiment in " + results + ". Run one first: mvn -q compile exec:java"));
    }

    private static FileTime modified(Path folder) {
        try {
            return Files.getLastModifiedTime(folder.resolve("run.json"));
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read the time of " + folder.resolve("run.json"), e);
        }
    }
}
