package org.rltune.experiments;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.rltune.offline.Fragment;
import org.rltune.offline.TrajectoryInfo;
import org.rltune.offline.TrajectoryReader;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Shows what is in a folder of trajectories. */
@Command(
        name = "Trajectories",
        mixinStandardHelpOptions = true,
        description =
                "Shows what is in a folder of trajectories that the setting output has filled: the environment, its"
                        + " spaces, the columns, and the episodes with their returns and lengths.",
        footer = {
            "",
            "Example, from the root of the repository:",
            "  mvn -q compile exec:java -Dexec.mainClass=org.rltune.experiments.Trajectories \\",
            "      -Dexec.args=\"results/NAME/t00000/trajectories --episodes 5\"",
            "",
            "Exit code: 0; 2 for bad input."
        })
public final class Trajectories implements Callable<Integer> {
    @Spec
    private @Nullable CommandSpec spec;

    @Parameters(index = "0", paramLabel = "DIR", description = "The folder, with its output.json.")
    private Path folder = Path.of("");

    @Option(
            names = "--episodes",
            paramLabel = "N",
            description = "Episodes to show, the latest (default: ${DEFAULT-VALUE}).")
    private int episodes = 20;

    /** What is known of an episode. */
    private static final class Episode {
        private final int env;
        private final long number;
        private final long firstIteration;
        private final int first;
        private int length;
        private double sum;
        private String end = "goes on, or was given up";

        Episode(Fragment fragment, long number) {
            this.env = fragment.env;
            this.number = number;
            this.firstIteration = fragment.iteration;
            this.first = fragment.firstStep;
        }

        void add(Fragment fragment) {
            length += fragment.rows;
            for (double reward : fragment.reward) {
                sum += reward;
            }
            if (fragment.ended()) {
                end = fragment.terminated[fragment.rows - 1] ? "terminated" : "truncated";
            }
        }
    }

    /** Runs it. */
    public static void main(String[] args) {
        Mains.main(new Trajectories(), args);
    }

    @Override
    public Integer call() {
        if (episodes < 0) {
            throw new IllegalArgumentException("--episodes must be at least 0, but is " + episodes + ".");
        }
        PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
        TrajectoryReader reader = TrajectoryReader.open(folder);
        TrajectoryInfo info = reader.info();
        Map<Long, Episode> all = new TreeMap<>();
        long rows = 0;
        for (Fragment fragment : (Iterable<Fragment>) reader.fragments()::iterator) {
            all.computeIfAbsent(fragment.episodeId, id -> new Episode(fragment, info.episodeNumber(fragment)))
                    .add(fragment);
            rows += fragment.rows;
        }
        out.println(info.env() + (info.envConfig().isEmpty() ? "" : " " + info.envConfig()) + ", trial "
                + info.trialId() + ", " + info.envs() + " environment(s), format "
                + info.format().key());
        out.println("observations: " + info.observationSpace());
        out.println("actions:      " + info.actionSpace());
        out.println("columns:      " + String.join(", ", info.columns()));
        out.println(reader.iterations().size() + " iteration(s), " + all.size() + " episode(s), " + rows + " row(s)");
        List<Episode> latest =
                all.values().stream().skip(Math.max(0, all.size() - episodes)).toList();
        for (Episode episode : latest) {
            out.println(String.format(
                    Locale.ROOT,
                    "environment %d, episode %d, from iteration %d%s: return %.3f, %d step(s), %s",
                    episode.env,
                    episode.number,
                    episode.firstIteration,
                    episode.first == 0 ? "" : " and step " + episode.first,
                    episode.sum,
                    episode.length,
                    episode.end));
        }
        return 0;
    }
}
