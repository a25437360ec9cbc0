package org.rltune.experiments.bench;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.rltune.env.EnvContext;
import org.rltune.env.Envs;
import org.rltune.env.VectorMode;
import org.rltune.env.VectorOptions;
import org.rltune.experiments.Mains;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Measures environments alone: steps per second with random actions, resets included, on one thread. */
@Command(
        name = "EnvBench",
        mixinStandardHelpOptions = true,
        description = {
            "Measures steps per second of environments with random actions, resets included, on one thread: one after"
                    + " the other through Env with and without the checker of every step, many as vector.",
            "The actions are drawn before the clock starts."
        },
        footer = {
            "",
            "Example, from the root of the repository:",
            "  mvn -q compile exec:java -Dexec.mainClass=org.rltune.experiments.bench.EnvBench \\",
            "      -Dexec.args=\"--envs CartPole-v1,Acrobot-v1\"",
            "",
            "Exit code: 0; 2 for bad input."
        })
public final class EnvBench implements Callable<Integer> {
    private static final List<String> KNOWN = List.of(
            "CartPole-v1",
            "MountainCar-v0",
            "MountainCarContinuous-v0",
            "Pendulum-v1",
            "Acrobot-v1",
            "LunarLander-v3",
            "BipedalWalker-v3",
            "FrozenLake-v1",
            "Taxi-v4",
            "Blackjack-v1");

    @Spec
    private @Nullable CommandSpec spec;

    @Option(
            names = "--envs",
            split = ",",
            paramLabel = "ID,...",
            description = "Registered environments; default: those of Gymnasium that are registered.")
    private List<String> ids = KNOWN.stream().filter(Envs.list()::contains).toList();

    @Option(
            names = "--sizes",
            split = ",",
            paramLabel = "N,...",
            description = "Environments in one vector (default: ${DEFAULT-VALUE}).")
    private List<Integer> sizes = List.of(8, 1024);

    @Option(
            names = "--repetitions",
            paramLabel = "N",
            description = "Measurements of each (default: ${DEFAULT-VALUE}).")
    private int repetitions = 5;

    @Option(names = "--seconds", paramLabel = "S", description = "Time of one measurement (default: ${DEFAULT-VALUE}).")
    private double seconds = 0.5;

    @Option(names = "--quick", description = "One short measurement of each: to see that it works.")
    private boolean quick;

    /** Runs it. */
    public static void main(String[] args) {
        Mains.main(new EnvBench(), args);
    }

    @Override
    public Integer call() {
        Arguments.atLeast("--repetitions", 1, repetitions);
        Arguments.above("--seconds", 0, seconds);
        sizes.forEach(size -> Arguments.atLeast("--sizes", 1, size));
        ids.forEach(Envs::spec);
        PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
        out.println("Environment steps per second, random actions, resets included, one thread");
        out.println(Arguments.machine());
        out.printf(
                Locale.ROOT,
                "Medians of %d measurement(s) of %s s, after one to warm up%n%n",
                quick ? 1 : repetitions,
                quick ? 0.02 : seconds);
        out.println(header());
        Neighbours neighbours = new Neighbours();
        for (String id : ids) {
            out.println(row(id));
            out.flush();
        }
        out.print(neighbours.text());
        return 0;
    }

    private String header() {
        StringBuilder header = new StringBuilder(
                String.format(Locale.ROOT, "%-26s %14s %14s", "environment", "Env, checked", "Env, unchecked"));
        for (int size : sizes) {
            header.append(String.format(Locale.ROOT, " %14s %14s", size + " one by one", size + " at once"));
        }
        return header.toString();
    }

    private String row(String id) {
        StringBuilder row = new StringBuilder(String.format(Locale.ROOT, "%-26s", id));
        row.append(cell(new RandomSteps.Single(Envs.make(id))));
        row.append(cell(new RandomSteps.Single(Envs.makeUnchecked(id, EnvContext.of(Map.of())))));
        boolean entryPoint = Envs.spec(id).vectorEntryPoint().isPresent();
        for (int size : sizes) {
            VectorOptions sync = VectorOptions.defaults().withMode(VectorMode.SYNC);
            row.append(
                    cell(new RandomSteps.Vector(Envs.makeVec(Envs.spec(id).withDisableEnvChecker(true), size, sync))));
            row.append(
                    entryPoint
                            ? cell(new RandomSteps.Vector(Envs.makeVec(id, size)))
                            : String.format(Locale.ROOT, " %14s", "-"));
        }
        return row.toString();
    }

    private String cell(RandomSteps steps) {
        try (steps) {
            double time = quick ? 0.02 : seconds;
            steps.perSecond(quick ? 0.02 : Math.max(1, time));
            List<Double> rates = new ArrayList<>();
            for (int i = 0; i < (quick ? 1 : repetitions); i++) {
                rates.add(steps.perSecond(time));
            }
            double[] sorted = rates.stream().mapToDouble(rate -> rate).sorted().toArray();
            return String.format(Locale.ROOT, " %,14.0f", sorted[sorted.length / 2]);
        }
    }
}
