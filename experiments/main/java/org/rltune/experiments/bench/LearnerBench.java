package org.rltune.experiments.bench;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.rltune.nn.Activation;
import org.rltune.nn.Kernels;
import org.rltune.nn.Mlp;
import org.rltune.nn.MlpConfig;
import org.rltune.nn.Workspace;
import org.rltune.random.Pcg64;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * Measures the CPU learner on one thread: minibatch steps of PPO and inference, as times and as parts of P, the speed of
 * the core's multiply-adds measured in the same run.
 */
@Command(
        name = "LearnerBench",
        mixinStandardHelpOptions = true,
        description = "Measures PPO minibatch steps and inference on one thread.")
public final class LearnerBench implements Callable<Integer> {
    private static final int[] INFERENCE_ROWS = {1, 8, 64, 256};

    @Option(
            names = "--samples",
            split = ",",
            paramLabel = "N,...",
            description = "minibatch sizes; default 128,4096,16384")
    private List<Integer> samples = List.of(128, 4096, 16384);

    @Option(names = "--hidden", split = ",", paramLabel = "N,...", description = "layer widths; default 64,256")
    private List<Integer> hidden = List.of(64, 256);

    @Option(
            names = "--seconds",
            paramLabel = "S",
            description = "time for each line of the table, the first half of it to warm up; default 4")
    private double seconds = 4;

    @Option(names = "--quick", description = "only 128 samples, 2 seconds a line, no large inference")
    private boolean quick;

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    /** Seconds until the JIT compiler has done its work on an idle core; until then a step takes up to a thousand times. */
    private static final double WARM_UP = 4;

    private final Roofline roofline = new Roofline();

    private record Line(LearnerStep step, Samples times) {}

    /** Measures and exits. */
    public static void main(String... args) {
        System.exit(new CommandLine(new LearnerBench()).execute(args));
    }

    @Override
    public Integer call() {
        if (!(seconds > 0)
                || samples.stream().anyMatch(n -> n < 8)
                || hidden.stream().anyMatch(n -> n < 1)) {
            throw new CommandLine.ParameterException(
                    spec.commandLine(), "--seconds must be above 0, --samples at least 8, --hidden at least 1");
        }
        PrintWriter out = spec.commandLine().getOut();
        double time = quick ? Math.min(2, seconds) : seconds;
        new LearnerStep(64, false, 128).measure(Math.min(WARM_UP, time * 2));
        List<Line> lines = new ArrayList<>();
        for (int width : hidden) {
            for (boolean shared : new boolean[] {true, false}) {
                for (int count : quick ? List.of(128) : samples) {
                    // P before each line and at the end: the clock of a core moves, and the best counts.
                    roofline.measure(time / 8);
                    LearnerStep step = new LearnerStep(width, shared, count);
                    lines.add(new Line(step, step.measure(time)));
                }
            }
        }
        roofline.measure(time / 8);
        print(out, lines);
        printInference(out, time / 2);
        out.flush();
        return CommandLine.ExitCode.OK;
    }

    private void print(PrintWriter out, List<Line> lines) {
        double p = roofline.gflops();
        out.printf(
                Locale.ROOT,
                "%s, Java %s, %d processors, kernels: %s%nP = %.1f GFLOP/s, the best product of ours in this run%n%n",
                System.getProperty("os.arch"),
                System.getProperty("java.version"),
                Runtime.getRuntime().availableProcessors(),
                Kernels.best().getClass().getSimpleName(),
                p);
        out.println("minibatch step    samples   us median  us undisturbed  GFLOP/s  % of P");
        for (Line line : lines) {
            double median = line.times.median();
            double gflops = line.step.mflop() * 1e3 / median;
            out.printf(
                    Locale.ROOT,
                    "%-16s %8d %11.1f %15.1f %8.1f %7.0f%n",
                    line.step.name(),
                    line.step.samples(),
                    median,
                    line.times.undisturbed(),
                    gflops,
                    100 * gflops / p);
        }
    }

    private void printInference(PrintWriter out, double time) {
        out.printf(Locale.ROOT, "%ninference            rows   us median  us undisturbed  us per row%n");
        for (int width : hidden) {
            for (boolean shared : new boolean[] {true, false}) {
                for (int rows : INFERENCE_ROWS) {
                    if (quick && rows > 8) {
                        continue;
                    }
                    Samples times = inference(width, shared, rows, time);
                    out.printf(
                            Locale.ROOT,
                            "%-16s %8d %11.3f %15.3f %11.3f%n",
                            new LearnerStep(width, shared, rows).name(),
                            rows,
                            times.median(),
                            times.undisturbed(),
                            times.median() / rows);
                }
            }
        }
    }

    private static Samples inference(int width, boolean shared, int rows, double time) {
        Mlp network = new Mlp(new MlpConfig(4, 2, List.of(width, width), Activation.TANH, shared, false));
        Pcg64 random = new Pcg64(1);
        network.initialize(random, 0);
        Workspace workspace = network.workspace(rows);
        float[] observations = new float[rows * 4];
        for (int i = 0; i < observations.length; i++) {
            observations[i] = random.nextFloat() - 0.5f;
        }
        return Samples.measure(time, () -> network.forward(workspace, observations, 0, rows));
    }
}
