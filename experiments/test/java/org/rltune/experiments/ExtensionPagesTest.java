package org.rltune.experiments;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.rltune.check.Check;
import org.rltune.env.SeededEnv;
import org.rltune.offline.TrajectoryReader;
import org.rltune.ppo.Callbacks;
import org.rltune.ppo.EnvTaskFunctions;
import org.rltune.ppo.PpoCallbacks;
import org.rltune.ppo.PpoConfig;
import org.rltune.ppo.PpoEpisode;
import org.rltune.ppo.PpoTrainer;

/** What the pages about callbacks, curriculum and trajectories show stands in this file, and does what they say. */
final class ExtensionPagesTest {
    private static final Path BASE =
            Path.of(System.getProperty("basedir", "experiments")).toAbsolutePath();

    @TempDir
    Path temporary;

    private static String squeezed(String code) {
        return code.replaceAll("\\s+", "");
    }

    @ParameterizedTest
    @ValueSource(strings = {"callbacks.md", "curriculum.md", "offline-data.md"})
    void theCodeOfThePagesIsCompiledHere(String name) throws IOException {
        String page = Files.readString(BASE.resolveSibling("docs").resolve(name));
        String source =
                squeezed(Files.readString(BASE.resolve("test/java/org/rltune/experiments/ExtensionPagesTest.java")));
        List<String> blocks = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL)
                .matcher(page)
                .results()
                .map((MatchResult block) -> block.group(1))
                .toList();
        assertThat(blocks).hasSizeGreaterThan(1);
        assertThat(blocks).allSatisfy(block -> assertThat(source).contains(squeezed(block)));
    }

    static final class Balance implements PpoCallbacks {
        @Override
        public List<String> episodeMetrics() {
            return List.of("widest_angle");
        }

        @Override
        public void onEpisodeStep(PpoEpisode episode) {
            double angle = Math.abs(episode.observation()[2]);
            episode.put("widest", Math.max(angle, episode.number("widest", 0)));
        }

        @Override
        public void onEpisodeEnd(PpoEpisode episode) {
            episode.putMetric("widest_angle", episode.number("widest", 0));
        }
    }

    /** A pole falls at 12 degrees, 0.2095 rad, and an untrained policy lets it. */
    @Test
    void callbacksMeasureEpisodes() {
        Callbacks.register("balance", Balance::new);
        PpoConfig config = PpoConfig.of("CartPole-v1").callbacks("balance");
        try (PpoTrainer trainer = config.build()) {
            Map<?, ?> custom = (Map<?, ?>) trainer.train().metrics().get("custom_metrics");
            assertThat((Double) custom.get("widest_angle_mean")).isBetween(0.2, 0.3);
            assertThat((Double) custom.get("widest_angle_max")).isBetween(0.2095, 0.3);
        } finally {
            Callbacks.unregister("balance");
        }
    }

    @Test
    void infosBecomeMetrics() {
        PpoConfig config = PpoConfig.of("Taxi-v4").episodeInfoMetrics(List.of("prob"));
        try (PpoTrainer trainer = config.build()) {
            Map<?, ?> custom = (Map<?, ?>) trainer.train().metrics().get("custom_metrics");
            assertThat(custom.get("prob_mean")).isEqualTo(1.0);
        }
    }

    private static double trained(PpoConfig config, int iterations) {
        try (PpoTrainer trainer = config.build()) {
            for (int i = 0; i < iterations; i++) {
                trainer.train();
            }
            return trainer.evaluate(20).mean();
        }
    }

    /** Half as long as the page's trainings: it is learned by then, or the car stands still. */
    @Test
    void aCurriculumLearnsWhatPlainTrainingDoesNot() {
        EnvTaskFunctions.register("further", (result, task) -> {
            if ((Long) result.get("training_iteration") == 1) {
                return Map.of("goal_position", -0.3);
            }
            double goal = (Double) ((Map<?, ?>) task).get("goal_position");
            boolean reached = result.get("episode_reward_mean") instanceof Double mean && mean > 80;
            return reached ? Map.of("goal_position", Math.min(0.45, goal + 0.15)) : task;
        });
        PpoConfig config = PpoConfig.of("MountainCarContinuous-v0")
                .numEnvsPerWorker(8)
                .trainBatchSize(8192)
                .sgdMinibatchSize(256)
                .lr(1e-3)
                .observationFilter("MeanStdFilter")
                .metricsNumEpisodesForSmoothing(8)
                .envTaskFn("further");
        try {
            for (int seed = 0; seed < 2; seed++) {
                assertThat(trained(config.seed(seed), 12)).isGreaterThan(85);
                assertThat(trained(config.seed(seed).envTaskFn(""), 12)).isLessThan(5);
            }
        } finally {
            EnvTaskFunctions.unregister("further");
        }
    }

    /** Only the two methods of the page matter. */
    abstract static class Goal extends SeededEnv<float[], Integer> {
        private double nextGoal = 3;

        @Override
        public Optional<Object> task() {
            return Optional.of(nextGoal);
        }

        @Override
        public void setTask(Object task) {
            nextGoal = Check.inClosed("the goal", ((Number) task).doubleValue(), 1, 20);
        }
    }

    @Test
    void eachSeedOfTrainPpoHasItsOwnTrajectories() {
        PpoConfig config = PpoConfig.of("CartPole-v1")
                .trainBatchSize(100)
                .output(temporary.resolve("seeds").toString());
        for (long seed = 0; seed < 2; seed++) {
            FixedRun.train(config, seed, 200, 1, line -> {});
            TrajectoryReader reader = TrajectoryReader.open(temporary.resolve("seeds/seed-" + seed));
            assertThat(reader.iterations()).containsExactly(1L, 2L);
        }
    }

    @Test
    void trajectoriesAreReadBack() {
        PpoConfig config = PpoConfig.of("CartPole-v1").output("trajectories").outputFormat("npy");
        Path folder = temporary.resolve("trajectories");
        double mean;
        try (PpoTrainer trainer = config.output(folder.toString()).build()) {
            mean = (Double) trainer.train().metrics().get("episode_reward_mean");
        }
        TrajectoryReader reader = TrajectoryReader.open(folder);
        double[] returns = reader
                .fragments()
                .collect(Collectors.groupingBy(fragment -> fragment.episodeId, TreeMap::new, Collectors.toList()))
                .values()
                .stream()
                .mapToDouble(episode -> episode.stream()
                        .flatMapToDouble(fragment -> Arrays.stream(fragment.reward))
                        .sum())
                .toArray();
        double ended =
                Arrays.stream(returns).limit(returns.length - 1).average().orElseThrow();
        assertThat(ended).as("the last episode still runs").isEqualTo(mean);
    }
}
