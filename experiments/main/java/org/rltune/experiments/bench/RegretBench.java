package org.rltune.experiments.bench;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.hipparchus.stat.inference.MannWhitneyUTest;
import org.jspecify.annotations.Nullable;
import org.rltune.experiments.Mains;
import org.rltune.json.Json;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Measures how near searchers come to the minimum of test functions, beside random search and Optuna's samplers. */
@Command(
        name = "RegretBench",
        mixinStandardHelpOptions = true,
        description =
                "Runs searchers with their defaults on Branin, Hartmann-6 and Rosenbrock-4 and prints the median of the"
                        + " log10 regret (best value minus minimum) over the seeds, the p of the Mann-Whitney test"
                        + " against random search, and Optuna's median from a file that optuna_regret.py wrote.",
        footer = {
            "",
            "Methods: random, qmc, tpe, cmaes, bohb, gp (needs ND4J: build with -Pgp).",
            "Exit code: 0; 2 for bad input."
        })
public final class RegretBench implements Callable<Integer> {
    @Spec
    private @Nullable CommandSpec spec;

    @Option(names = "--methods", split = ",", paramLabel = "METHOD", description = "Which methods (default: all).")
    private List<SearchMethod> methods = List.of(SearchMethod.values());

    @Option(names = "--seeds", description = "How many seeds, from 0 (default: ${DEFAULT-VALUE}).")
    private int seeds = 100;

    @Option(names = "--trials", description = "How many trials each (default: ${DEFAULT-VALUE}).")
    private int trials = 60;

    @Option(
            names = "--optuna",
            paramLabel = "FILE",
            description = "The file that optuna_regret.py wrote (default: no column for Optuna).")
    private @Nullable Path optuna;

    /** Runs it. */
    public static void main(String[] args) {
        Mains.main(new RegretBench(), args);
    }

    @Override
    public Integer call() {
        if (seeds < 1 || trials < 1) {
            throw new IllegalArgumentException(
                    "--seeds " + seeds + " --trials " + trials + ": both must be at least 1");
        }
        Map<String, Object> theirs = theirs();
        PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
        out.println("Median log10 regret after " + trials + " trials, " + seeds + " seeds.");
        for (TestFunction function : TestFunction.values()) {
            out.println();
            out.println("| " + function.id()
                    + " | median | quartiles | p against random | Optuna | difference | ms/trial |");
            out.println("|---|---|---|---|---|---|---|");
            double[] random = regrets(SearchMethod.RANDOM, function);
            for (SearchMethod method : methods) {
                long start = System.nanoTime();
                double[] regrets = regrets(method, function);
                double millis = (System.nanoTime() - start) / 1e6 / seeds / trials;
                out.println(row(method, regrets, random, of(theirs, method, function), millis));
                out.flush();
            }
        }
        return 0;
    }

    private double[] regrets(SearchMethod method, TestFunction function) {
        double[] logs = new double[seeds];
        for (int seed = 0; seed < seeds; seed++) {
            logs[seed] = log10(method.regret(function, seed, trials));
        }
        return logs;
    }

    /** The minimum is known to about 1e-15; a regret that rounds to nothing counts as that. */
    private static double log10(double regret) {
        return StrictMath.log10(Math.max(regret, 1e-15));
    }

    private static String row(SearchMethod method, double[] ours, double[] random, double[] theirs, double millis) {
        double[] sorted = sorted(ours);
        double median = quantile(sorted, 0.5);
        String p = method == SearchMethod.RANDOM
                ? "-"
                : String.format(Locale.ROOT, "%.1e", new MannWhitneyUTest().mannWhitneyUTest(ours, random));
        String beside = "- | -";
        if (theirs.length > 0) {
            double their = quantile(sorted(theirs), 0.5);
            beside = String.format(Locale.ROOT, "%.2f | %+.2f", their, median - their);
        }
        return String.format(
                Locale.ROOT,
                "| %s | %.2f | %.2f to %.2f | %s | %s | %.2f |",
                method.id(),
                median,
                quantile(sorted, 0.25),
                quantile(sorted, 0.75),
                p,
                beside,
                millis);
    }

    private static double[] sorted(double[] values) {
        double[] copy = values.clone();
        Arrays.sort(copy);
        return copy;
    }

    /** The quantile by linear interpolation between order statistics, as NumPy's default. */
    private static double quantile(double[] sorted, double share) {
        double at = share * (sorted.length - 1);
        int below = (int) at;
        int above = Math.min(below + 1, sorted.length - 1);
        return sorted[below] + (at - below) * (sorted[above] - sorted[below]);
    }

    private Map<String, Object> theirs() {
        if (optuna == null) {
            return new LinkedHashMap<>();
        }
        Map<String, Object> file = Json.readObject(optuna);
        int theirTrials = Json.asInt(file.get("trials"), "trials");
        if (theirTrials != trials) {
            throw new IllegalArgumentException("--optuna " + optuna + " holds studies of " + theirTrials
                    + " trials, but --trials is " + trials + ". Run with the same number.");
        }
        return Json.asObject(file.get("regret"), "regret");
    }

    private static double[] of(Map<String, Object> theirs, SearchMethod method, TestFunction function) {
        if (!theirs.containsKey(method.id())) {
            return new double[0];
        }
        Map<String, Object> functions = Json.asObject(theirs.get(method.id()), method.id());
        List<Double> logs = new ArrayList<>();
        for (Object regret : Json.asList(functions.get(function.id()), function.id())) {
            logs.add(log10(Json.asDouble(regret, function.id())));
        }
        return logs.stream().mapToDouble(Double::doubleValue).toArray();
    }
}
