package org.rltune.experiments.bench;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.rltune.experiments.Mains;
import org.rltune.experiments.SeedList;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Measures how long a fresh JVM takes to solve CartPole-v1, from the start of its process to its end. */
@Command(
        name = "TimeToSolve",
        mixinStandardHelpOptions = true,
        description = {
            "Starts a JVM for each seed, one after the other, which trains PPO on CartPole-v1 with the settings of"
                    + " experiments/configs/ppo-cartpole.yaml until the mean return of the last 100 training episodes is"
                    + " 475, and ends. Measures the wall-clock from the start of the process to its end.",
            "A seed that is not solved within the budget counts as slower than any other."
        },
        footer = {
            "",
            "Example, from the root of the repository:",
            "  mvn -q compile exec:java -Dexec.mainClass=org.rltune.experiments.bench.TimeToSolve \\",
            "      -Dexec.args=\"--flags= --flags=-XX:+UseSerialGC\"",
            "",
            "Exit code: 0; 1 if half of the seeds or more were not solved; 2 for bad input."
        })
public final class TimeToSolve implements Callable<Integer> {
    @Spec
    private @Nullable CommandSpec spec;

    @Option(names = "--seeds", paramLabel = "SEEDS", description = "Such as 0..4 or 1,7 (default: ${DEFAULT-VALUE}).")
    private String seeds = "0..4";

    @Option(
            names = "--flags",
            paramLabel = "FLAGS",
            description = "Flags of the JVM, apart by blanks, beside --add-modules jdk.incubator.vector (default: "
                    + "${DEFAULT-VALUE}). Give the option again to compare several sets, seed by seed.")
    private List<String> flags = List.of("-XX:+UseSerialGC");

    @Option(names = "--budget", paramLabel = "N", description = "Most environment steps (default: ${DEFAULT-VALUE}).")
    private long budget = SolveCartPole.BUDGET;

    /** Runs it. */
    public static void main(String[] args) {
        Mains.main(new TimeToSolve(), args);
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        List<Long> list = SeedList.parse(seeds);
        Arguments.atLeast("--budget", 1, budget);
        PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
        out.println("CartPole-v1 in a fresh JVM, to a mean return of 475 over the last 100 training episodes");
        out.println(Arguments.machine());
        Neighbours neighbours = new Neighbours();
        List<List<SolvedRun>> results = new ArrayList<>();
        flags.forEach(set -> results.add(new ArrayList<>()));
        for (long seed : list) {
            for (int i = 0; i < flags.size(); i++) {
                results.get(i).add(SolvedRun.start(seed, budget, flags.get(i)));
            }
        }
        String meanwhile = neighbours.text();
        boolean solved = true;
        for (int i = 0; i < flags.size(); i++) {
            print(out, flags.get(i), results.get(i));
            solved &= Double.isFinite(median(results.get(i)));
        }
        out.print(meanwhile);
        return solved ? 0 : 1;
    }

    private static double median(List<SolvedRun> runs) {
        return Spread.of(runs, SolvedRun::seconds).median();
    }

    private void print(PrintWriter out, String flags, List<SolvedRun> runs) {
        out.printf("%nJVM flags: %s%n", flags.isBlank() ? "none" : flags);
        out.println("  seed   seconds     steps  JVM start  first iteration  training     end");
        runs.forEach(run -> out.println(run.text()));
        double median = median(runs);
        long unsolved = runs.stream().filter(run -> !run.solved()).count();
        out.printf(
                Locale.ROOT,
                "Median: %s%s%n",
                Double.isFinite(median) ? String.format(Locale.ROOT, "%.2f s", median) : "not solved",
                unsolved == 0
                        ? ""
                        : String.format(
                                Locale.ROOT,
                                "; not solved within %,d steps: %d of %d seeds",
                                budget,
                                unsolved,
                                runs.size()));
        out.flush();
    }
}
