package org.rltune.experiments;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Trains PPO with fixed settings, without the tuner, over several seeds, and writes down what came out. */
@Command(
        name = "TrainPpo",
        mixinStandardHelpOptions = true,
        description =
                "Trains PPO with the fixed settings of an experiment file over several seeds, lets each trained policy play"
                        + " deterministic episodes, and prints their returns by seed with the median.",
        footer = {
            "",
            "Example, from the root of the repository:",
            "  mvn -q compile exec:java -Dexec.mainClass=org.rltune.experiments.TrainPpo \\",
            "      -Dexec.args=\"experiments/configs/ppo-cartpole.yaml --seeds 0..4 --at-least 490\"",
            "",
            "Exit code: 0; 1 if the median is below --at-least, or with --random nothing was learned; 2 for bad input."
        })
public final class TrainPpo implements Callable<Integer> {
    @Spec
    private @Nullable CommandSpec spec;

    @Parameters(
            index = "0",
            paramLabel = "FILE",
            description = "An experiment of PPO without a domain, that stops by timesteps_total.")
    private Path config = Path.of("");

    @Option(names = "--seeds", paramLabel = "SEEDS", description = "Such as 0..4 or 1,7 (default: ${DEFAULT-VALUE}).")
    private String seeds = "0..4";

    @Option(
            names = "--episodes",
            paramLabel = "N",
            description = "Deterministic episodes that each trained policy plays (default: ${DEFAULT-VALUE}).")
    private int episodes = 100;

    @Option(
            names = "--at-least",
            paramLabel = "RETURN",
            description = "What the median over the seeds of the mean return should reach.")
    private @Nullable Double atLeast;

    @Option(
            names = "--random",
            paramLabel = "N",
            description =
                    "Lets a random player play N episodes too, and compares the last quarter of each training with it"
                            + " and with the first quarter.")
    private int randomEpisodes;

    @Option(
            names = "--success-above",
            paramLabel = "RETURN",
            description = "Counts the episodes with a return above this as successes, and prints their share.")
    private @Nullable Double successAbove;

    @Option(
            names = "--record",
            paramLabel = "FILE.md",
            description = "Writes a record there, with its rows in FILE.jsonl and its curves in FILE.png.")
    private @Nullable Path record;

    @Option(
            names = "--threads",
            paramLabel = "N",
            description =
                    "Seeds trained at the same time (default: ${DEFAULT-VALUE}, the processors); changes no result.")
    private int threads = Runtime.getRuntime().availableProcessors();

    /** Runs it. */
    public static void main(String[] args) {
        Mains.main(new TrainPpo(), args);
    }

    @Override
    public Integer call() throws Exception {
        List<Long> list = SeedList.parse(seeds);
        FixedSettings settings = FixedSettings.read(config);
        if (episodes < 1) {
            throw new IllegalArgumentException("--episodes must be at least 1, but is " + episodes + ".");
        }
        if (randomEpisodes < 0 || randomEpisodes == 1) {
            throw new IllegalArgumentException(
                    "--random must be at least 2, or left out, but is " + randomEpisodes + ".");
        }
        if (threads < 1) {
            throw new IllegalArgumentException("--threads must be at least 1, but is " + threads + ".");
        }
        RecordFile.check(record);
        PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
        out.println("PPO on " + settings.ppo().env() + ": " + settings.ppo().arithmetic());
        out.println("Training " + list.size() + " seed(s) for " + settings.timesteps() + " timesteps each");
        Quarters quarters = randomEpisodes > 0 ? new Quarters(settings.ppo(), randomEpisodes) : null;
        Successes successes = successAbove == null ? null : new Successes(successAbove);
        FixedRecord result = new FixedRecord(settings, atLeast, quarters, successes, train(settings, list, out));
        out.println();
        out.print(result.table());
        out.println(result.verdict());
        out.print(result.learning());
        if (record != null) {
            write(record, result, settings.ppo().framework().equals("djl") ? " -Pdjl" : "");
            out.println("Record: " + record);
        }
        return result.reached() ? 0 : 1;
    }

    private List<FixedRun> train(FixedSettings settings, List<Long> list, PrintWriter out) throws Exception {
        // A trainer lets idle threads of its pool help, and counts on no others.
        ExecutorService pool = new ForkJoinPool(threads);
        try {
            List<Future<FixedRun>> futures = new ArrayList<>();
            for (long seed : list) {
                futures.add(pool.submit(() ->
                        FixedRun.train(settings.ppo(), seed, settings.timesteps(), episodes, line -> say(out, line))));
            }
            List<FixedRun> runs = new ArrayList<>();
            for (Future<FixedRun> future : futures) {
                FixedRun run = future.get();
                String line = String.format(
                        Locale.ROOT,
                        "seed %d: mean return %.1f over %d episodes, %.1f s of training",
                        run.seed(),
                        run.evaluation().mean(),
                        run.evaluation().returns().length,
                        run.seconds());
                say(out, line);
                runs.add(run);
            }
            return runs;
        } catch (ExecutionException e) {
            throw e.getCause() instanceof Exception cause ? cause : e;
        } finally {
            pool.shutdownNow();
        }
    }

    private static void say(PrintWriter out, String line) {
        synchronized (out) {
            out.println(line);
            out.flush();
        }
    }

    private void write(Path file, FixedRecord result, String profile) throws IOException {
        RecordFile files = new RecordFile(file);
        String command = "mvn -q" + profile
                + " compile exec:java -Dexec.mainClass=org.rltune.experiments.TrainPpo -Dexec.args=\""
                + config + " --seeds " + seeds + " --episodes " + episodes
                + (atLeast == null ? "" : " --at-least " + atLeast)
                + (randomEpisodes == 0 ? "" : " --random " + randomEpisodes)
                + (successAbove == null ? "" : " --success-above " + successAbove) + " --record " + file + "\"";
        Files.writeString(files.beside(files.data()), result.jsonLines());
        result.picture().write(files.beside(files.picture()));
        Files.writeString(file, result.markdown(config, command, files.data(), files.picture()));
    }
}
