package org.rltune.experiments;

import java.io.PrintWriter;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.rltune.check.Check;
import org.rltune.experiments.fuzz.Fuzz;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Throws mutated experiment files and PPO configs at what users call, and counts what becomes of them. */
@Command(
        name = "FuzzFiles",
        mixinStandardHelpOptions = true,
        description =
                "Mutates experiment files and gives each to Run, and maps of settings to PPO. Each must be refused"
                        + " with one line that names what is wrong, or run: no stack trace, no hang, no half-written folder.",
        footer = {
            "",
            "Example, from the root of the repository:",
            "  mvn -q compile exec:java -Dexec.mainClass=org.rltune.experiments.FuzzFiles -Dexec.args=\"--files 10000\"",
            "",
            "Exit code: 0; 1 if any of them ended badly; 2 for bad input."
        })
public final class FuzzFiles implements Callable<Integer> {
    @Spec
    private @Nullable CommandSpec spec;

    @Option(names = "--files", defaultValue = "10000", description = "Inputs in all (default: ${DEFAULT-VALUE}).")
    private int files;

    @Option(names = "--seed", defaultValue = "1", description = "Seed of the mutations (default: ${DEFAULT-VALUE}).")
    private long seed;

    @Option(
            names = "--run-every",
            defaultValue = "4",
            description = "Every so many accepted files is run, if it is small; the others are planned only"
                    + " (default: ${DEFAULT-VALUE}).")
    private int runEvery;

    @Option(
            names = "--limit-s",
            defaultValue = "60",
            description = "Seconds after which an input counts as hanging (default: ${DEFAULT-VALUE}).")
    private double limitSeconds;

    /** Runs it. */
    public static void main(String[] args) {
        Mains.main(new FuzzFiles(), args);
    }

    @Override
    public Integer call() throws Exception {
        Check.positive("--files", files);
        Check.atLeast("--seed", seed, 0L);
        Check.positive("--run-every", runEvery);
        PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
        Fuzz fuzz = new Fuzz(seed, runEvery, Check.positive("--limit-s", limitSeconds));
        out.printf(Locale.ROOT, "%d inputs, seed %d, on %s%n", files, seed, Machine.facts());
        Fuzz.Report report = fuzz.run(files, out);
        report.print(out);
        return report.bad().isEmpty() ? 0 : 1;
    }
}
