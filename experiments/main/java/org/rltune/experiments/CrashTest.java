package org.rltune.experiments;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.rltune.check.Check;
import org.rltune.experiments.crash.BrokenDisks;
import org.rltune.experiments.crash.DamagedRuns;
import org.rltune.experiments.crash.Kills;
import org.rltune.experiments.crash.SmallRun;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Kills a run again and again, breaks its disk at every write, and shows that it comes to the same all the same. */
@Command(
        name = "CrashTest",
        mixinStandardHelpOptions = true,
        description = "Runs a small population of PPO agents in a JVM of its own, kills it (SIGKILL) at random moments,"
                + " resumes it, and compares digest, rows and decisions with those of a run that was left alone. Then"
                + " lets every single write of a smaller run fail, damages files of stopped runs, and resumes each.",
        footer = {
            "",
            "Example, from the root of the repository:",
            "  mvn -q compile exec:java -Dexec.mainClass=org.rltune.experiments.CrashTest -Dexec.args=\"--kills 100\"",
            "",
            "Exit code: 0; 1 if anything differs; 2 for bad input."
        })
public final class CrashTest implements Callable<Integer> {
    @Spec
    private @Nullable CommandSpec spec;

    @Option(names = "--kills", defaultValue = "100", description = "Kills in all (default: ${DEFAULT-VALUE}).")
    private int kills;

    @Option(
            names = "--kills-per-run",
            defaultValue = "20",
            description = "How often each run is killed before it comes to its end (default: ${DEFAULT-VALUE}).")
    private int killsPerRun;

    @Option(names = "--seed", defaultValue = "1", description = "Seed of the moments (default: ${DEFAULT-VALUE}).")
    private long seed;

    @Option(
            names = "--pause-ms",
            defaultValue = "12",
            description = "How much longer each write to the journal and to checkpoints takes, so that kills fall into"
                    + " writes (default: ${DEFAULT-VALUE}).")
    private double pauseMillis;

    @Option(
            names = "--disk-every",
            defaultValue = "1",
            description = "Every so many writes is made to fail; 0 for none (default: ${DEFAULT-VALUE}).")
    private int diskEvery;

    @Option(
            names = "--damages",
            defaultValue = "200",
            description = "Files that are damaged between a stop and the resuming (default: ${DEFAULT-VALUE}).")
    private int damages;

    @Option(names = "--child", hidden = true)
    private @Nullable Path child;

    /** Runs it. */
    public static void main(String[] args) {
        Mains.main(new CrashTest(), args);
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
        Path folder = child;
        if (folder != null) {
            Kills.child(folder, pauseMillis);
            return 0;
        }
        Check.atLeast("--kills", kills, 0);
        Check.positive("--kills-per-run", killsPerRun);
        Check.atLeast("--disk-every", diskEvery, 0);
        Check.atLeast("--damages", damages, 0);
        out.println("seed " + seed + ", on " + Machine.facts());
        Path temporary = Files.createTempDirectory("rltune-crash");
        try {
            boolean same =
                    kills == 0 || new Kills(seed, pauseMillis).run(kills, killsPerRun, temporary.resolve("kills"), out);
            boolean also = diskEvery == 0
                    || new BrokenDisks(new SmallRun(2, 4)).run(diskEvery, temporary.resolve("disks"), out);
            boolean whole = damages == 0
                    || new DamagedRuns(new SmallRun(2, 4), seed).run(damages, temporary.resolve("damages"), out);
            return same && also && whole ? 0 : 1;
        } finally {
            SmallRun.delete(temporary);
        }
    }
}
