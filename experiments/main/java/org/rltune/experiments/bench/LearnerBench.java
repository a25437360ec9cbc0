package org.rltune.experiments.bench;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.rltune.experiments.Mains;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * Measures the CPU learner on one thread: minibatch steps of PPO and inference, as times and as parts of P, the speed of
 * the core's multiply-adds measured in the same run.
 *
 * <p>P is read before and after each of five repetitions of a step, in a JVM that lives as long as this one. A step's part
 * of P is the median of five ratios, each to the mean of the two readings beside it: on a shared host a core's speed moves by
 * a third within minutes, and a single P would judge one step by the speed that another one had.
 */
@Command(
        name = "LearnerBench",
        mixinStandardHelpOptions = true,
        description = {
            "Measures PPO minibatch steps and inference on one thread, and what part they reach of P: the best sgemm of"
                    + " OpenBLAS on one thread of this machine, in the same run, in a JVM of its own. P is read before and"
                    + " after each of five repetitions of a step; '%% beside' is the median of their ratios to the readings"
                    + " beside them, '%% of P' the ratio of all times' median to the best reading of the run.",
            "The jars of OpenBLAS (20 MB) come by the Maven profile bench, those of DJL (115 MB) by bench-djl."
        },
        footer = {
            "",
            "Example, from the root of the repository:",
            "  mvn -q -Pbench compile exec:java -Dexec.mainClass=org.rltune.experiments.bench.LearnerBench",
            "",
            "Exit code: 0; 1 if P is below our own product of the same size, and so no roof; 2 for bad input."
        })
public final class LearnerBench implements Callable<Integer> {
    private static final List<Integer> INFERENCE_ROWS = List.of(1, 8, 64, 256);
    private static final Path JARS = Path.of("experiments", "target");

    /** Samples at which the kernels, and DJL, are compared. */
    private static final int COMPARED = 128;

    /** Seconds until the JIT compiler has done its work on an idle core; until then a step takes up to a thousand times. */
    private static final double WARM_UP = 4;

    @Spec
    private @Nullable CommandSpec spec;

    @Option(
            names = "--samples",
            split = ",",
            paramLabel = "N,...",
            description = "Sizes of a minibatch; default: 64,128,1024,4096,16384.")
    private List<Integer> samples = List.of(64, 128, 1024, 4096, 16384);

    @Option(names = "--hidden", split = ",", paramLabel = "N,...", description = "Widths of layers; default: 64,256.")
    private List<Integer> hidden = List.of(64, 256);

    @Option(
            names = "--seconds",
            paramLabel = "S",
            description = "Time for each line, the first half of it to warm up (default: ${DEFAULT-VALUE}).")
    private double seconds = 4;

    @Option(names = "--openblas", paramLabel = "DIR", description = "Jars of OpenBLAS (default: ${DEFAULT-VALUE}).")
    private Path openBlas = JARS.resolve("openblas");

    @Option(names = "--peak-gflops", paramLabel = "P", description = "Takes this for P instead of measuring it.")
    private @Nullable Double givenPeak;

    @Option(
            names = "--own-peak",
            description = "Takes our own best product for P: no jars needed, but no judge either.")
    private boolean ownPeak;

    @Option(names = "--djl", description = "Measures a step of DJL too.")
    private boolean djl;

    @Option(names = "--djl-jars", paramLabel = "DIR", description = "Jars of DJL (default: ${DEFAULT-VALUE}).")
    private Path djlJars = JARS.resolve("djl");

    @Option(names = "--quick", description = "Only 128 samples, 2 seconds a line, inference of 1 and 8 rows.")
    private boolean quick;

    /** Runs it. */
    public static void main(String[] args) {
        Mains.main(new LearnerBench(), args);
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        samples.forEach(n -> Arguments.atLeast("--samples", 8, n));
        hidden.forEach(n -> Arguments.atLeast("--hidden", 1, n));
        Arguments.above("--seconds", 0, seconds);
        double time = quick ? Math.min(2, seconds) : seconds;
        PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
        Neighbours neighbours = new Neighbours();
        Peak peak = peak();
        List<StepBesidePeak> lines = new ArrayList<>();
        try (peak) {
            peak.measure(time / 2);
            new LearnerStep(64, false, COMPARED).measure(Math.min(WARM_UP, time * 2));
            for (int width : hidden) {
                for (boolean shared : new boolean[] {true, false}) {
                    for (int count : quick ? List.of(COMPARED) : samples) {
                        lines.add(StepBesidePeak.measure(new LearnerStep(width, shared, count), peak, time));
                    }
                    peak.measure(time / 4);
                }
            }
        }
        out.println(Arguments.machine());
        out.println(peak.text());
        printSteps(out, lines, peak.gflops());
        printInference(out, time / 2);
        printComparison(out, time);
        out.print(neighbours.text());
        if (!peak.valid()) {
            out.println("INVALID: P is below our own product of the same size, so it is no roof. Run again on an idle"
                    + " machine.");
            return 1;
        }
        return 0;
    }

    private Peak peak() {
        if (givenPeak != null) {
            Arguments.above("--peak-gflops", 0, givenPeak);
            return Peak.given(givenPeak);
        }
        return ownPeak ? Peak.ofOurs() : Peak.ofOpenBlas(openBlas);
    }

    private static void printSteps(PrintWriter out, List<StepBesidePeak> lines, double p) {
        out.printf("%nminibatch step    samples   us median  us undisturbed  GFLOP/s  %% of P  P beside  %% beside%n");
        for (StepBesidePeak line : lines) {
            double median = line.times().median();
            double gflops = line.step().mflop() * 1e3 / median;
            out.printf(
                    Locale.ROOT,
                    "%-16s %8d %11.1f %15.1f %8.1f %7.1f %9.1f  %s%n",
                    line.step().name(),
                    line.step().samples(),
                    median,
                    line.times().undisturbed(),
                    gflops,
                    100 * gflops / p,
                    line.peak().median(),
                    line.percent().text("%.1f"));
        }
        out.flush();
    }

    private void printInference(PrintWriter out, double time) {
        out.printf("%ninference            rows   us median  us undisturbed  us per row%n");
        for (int width : hidden) {
            for (boolean shared : new boolean[] {true, false}) {
                for (int rows : quick ? INFERENCE_ROWS.subList(0, 2) : INFERENCE_ROWS) {
                    Samples times = new Inference(width, shared, rows).measure(time);
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
        out.flush();
    }

    private void printComparison(PrintWriter out, double time) throws IOException, InterruptedException {
        out.printf(
                "%nstep of %d samples, us median  these kernels   plain Java%s%n", COMPARED, djl ? "         DJL" : "");
        for (int width : hidden) {
            LearnerStep step = new LearnerStep(width, true, COMPARED);
            double plain = StepChild.plain(step, time);
            out.printf(
                    Locale.ROOT,
                    "%-29s %15.1f %12.1f",
                    step.name(),
                    step.measure(time).median(),
                    plain);
            if (djl) {
                double micros = DjlChild.median(djlJars, step, time);
                out.printf(Locale.ROOT, "%12.1f   %.2f times plain Java", micros, micros / plain);
            }
            out.println();
        }
    }
}
