package org.rltune.experiments.bench;

import java.io.PrintWriter;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.rltune.experiments.Mains;
import org.rltune.nn.Activation;
import org.rltune.nn.Mlp;
import org.rltune.nn.MlpConfig;
import org.rltune.policy.ActionScaling;
import org.rltune.policy.MeanStdFilter;
import org.rltune.policy.Policy;
import org.rltune.random.Pcg64;
import org.rltune.space.Box;
import org.rltune.space.Discrete;
import org.rltune.space.Space;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Measures how long a loaded policy takes for one action, everything around the network included. */
@Command(
        name = "ActBench",
        mixinStandardHelpOptions = true,
        description =
                "Measures Policy.act on one observation, on one thread: an MLP of 2x64 as it is loaded from a checkpoint,"
                        + " with and without an observation filter; checks of the observation and the scaling of the action included.",
        footer = {
            "",
            "Example, from the root of the repository:",
            "  mvn -q compile exec:java -Dexec.mainClass=org.rltune.experiments.bench.ActBench",
            "",
            "Exit code: 0; 2 for bad input."
        })
public final class ActBench implements Callable<Integer> {
    private static final int OBSERVATIONS = 64;

    @Spec
    private @Nullable CommandSpec spec;

    @Option(names = "--seconds", defaultValue = "4", description = "Seconds for each line; default: ${DEFAULT-VALUE}.")
    private double seconds;

    public static void main(String[] args) {
        Mains.main(new ActBench(), args);
    }

    @Override
    public Integer call() {
        PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
        out.println("| observation | action | filter | median us | undisturbed us |");
        out.println("|---|---|---|---|---|");
        if (!(seconds > 0)) {
            throw new ParameterException(
                    Objects.requireNonNull(spec).commandLine(),
                    "--seconds is " + seconds + ", but must be above 0. The default is 4.");
        }
        for (int size : new int[] {4, 24}) {
            Space<?> actions = size == 4 ? Discrete.of(2) : Box.of(-1, 1, 4);
            for (boolean filtered : new boolean[] {false, true}) {
                Policy policy = policy(size, actions, filtered);
                float[][] seen = observations(size);
                int[] next = new int[1];
                Samples samples = Samples.measure(seconds, () -> policy.act(seen[next[0]++ & (OBSERVATIONS - 1)]));
                out.printf(
                        Locale.ROOT,
                        "| %d | %s | %s | %.2f | %.2f |%n",
                        size,
                        actions,
                        filtered ? MeanStdFilter.NAME : "none",
                        samples.median(),
                        samples.undisturbed());
                out.flush();
            }
        }
        return 0;
    }

    private static float[][] observations(int size) {
        Pcg64 random = new Pcg64(2);
        float[][] seen = new float[OBSERVATIONS][size];
        for (float[] observation : seen) {
            for (int j = 0; j < size; j++) {
                observation[j] = (float) random.uniform(-3, 3);
            }
        }
        return seen;
    }

    /** A policy as a checkpoint gives it back. */
    private static Policy policy(int size, Space<?> actions, boolean filtered) {
        boolean gaussian = actions instanceof Box;
        Mlp network = new Mlp(new MlpConfig(size, gaussian ? 4 : 2, List.of(64, 64), Activation.TANH, false, gaussian));
        network.initialize(new Pcg64(1), 0);
        MeanStdFilter filter = null;
        if (filtered) {
            boolean[] all = new boolean[size];
            Arrays.fill(all, true);
            filter = new MeanStdFilter(all, 10);
            for (float[] observation : observations(size)) {
                filter.observe(observation, 0, 1);
            }
        }
        Policy made = new Policy(Box.of(-5, 5, size), actions, network, new ActionScaling(actions, true), filter);
        return Policy.fromFiles(made.files());
    }
}
