package org.rltune.experiments.bench;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.OptionalDouble;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.rltune.check.Check;
import org.rltune.experiments.Mains;
import org.rltune.nn.Activation;
import org.rltune.nn.ActorCritic;
import org.rltune.nn.Adam;
import org.rltune.nn.Kernels;
import org.rltune.nn.Workspace;
import org.rltune.policy.ConvFilters;
import org.rltune.policy.ModelConfig;
import org.rltune.policy.NetworkProviders;
import org.rltune.policy.NetworkSize;
import org.rltune.random.Pcg64;
import org.rltune.space.ArrayBox;
import org.rltune.space.Box;
import org.rltune.space.Space;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Trains networks of DJL for many steps, and tells how much memory the process holds. */
@Command(
        name = "DjlLeak",
        mixinStandardHelpOptions = true,
        description =
                "Makes gradient steps of 64 rows with an MLP and a network with convolutions on DJL, each followed by a"
                        + " forward of 8 rows as in a rollout, and prints the resident memory of the process and the Java heap that"
                        + " is in use after a collection.",
        footer = {
            "",
            "Example, from the root of the repository:",
            "  mvn -q -Pdjl compile exec:java -Dexec.mainClass=org.rltune.experiments.bench.DjlLeak",
            "",
            "Exit code: 0; 1 if the memory after the last step is more than 20 %% above that after the first tenth; 2 for bad"
                    + " input."
        })
public final class DjlLeak implements Callable<Integer> {
    private static final int ROWS = 64;
    private static final int ROLLOUT_ROWS = 8;
    private static final int POINTS = 10;
    private static final double MOST_GROWTH = 1.2;

    @Spec
    private @Nullable CommandSpec spec;

    @Option(
            names = "--steps",
            defaultValue = "20000",
            description = "Steps of each network (default: ${DEFAULT-VALUE}).")
    private int steps;

    /** Runs it. */
    public static void main(String[] args) {
        Mains.main(new DjlLeak(), args);
    }

    @Override
    public Integer call() throws IOException {
        Check.atLeast("--steps", steps, POINTS);
        PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
        out.println("| network | steps | resident (MB) | heap in use (MB) |");
        out.println("|---|---:|---:|---:|");
        ConvFilters filters = ConvFilters.parse(List.of(List.of(16, 3, 1), List.of(32, 3, 2)));
        ModelConfig convolutions = ModelConfig.convolutions(filters, List.of(64), true);
        boolean flat = run(out, "MLP 2x64", ModelConfig.mlp(List.of(64, 64), Activation.TANH, false), Box.of(-1, 1, 8));
        flat &= run(out, "convolutions, 12x12", convolutions, ArrayBox.uint8(0, 255, 12, 12, 1));
        return flat ? 0 : 1;
    }

    private boolean run(PrintWriter out, String name, ModelConfig model, Space<?> space) throws IOException {
        int features = space.flatSize();
        ActorCritic network =
                NetworkProviders.of("djl").create(model, new NetworkSize(features, 3, 0), space, 0, 0, new Pcg64(1));
        Adam adam = new Adam(Kernels.best(), network.parameters().length, Adam.DEFAULT_EPSILON);
        Workspace learning = network.workspace(ROWS);
        Workspace rollout = network.workspace(ROLLOUT_ROWS);
        rollout.forwardOnly = true;
        float[] observations = new float[ROWS * features];
        Pcg64 random = new Pcg64(2);
        double early = 0;
        double last = 0;
        for (int step = 1; step <= steps; step++) {
            for (int i = 0; i < observations.length; i++) {
                observations[i] = random.nextFloat();
            }
            network.forward(learning, observations, 0, ROWS);
            System.arraycopy(learning.policy, 0, learning.policyGradient, 0, learning.policy.length);
            System.arraycopy(learning.value, 0, learning.valueGradient, 0, ROWS);
            Arrays.fill(learning.gradient, 0f);
            network.backward(learning, observations, 0, ROWS);
            adam.step(network.parameters(), learning.gradient, 1e-5, 0.5);
            network.forward(rollout, observations, 0, ROLLOUT_ROWS);
            if (step % (steps / POINTS) == 0) {
                System.gc();
                OptionalDouble resident = residentMegabytes();
                Runtime runtime = Runtime.getRuntime();
                double heap = (runtime.totalMemory() - runtime.freeMemory()) / 1e6;
                last = resident.orElse(heap);
                early = early == 0 ? last : early;
                out.println(String.format(
                        Locale.ROOT,
                        "| %s | %d | %s | %.1f |",
                        name,
                        step,
                        resident.isPresent() ? String.format(Locale.ROOT, "%.0f", resident.getAsDouble()) : "not told",
                        heap));
                out.flush();
            }
        }
        return last <= MOST_GROWTH * early;
    }

    /** Returns what Linux says, or nothing elsewhere. */
    private static OptionalDouble residentMegabytes() throws IOException {
        Path status = Path.of("/proc/self/status");
        if (!Files.exists(status)) {
            return OptionalDouble.empty();
        }
        return Files.readAllLines(status).stream()
                .filter(line -> line.startsWith("VmRSS:"))
                .mapToDouble(line -> Double.parseDouble(line.replaceAll("[^0-9]", "")) / 1e3)
                .findFirst();
    }
}
