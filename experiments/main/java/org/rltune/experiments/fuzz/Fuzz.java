package org.rltune.experiments.fuzz;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.rltune.json.Json;
import org.rltune.random.Seeds;

/** Many mutated inputs, one after the other, each with a time limit. Input {@code i} of a seed is always the same. */
public final class Fuzz {
    private static final List<String> FILES = List.of("pbt.yaml", "asha.yaml", "grid.json");

    /** Of eight inputs so many are texts of files, so many trees of files, and the rest maps of settings. */
    private static final int TEXTS = 3;

    private static final int TREES = 3;
    private static final int CYCLE = 8;

    private final Seeds seeds;
    private final int runEvery;
    private final double limitSeconds;

    /**
     * Makes a fuzzer.
     *
     * @param runEvery every so many inputs that are accepted and small are run, not only planned
     * @param limitSeconds after which an input counts as hanging
     */
    public Fuzz(long seed, int runEvery, double limitSeconds) {
        this.seeds = Seeds.of(seed);
        this.runEvery = runEvery;
        this.limitSeconds = limitSeconds;
    }

    /**
     * What came of them.
     *
     * @param counts by kind of end, for files and for settings
     * @param messages the different messages, numbers left out
     * @param bad those that ended badly: the input and what was wrong
     * @param slowestSeconds the longest that an input took
     */
    public record Report(Map<String, int[]> counts, Set<String> messages, List<String> bad, double slowestSeconds) {

        /** Prints a table, and all that ended badly. */
        public void print(PrintWriter out) {
            out.println();
            out.printf(Locale.ROOT, "| %-38s | %7s | %8s |%n", "end", "files", "settings");
            out.printf(Locale.ROOT, "|%s|%s:|%s:|%n", "-".repeat(40), "-".repeat(8), "-".repeat(9));
            counts.forEach(
                    (kind, count) -> out.printf(Locale.ROOT, "| %-38s | %7d | %8d |%n", kind, count[0], count[1]));
            out.println();
            out.printf(
                    Locale.ROOT,
                    "%d different messages (numbers left out); the slowest input took %.2f s%n",
                    messages.size(),
                    slowestSeconds);
            bad.forEach(out::println);
        }
    }

    /** Runs so many inputs; tells of the progress. */
    public Report run(int inputs, PrintWriter out) throws IOException {
        Path folder = Files.createTempDirectory("rltune-fuzz");
        Map<String, int[]> counts = new LinkedHashMap<>();
        for (Outcome.Kind kind : Outcome.Kind.values()) {
            counts.put(kind.words(), new int[2]);
        }
        Set<String> messages = new TreeSet<>();
        List<String> bad = new ArrayList<>();
        double slowest = 0;
        try {
            for (int i = 0; i < inputs; i++) {
                Input input = input(i, folder);
                Outcome outcome = limited(input.trial());
                count(counts, outcome.kind())[input.isFile() ? 0 : 1]++;
                messages.add(shape(outcome.message()));
                slowest = Math.max(slowest, outcome.seconds());
                if (outcome.kind() == Outcome.Kind.BAD) {
                    bad.add("input " + i + ": " + outcome.message() + "\n" + input.text());
                }
                if ((i + 1) % 1000 == 0) {
                    out.println((i + 1) + " inputs, " + bad.size() + " bad");
                    out.flush();
                }
            }
        } finally {
            FileTrial.delete(folder);
        }
        return new Report(counts, messages, bad, slowest);
    }

    private static int[] count(Map<String, int[]> counts, Outcome.Kind kind) {
        return counts.computeIfAbsent(kind.words(), words -> new int[2]);
    }

    /** A message without what differs from input to input. */
    private static String shape(String message) {
        String cut = message.replaceAll("\\S*rltune-fuzz\\S*", "FILE").replaceAll("[0-9]+", "N");
        return cut.substring(0, Math.min(60, cut.length()));
    }

    private record Input(boolean isFile, String text, Callable<Outcome> trial) {}

    private Input input(int number, Path folder) throws IOException {
        Mutations mutations = new Mutations(seeds.stream("mutation", number));
        String name = FILES.get(number / CYCLE % FILES.size());
        String base = resource(name);
        int kind = number % CYCLE;
        boolean json = name.endsWith(".json");
        if (kind < TEXTS + TREES) {
            String text = kind < TEXTS ? mutations.text(base) : Json.writePretty(mutations.tree(parsed(base, json)));
            Path file = folder.resolve("fuzz" + (json || kind >= TEXTS ? ".json" : ".yaml"));
            Files.writeString(file, text);
            boolean run = seeds.stream("run", number).nextInt(runEvery) == 0;
            return new Input(true, text, new FileTrial(file, folder.resolve("results"), run));
        }
        Map<String, Object> settings = mutations.tree(settings(number));
        return new Input(false, settings.toString(), new ConfigTrial(settings));
    }

    @SuppressWarnings("unchecked") // a parsed object has text keys, and the files have no nulls
    private static Map<String, Object> parsed(String text, boolean json) {
        Object parsed = json ? Json.parse(text, "base") : Json.parseYaml(text, "base");
        return (Map<String, Object>) (Map<String, ?>) Json.asObject(parsed, "base");
    }

    /** Settings of PPO that are accepted. */
    private static Map<String, Object> settings(int number) {
        Map<String, Object> settings = new LinkedHashMap<>();
        settings.put("env", number / CYCLE % 2 == 0 ? "CartPole-v1" : "Pendulum-v1");
        settings.put("seed", 1L);
        settings.put("num_workers", 0L);
        settings.put("num_envs_per_worker", 2L);
        settings.put("fcnet_hiddens", List.of(4L, 4L));
        settings.put("fcnet_activation", "relu");
        settings.put("vf_share_layers", true);
        settings.put("train_batch_size", 32L);
        settings.put("sgd_minibatch_size", 16L);
        settings.put("num_sgd_iter", 2L);
        settings.put("lr_schedule", List.of(List.of(0L, 1e-3), List.of(1000L, 0L)));
        settings.put("gamma", 0.99);
        settings.put("lambda", 0.95);
        settings.put("clip_param", 0.2);
        settings.put("vf_clip_param", 0.1);
        settings.put("vf_loss_coeff", 0.5);
        settings.put("entropy_coeff", 0.01);
        settings.put("kl_coeff", 0.2);
        settings.put("kl_target", 0.01);
        settings.put("target_kl", 0.02);
        settings.put("grad_clip", 0.5);
        settings.put("adam_epsilon", 1e-5);
        settings.put("log_std_init", 0.0);
        settings.put("normalize_advantage", true);
        settings.put("normalize_actions", true);
        settings.put("restart_failed_sub_environments", true);
        settings.put("env_step_timeout_s", 0.0);
        settings.put("metrics_num_episodes_for_smoothing", 10L);
        return settings;
    }

    private static String resource(String name) {
        try (InputStream stream = Fuzz.class.getResourceAsStream(name)) {
            if (stream == null) {
                throw new IllegalStateException("The resource " + name + " is missing beside " + Fuzz.class + ".");
            }
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Runs on a thread that is left behind if it hangs. */
    private Outcome limited(Callable<Outcome> trial) {
        FutureTask<Outcome> task = new FutureTask<>(trial);
        Thread thread = new Thread(task, "fuzz");
        thread.setDaemon(true);
        thread.start();
        try {
            return task.get((long) (limitSeconds * 1e3), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            StackTraceElement[] stack = thread.getStackTrace();
            thread.interrupt();
            String place = stack.length == 0 ? "nowhere" : stack[0].toString();
            return new Outcome(Outcome.Kind.BAD, "hangs in " + place, limitSeconds);
        } catch (ExecutionException e) {
            return new Outcome(Outcome.Kind.BAD, "threw " + e.getCause(), 0);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("The fuzzing was interrupted.", e);
        }
    }
}
