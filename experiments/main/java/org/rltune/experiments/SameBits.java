package org.rltune.experiments;

import static org.rltune.tune.space.Domain.randint;
import static org.rltune.tune.space.Domain.uniform;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.rltune.Tune;
import org.rltune.tune.Mode;
import org.rltune.tune.schedule.PopulationBasedTraining;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Shows that a small run gives the same bits on every JVM, kernel, lane count and number of threads that is here. */
@Command(
        name = "SameBits",
        mixinStandardHelpOptions = true,
        description =
                "Runs a small population on CartPole-v1 and one on Pendulum-v1, each time in a JVM of its own: with 1,"
                        + " 2 and 4 threads, on plain kernels, with half the lanes, and on the JDKs that are found beside"
                        + " this one. Prints the digests and compares them.",
        footer = {"", "Exit code: 0; 1 if two digests differ; 2 for bad input."})
public final class SameBits implements Callable<Integer> {
    @Spec
    private @Nullable CommandSpec spec;

    @Option(names = "--jdk", paramLabel = "HOME", description = "Another JDK to run on. Can be repeated.")
    private List<Path> jdks = new ArrayList<>();

    @Option(
            names = "--beside",
            description = "Also run on every JDK of version 17 or newer whose folder lies beside that of this one.")
    private boolean beside;

    @Option(names = "--threads", hidden = true, description = "Run here, with this many threads, and print the digest.")
    private int threads;

    /** One way to run. */
    private record Variant(String name, ChildJvm jvm, int threads) {}

    /** Runs it. */
    public static void main(String[] args) {
        Mains.main(new SameBits(), args);
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
        if (threads > 0) {
            out.println(digest(threads));
            return 0;
        }
        String expected = digest(1);
        out.printf(Locale.ROOT, "%-44s %s%n", "this JVM, 1 thread", expected);
        int different = 0;
        for (Variant variant : variants()) {
            ChildJvm.Result result =
                    variant.jvm().run(SameBits.class, "--threads", Integer.toString(variant.threads()));
            String digest = result.output().isEmpty()
                    ? "no output"
                    : result.output().get(result.output().size() - 1);
            boolean same = result.exitCode() == 0 && digest.equals(expected);
            different += same ? 0 : 1;
            out.printf(Locale.ROOT, "%-44s %s%n", variant.name(), same ? digest : "DIFFERENT: " + digest);
        }
        out.println(different == 0 ? "All are equal." : different + " differ from the first.");
        return different == 0 ? 0 : 1;
    }

    private List<Variant> variants() throws IOException {
        List<Variant> variants = new ArrayList<>();
        variants.add(new Variant("2 threads", ChildJvm.same(), 2));
        variants.add(new Variant("4 threads", ChildJvm.same(), 4));
        variants.add(new Variant("plain kernels", ChildJvm.same("-Drltune.kernels=plain"), 2));
        // Elsewhere the JVM does not know the flag, and has one lane count only.
        if (List.of("amd64", "x86_64").contains(System.getProperty("os.arch"))) {
            variants.add(new Variant("at most 8 lanes (UseAVX=2)", ChildJvm.same("-XX:UseAVX=2"), 2));
        }
        List<Path> homes = new ArrayList<>(jdks);
        if (beside) {
            homes.addAll(neighbours());
        }
        for (Path home : homes) {
            Path java = ChildJvm.command(home);
            if (!Files.isExecutable(java)) {
                throw new IllegalArgumentException(
                        "--jdk " + home + ": there is no bin/java in it. Name the home folder of a JDK");
            }
            variants.add(new Variant("JDK in " + home.getFileName(), new ChildJvm(java, List.of()), 2));
        }
        return variants;
    }

    /** Other JDKs of version 17 or newer in the folder that this one lies in. */
    private static List<Path> neighbours() throws IOException {
        Path here = Path.of(System.getProperty("java.home")).toRealPath();
        try (Stream<Path> folders = Files.list(Objects.requireNonNull(here.getParent()))) {
            return folders.filter(home -> Files.isRegularFile(home.resolve("release")))
                    .filter(home -> Files.isExecutable(ChildJvm.command(home)))
                    .filter(home -> !Files.isSymbolicLink(home) && !home.equals(here))
                    .filter(home -> version(home) >= 17)
                    .sorted()
                    .toList();
        }
    }

    /** The feature version in the JDK's release file; 0 where there is none. */
    private static int version(Path home) {
        try (Stream<String> lines = Files.lines(home.resolve("release"))) {
            return lines.filter(line -> line.startsWith("JAVA_VERSION="))
                    .map(line -> line.replaceAll("^[^\"]*\"(\\d+).*$", "$1"))
                    .mapToInt(Integer::parseInt)
                    .findFirst()
                    .orElse(0);
        } catch (IOException | NumberFormatException e) {
            return 0;
        }
    }

    /** The digests of both runs. */
    static String digest(int threads) throws IOException {
        Path folder = Files.createTempDirectory("rltune-same-bits");
        try {
            String discrete = run(folder, "CartPole-v1", false, threads);
            String continuous = run(folder, "Pendulum-v1", true, threads);
            return discrete.substring(0, 24) + " " + continuous.substring(0, 24);
        } finally {
            delete(folder);
        }
    }

    private static String run(Path folder, String env, boolean shared, int threads) {
        Map<String, Object> config = new LinkedHashMap<>();
        config.put("env", env);
        config.put("num_envs_per_worker", 4);
        config.put("fcnet_hiddens", List.of(40, 33));
        config.put("vf_share_layers", shared);
        config.put("entropy_coeff", 0.001);
        config.put("clip_param", uniform(0.1, 0.5));
        config.put("lr", uniform(1e-5, 1e-3));
        config.put("train_batch_size", randint(600, 1600));
        config.put("num_sgd_iter", randint(2, 5));
        config.put("sgd_minibatch_size", randint(50, 700));
        return Tune.run(
                        "PPO",
                        run -> run.name(env)
                                .scheduler(PopulationBasedTraining.builder()
                                        .timeAttr("training_iteration")
                                        .perturbationInterval(2)
                                        .build())
                                .numSamples(4)
                                .metric("episode_reward_mean")
                                .mode(Mode.MAX)
                                .stop("training_iteration", 4)
                                .seed(7)
                                .threads(threads)
                                .storagePath(folder)
                                .verbose(0)
                                .config(config))
                .digest();
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted((a, b) -> b.compareTo(a)).toList()) {
                Files.delete(file);
            }
        }
    }
}
