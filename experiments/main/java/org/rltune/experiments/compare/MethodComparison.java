package org.rltune.experiments.compare;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import org.rltune.check.Check;
import org.rltune.check.Suggest;
import org.rltune.env.EnvSpec;
import org.rltune.env.Envs;
import org.rltune.experiments.RecordFile;
import org.rltune.json.Json;
import org.rltune.plot.MethodCurves;
import org.rltune.tune.gp.Nd4jCheck;

/** Runs every method with every seed, one after the other, and keeps what came out. */
public final class MethodComparison {
    /** Steps of the run before the others, so that the JIT compiler's work is not the first method's cost. */
    private static final long WARM_UP = 40_000;

    private final List<TuningMethod> methods;
    private final List<Long> seeds;
    private final double price;
    private final MethodRun.Task task;
    private final OptionalDouble target;
    private final List<MethodRun> runs = new ArrayList<>();
    private double seconds;

    private MethodComparison(
            List<TuningMethod> methods, List<Long> seeds, double price, MethodRun.Task task, OptionalDouble target) {
        this.methods = methods;
        this.seeds = seeds;
        this.price = price;
        this.task = task;
        this.target = target;
    }

    /** Returns a builder; every setting must be given. */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Runs all of it and prints a line for each run.
     *
     * @param folder where the experiments' folders are made
     */
    public void run(Path folder, PrintWriter out) {
        long start = System.nanoTime();
        long warmUp = Math.min(WARM_UP, task.budget());
        MethodRun.of(
                TuningMethod.RANDOM,
                0,
                new MethodRun.Task(task.env(), warmUp, 1, task.threads(), folder.resolve("warm-up")));
        int number = 0;
        for (TuningMethod method : methods) {
            for (long seed : seeds) {
                MethodRun run = MethodRun.of(method, seed, withResults(folder));
                runs.add(run);
                number++;
                out.println(String.format(
                        Locale.ROOT,
                        "%2d of %d  %-9s seed %d: policy's return %.1f, %,d steps in %d trials, %.1f s",
                        number,
                        methods.size() * seeds.size(),
                        method.label(),
                        seed,
                        run.evaluated(),
                        run.steps(),
                        run.trials(),
                        run.seconds()));
                out.flush();
            }
        }
        seconds = (System.nanoTime() - start) / 1e9;
        out.println();
    }

    private MethodRun.Task withResults(Path folder) {
        return new MethodRun.Task(task.env(), task.budget(), task.evaluationEpisodes(), task.threads(), folder);
    }

    /** Returns the table in Markdown. */
    public String table() {
        return new MethodTable(runs, price, target).markdown();
    }

    /** Draws the best return so far against the environment steps, for all methods. */
    public void draw(Path file) {
        String title = String.format(
                Locale.ROOT, "Tuning PPO on %s, %,d environment steps for each method", task.env(), task.budget());
        MethodCurves picture =
                new MethodCurves(title, "environment steps of all trials together", "best episode_reward_mean so far");
        for (TuningMethod method : methods) {
            picture.add(
                    method.label(),
                    runs.stream()
                            .filter(run -> run.method() == method)
                            .map(MethodRun::best)
                            .toList());
        }
        picture.write(file);
    }

    /** Returns one line for each run: everything that the table and the picture are made from. */
    public String jsonLines() {
        StringBuilder text = new StringBuilder();
        for (MethodRun run : runs) {
            Map<String, Object> line = new LinkedHashMap<>();
            line.put("method", run.method().label());
            line.put("seed", run.seed());
            line.put("evaluated", run.evaluated());
            line.put("best_return", run.bestReturn());
            line.put("steps", run.steps());
            line.put("trials", run.trials());
            line.put("seconds", run.seconds());
            line.put("core_seconds", run.coreSeconds());
            line.put("digest", run.digest());
            line.put(
                    "best_so_far",
                    run.best().stream()
                            .map(point -> List.of((long) point[0], point[1]))
                            .toList());
            text.append(Json.write(line)).append('\n');
        }
        return text.toString();
    }

    /**
     * Returns the record in Markdown.
     *
     * @param stem the name of the files beside it, without ending
     * @param arguments of the command
     */
    public String record(String stem, String arguments) {
        StringBuilder text = new StringBuilder("# Tuning methods on equal budgets\n\n");
        text.append(String.format(
                Locale.ROOT,
                "PPO on %s, %,d environment steps for each method and seed, seeds %s. Medians over the seeds. \"Policy's"
                        + " return\" is the mean of %d deterministic episodes of the policy that the method hands over:"
                        + " that of the best trial by its last result. \"Best in training\" is the largest"
                        + " `episode_reward_mean` of any result. Core-seconds are those of the whole process; the cost is"
                        + " theirs at %s for a core-hour. Everything together took %.0f s.%n%n",
                task.env(),
                task.budget(),
                seeds,
                task.evaluationEpisodes(),
                price,
                seconds));
        text.append(table());
        text.append("\n![Best return so far against environment steps](" + stem + ".png)\n\n")
                .append("Every run with its digest and curve: `" + stem + ".jsonl`.\n\n")
                .append(
                        "- command: `mvn -q -Pgp compile exec:java -Dexec.mainClass=org.rltune.experiments.CompareMethods"
                                + " -Dexec.args=\"" + arguments + "\"`\n")
                .append(RecordFile.facts());
        return text.toString().replace("\r\n", "\n");
    }

    /** Settings, checked as they are given. */
    public static final class Builder {
        private String env = "";
        private long budget;
        private List<Long> seeds = List.of();
        private List<TuningMethod> methods = List.of();
        private double price;
        private int evaluationEpisodes;
        private int threads;

        private Builder() {}

        /** Sets the environment. */
        public Builder env(String env) {
            this.env = env;
            return this;
        }

        /** Sets the environment steps of each method and seed; at least 8,000. */
        public Builder budget(long budget) {
            this.budget = Check.atLeast("--budget", budget, 8_000L);
            return this;
        }

        /** Sets the seeds. */
        public Builder seeds(List<Long> seeds) {
            this.seeds = List.copyOf(Check.notEmpty("--seeds", seeds));
            return this;
        }

        /** Sets the methods by their names, in any case, separated by commas. */
        public Builder methods(String names) {
            List<TuningMethod> chosen = new ArrayList<>();
            for (String name : names.split(",")) {
                TuningMethod method = method(name.strip());
                if (chosen.contains(method)) {
                    throw new IllegalArgumentException(
                            "--methods names " + method.label() + " twice. Name each method once.");
                }
                chosen.add(method);
            }
            this.methods = List.copyOf(chosen);
            return this;
        }

        private static TuningMethod method(String name) {
            List<String> labels = Arrays.stream(TuningMethod.values())
                    .map(TuningMethod::label)
                    .toList();
            return Arrays.stream(TuningMethod.values())
                    .filter(method -> method.label().equalsIgnoreCase(name))
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException("There is no method '" + name + "'. There are "
                            + String.join(", ", labels) + "." + Suggest.nearest(name, labels)));
        }

        private static void requireNd4j(TuningMethod method) {
            try {
                Nd4jCheck.require(method.label());
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException(
                        method.label() + " needs ND4J, which is not on the class path. Run Maven with -Pgp, or leave "
                                + method.label() + " out of --methods.",
                        e);
            }
        }

        /** Sets what one core costs for one hour; at least 0. */
        public Builder price(double price) {
            this.price = Check.atLeast("--price-per-core-hour", price, 0);
            return this;
        }

        /** Sets by how many episodes policies are judged; at least 1. */
        public Builder evaluationEpisodes(int episodes) {
            this.evaluationEpisodes = Check.positive("--evaluation-episodes", episodes);
            return this;
        }

        /** Sets how many threads do the work. */
        public Builder threads(int threads) {
            this.threads = Check.positive("--threads", threads);
            return this;
        }

        /**
         * Makes the comparison.
         *
         * @throws IllegalArgumentException if the environment is not known, or a method needs ND4J and it is not there
         */
        public MethodComparison build() {
            for (TuningMethod method : methods) {
                if (method == TuningMethod.BAYESIAN || method == TuningMethod.PB2) {
                    requireNd4j(method);
                }
            }
            EnvSpec spec = Envs.spec(env);
            return new MethodComparison(
                    methods,
                    seeds,
                    price,
                    new MethodRun.Task(env, budget, evaluationEpisodes, threads, Path.of("")),
                    spec.rewardThreshold());
        }
    }
}
