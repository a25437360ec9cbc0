package org.rltune;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.rltune.env.EnvSpec;
import org.rltune.env.Envs;
import org.rltune.env.SeededEnv;
import org.rltune.env.StepResult;
import org.rltune.offline.TrajectoryReader;
import org.rltune.ppo.Callbacks;
import org.rltune.ppo.EnvTaskFunction;
import org.rltune.ppo.EnvTaskFunctions;
import org.rltune.ppo.PpoCallbacks;
import org.rltune.ppo.PpoConfig;
import org.rltune.ppo.PpoEpisode;
import org.rltune.ppo.PpoProvider;
import org.rltune.ppo.ResultMetrics;
import org.rltune.space.Box;
import org.rltune.space.Discrete;
import org.rltune.tune.Experiment;
import org.rltune.tune.ExperimentAnalysis;
import org.rltune.tune.Mode;
import org.rltune.tune.RunConfig;
import org.rltune.tune.RunListener;
import org.rltune.tune.Trial;
import org.rltune.tune.schedule.PopulationBasedTraining;
import org.rltune.tune.space.Domain;

/** Callbacks, curriculum and trajectories under the tuner: rows, digest, resume, exploits. */
@Timeout(120)
class ExtensionsInTuneTest {
    private static final String ENV = "test/Hall-v0";
    private static final String NAME = "test-hall";

    @TempDir
    Path storage;

    /** A hall to cross, the longer the greater the task; the walk starts somewhere near its beginning. */
    private static final class Hall extends SeededEnv<float[], Integer> {
        private double nextLength = 3;
        private double length = 3;
        private double place;

        Hall() {
            super(Box.of(-50, 50, 1), Discrete.of(2));
        }

        @Override
        public Optional<Object> task() {
            return Optional.of(nextLength);
        }

        @Override
        public void setTask(Object task) {
            nextLength = ((Number) task).doubleValue();
        }

        @Override
        protected float[] start(Map<String, Object> options) {
            length = nextLength;
            place = random().uniform(-1, 1);
            return new float[] {(float) place};
        }

        @Override
        public StepResult<float[]> step(Integer action) {
            place += action == 1 ? 1 : -1;
            boolean crossed = place >= length;
            return new StepResult<>(
                    new float[] {(float) place}, crossed ? 1 : -0.01, crossed, false, Map.of("crossed", crossed));
        }
    }

    /** Counts over the life of the trial and its ancestors, so that what is taken over shows. */
    static final class Counting implements PpoCallbacks {
        private long steps;

        @Override
        public List<String> episodeMetrics() {
            return List.of("furthest");
        }

        @Override
        public List<String> resultMetrics() {
            return List.of("lineage_steps");
        }

        @Override
        public void onEpisodeStep(PpoEpisode episode) {
            steps++;
            episode.put("furthest", Math.max(episode.number("furthest", -9), episode.observation()[0]));
        }

        @Override
        public void onEpisodeEnd(PpoEpisode episode) {
            episode.putMetric("furthest", episode.number("furthest", -9));
        }

        @Override
        public void onTrainResult(Map<String, Object> result, ResultMetrics metrics) {
            metrics.put("lineage_steps", steps);
        }

        @Override
        public Map<String, Object> save() {
            return Map.of("steps", steps);
        }

        @Override
        public void restore(Map<String, Object> state) {
            steps = (Long) state.get("steps");
        }
    }

    @BeforeAll
    static void register() {
        Envs.replace(EnvSpec.of(ENV, context -> new Hall()).withMaxEpisodeSteps(15));
        Callbacks.register(NAME, Counting::new);
        EnvTaskFunctions.register(NAME, (result, task) -> {
            Object reached = ((Map<?, ?>) result.get("custom_metrics")).get("crossed_mean");
            double length = ((Number) task).doubleValue();
            return reached instanceof Double share && share > 0.5 ? length + 1 : length;
        });
    }

    @AfterAll
    static void unregister() {
        Envs.unregister(ENV);
        Callbacks.unregister(NAME);
        EnvTaskFunctions.unregister(NAME);
    }

    private ExperimentAnalysis run(String name, Consumer<RunConfig> settings) {
        return run(name, Map.of(), settings);
    }

    private ExperimentAnalysis run(String name, Map<String, Object> other, Consumer<RunConfig> settings) {
        Map<String, Object> config = new LinkedHashMap<>();
        config.put("env", ENV);
        config.put("num_workers", 2);
        config.put("num_envs_per_worker", 2);
        config.put("fcnet_hiddens", List.of(16));
        config.put("train_batch_size", 160);
        config.put("sgd_minibatch_size", 40);
        config.put("num_sgd_iter", 4);
        config.put("lr", Domain.loguniform(1e-4, 1e-1));
        config.put("callbacks", NAME);
        config.put("episode_info_metrics", List.of("crossed"));
        config.put("env_task_fn", NAME);
        config.put("output", "trajectories");
        config.putAll(other);
        return Tune.run("PPO", run -> {
            run.name(name)
                    .scheduler(PopulationBasedTraining.builder()
                            .perturbationInterval(2)
                            .build())
                    .numSamples(4)
                    .metric("custom_metrics/furthest_mean")
                    .mode(Mode.MAX)
                    .verbose(0)
                    .plots(false)
                    .stop("training_iteration", 8)
                    .seed(5)
                    .storagePath(storage)
                    .config(config);
            settings.accept(run);
        });
    }

    private static Map<String, String> trajectories(Path run) throws IOException {
        Map<String, String> files = new TreeMap<>();
        try (Stream<Path> walk = Files.walk(run)) {
            for (Path file : walk.filter(path -> path.toString().contains("trajectories"))
                    .filter(Files::isRegularFile)
                    .toList()) {
                files.put(run.relativize(file).toString(), Arrays.toString(Files.readAllBytes(file)));
            }
        }
        return files;
    }

    private static RunListener failingAt(int row) {
        AtomicInteger left = new AtomicInteger(row);
        return new RunListener() {
            @Override
            public void onResult(Experiment experiment, Trial trial, Map<String, Object> values) {
                if (left.decrementAndGet() == 0) {
                    throw new IllegalStateException("the end of the world");
                }
            }
        };
    }

    @Test
    void aCustomMetricIsOptimisedAndTheDigestDoesNotDependOnThreadsOrAResume() throws IOException {
        ExperimentAnalysis whole = run("whole", run -> run.threads(1));
        Trial best = whole.bestTrial();
        assertThat(best.score()).isPresent();
        assertThat(whole.trials())
                .anySatisfy(trial -> assertThat(trial.lineage())
                        .as("somebody took over weights")
                        .hasSizeGreaterThan(1));
        assertThat(whole.trials()).allSatisfy(trial -> {
            Map<String, Object> last = trial.rows().get(7);
            Map<?, ?> custom = (Map<?, ?>) last.get("custom_metrics");
            assertThat(custom.get("lineage_steps"))
                    .as("steps behind the weights, as the tuner counts them")
                    .isEqualTo(((Long) last.get("lineage_timesteps_total")).doubleValue());
            assertThat(custom.get("crossed_mean")).isInstanceOf(Double.class);
            assertThat((Double) last.get("env_task")).isGreaterThanOrEqualTo(3);
            TrajectoryReader reader =
                    TrajectoryReader.open(whole.folder().resolve(trial.id()).resolve("trajectories"));
            assertThat(reader.fragments().mapToInt(fragment -> fragment.rows).sum())
                    .isEqualTo(8 * 160);
        });
        assertThat(run("threads", run -> run.threads(3)).digest()).isEqualTo(whole.digest());
        assertThatThrownBy(() -> run("broken", run -> run.listener(failingAt(13))))
                .hasMessageContaining("the end of the world");
        Path folder = storage.resolve("broken");
        assertThat(Tune.resume(folder).digest()).isEqualTo(whole.digest());
        assertThat(trajectories(folder)).isEqualTo(trajectories(whole.folder()));
        assertThat(trajectories(storage.resolve("threads"))).isEqualTo(trajectories(whole.folder()));
    }

    @Test
    void whatIsWrongIsSaidBeforeAnythingStarts() {
        Map<String, Object> wrong = new LinkedHashMap<>();
        wrong.put("callbacks", "test-hal");
        wrong.put("env_task_fn", "test-hal");
        wrong.put("output", "../elsewhere");
        wrong.put("output_format", "csv");
        wrong.forEach((name, value) -> {
            assertThatThrownBy(() -> run("wrong", Map.of(name, value), run -> {}))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining(name)
                    .hasMessageContaining(String.valueOf(value));
            assertThat(storage.resolve("wrong")).doesNotExist();
        });
        assertThatThrownBy(() -> run("misspelt", run -> run.metric("custom_metrics/farthest_mean")))
                .hasMessageContaining("custom_metrics/farthest_mean")
                .hasMessageContaining("Maybe 'custom_metrics/furthest_mean'?");
    }

    /** Found by the class loader of the thread, as a jar's services are. */
    public static final class Plugin implements PpoProvider {
        @Override
        public Map<String, Supplier<PpoCallbacks>> callbacks() {
            return Map.of("from-a-plugin", Counting::new);
        }

        @Override
        public Map<String, EnvTaskFunction> envTaskFunctions() {
            return Map.of("from-a-plugin", (result, task) -> task);
        }
    }

    @Test
    void aPluginBringsCallbacksAndFunctionsAndABrokenOneHidesNone() throws Exception {
        Path services = Files.createDirectories(storage.resolve("META-INF/services"));
        Files.writeString(
                services.resolve(PpoProvider.class.getName()), "no.such.Plugin\n" + Plugin.class.getName() + "\n");
        ClassLoader before = Thread.currentThread().getContextClassLoader();
        try (URLClassLoader loader =
                new URLClassLoader(new URL[] {storage.toUri().toURL()}, before)) {
            Thread.currentThread().setContextClassLoader(loader);
            assertThatThrownBy(() -> PpoConfig.of(ENV).callbacks("from-nowhere").build())
                    .hasMessageContaining("no.such.Plugin");
            PpoConfig.of(ENV)
                    .callbacks("from-a-plugin")
                    .envTaskFn("from-a-plugin")
                    .build()
                    .close();
        } finally {
            Thread.currentThread().setContextClassLoader(before);
            Callbacks.unregister("from-a-plugin");
            EnvTaskFunctions.unregister("from-a-plugin");
        }
    }
}
