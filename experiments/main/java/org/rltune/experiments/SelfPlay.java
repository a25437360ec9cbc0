package org.rltune.experiments;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.rltune.experiments.selfplay.League;
import org.rltune.experiments.selfplay.LeagueRecord;
import org.rltune.ppo.PolicyMappings;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Learns TicTacToe-v0 by self-play against a pool of snapshots, and shows how the policy fares. */
@Command(
        name = "SelfPlay",
        mixinStandardHelpOptions = true,
        description =
                "Learns tic-tac-toe by self-play: the policy plays against itself and against a pool that begins with a"
                        + " random player; a snapshot of it joins the pool whenever it wins often enough. Prints the exact odds of its most probable"
                        + " moves against a random and against a perfect player, by seed.",
        footer = {
            "",
            "Example, from the root of the repository:",
            "  mvn -q compile exec:java -Dexec.mainClass=org.rltune.experiments.SelfPlay"
                    + " -Dexec.args=\"--seeds 0 --iterations 50\"",
            "",
            "Exit code: 0; 2 for bad input."
        })
public final class SelfPlay implements Callable<Integer> {
    @Spec
    private @Nullable CommandSpec spec;

    @Option(names = "--seeds", paramLabel = "SEEDS", description = "Such as 0..4 or 1,7 (default: ${DEFAULT-VALUE}).")
    private String seeds = "0..4";

    @Option(
            names = "--iterations",
            paramLabel = "N",
            description = "Training iterations of 4096 moves each (default: ${DEFAULT-VALUE}).")
    private int iterations = 200;

    @Option(
            names = "--threshold",
            paramLabel = "REWARD",
            description = "A snapshot joins the pool when wins less losses exceed this (default: ${DEFAULT-VALUE}).")
    private double threshold = 0.5;

    @Option(
            names = "--snapshots",
            paramLabel = "N",
            description = "How many snapshots join at most (default: ${DEFAULT-VALUE}).")
    private int snapshots = 10;

    @Option(
            names = "--record",
            paramLabel = "FILE.md",
            description = "Writes a record there, with its rows in FILE.jsonl and its curves in FILE.png.")
    private @Nullable Path record;

    @Option(
            names = "--picture",
            paramLabel = "FILE.gif",
            description = "Writes games of the first seed's policy against a perfect player there.")
    private @Nullable Path picture;

    /** Runs it. */
    public static void main(String[] args) {
        Mains.main(new SelfPlay(), args);
    }

    @Override
    public Integer call() throws Exception {
        if (iterations < 1) {
            throw new IllegalArgumentException("--iterations must be at least 1, but is " + iterations + ".");
        }
        if (snapshots < 0) {
            throw new IllegalArgumentException("--snapshots must be at least 0, but is " + snapshots + ".");
        }
        if (!Double.isFinite(threshold)) {
            throw new IllegalArgumentException("--threshold must be a finite number, but is " + threshold + ".");
        }
        if (picture != null && !picture.toString().endsWith(".gif")) {
            throw new IllegalArgumentException(
                    "--picture=" + picture + " must end with .gif. Maybe " + picture + ".gif?");
        }
        RecordFile.check(record);
        PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
        List<Long> list = SeedList.parse(seeds);
        League league = new League(iterations, threshold, snapshots);
        List<League.Result> results = new ArrayList<>();
        League.register();
        try {
            for (long seed : list) {
                League.Result result = league.train(seed);
                results.add(result);
                out.printf(
                        Locale.ROOT,
                        "seed %d: %d iterations, snapshots after %s, %.1f s%n",
                        seed,
                        iterations,
                        result.snapshotsAt(),
                        result.seconds());
                out.flush();
            }
        } finally {
            PolicyMappings.unregister(League.MAPPING);
        }
        LeagueRecord written = new LeagueRecord(league.config(), results);
        out.println();
        out.print(written.table());
        out.println(written.verdict());
        if (picture != null) {
            LeagueRecord.gif(results.get(0).main(), picture);
            out.println("Games: " + picture);
        }
        if (record != null) {
            String command = "mvn -q compile exec:java -Dexec.mainClass=org.rltune.experiments.SelfPlay -Dexec.args=\""
                    + "--seeds " + seeds + " --iterations " + iterations + " --threshold " + threshold + " --snapshots "
                    + snapshots + " --record " + record + "\"";
            written.write(record, command);
            out.println("Record: " + record);
        }
        return 0;
    }
}
