package org.rltune.ppo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.ForkJoinPool;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CurriculumTest {
    private static final String NAME = "test-curriculum";

    @BeforeEach
    void register() {
        InfoWalk.register();
        ToyEnvs.register();
        // Iteration i is played with the goal i + 1, but for the first one, which has the environment's own: 3.
        EnvTaskFunctions.register(NAME, (result, task) -> (Long) result.get("training_iteration") + 2);
        Callbacks.register(NAME, Watching::new);
    }

    @AfterEach
    void unregister() {
        InfoWalk.unregister();
        ToyEnvs.unregister();
        EnvTaskFunctions.unregister(NAME);
        Callbacks.unregister(NAME);
    }

    /** Compares the goal that the environment tells with the task of the episode. */
    static final class Watching implements PpoCallbacks {
        private final TreeSet<Double> goals = new TreeSet<>();

        @Override
        public List<String> episodeMetrics() {
            return List.of("task");
        }

        @Override
        public List<String> resultMetrics() {
            return List.of("least_goal", "greatest_goal");
        }

        @Override
        public void onEpisodeStep(PpoEpisode episode) {
            double goal = ((Number) episode.info().get("goal")).doubleValue();
            double task = ((Number) episode.task().orElseThrow()).doubleValue();
            if (goal != task) {
                throw new IllegalStateException("the goal is " + goal + ", the task " + task);
            }
            goals.add(goal);
            episode.putMetric("task", task);
        }

        @Override
        public void onTrainResult(Map<String, Object> result, ResultMetrics metrics) {
            metrics.put("least_goal", goals.first());
            metrics.put("greatest_goal", goals.last());
            goals.clear();
        }
    }

    private static PpoConfig config() {
        return PpoConfig.of(InfoWalk.ID)
                .numEnvsPerWorker(3)
                .trainBatchSize(66)
                .sgdMinibatchSize(33)
                .numSgdIter(2)
                .fcnetHiddens(List.of(8))
                .callbacks(NAME)
                .envTaskFn(NAME);
    }

    private static Map<String, Object> row(PpoTrainer trainer) {
        Map<String, Object> row = new LinkedHashMap<>(trainer.train().metrics());
        row.remove("timers");
        return row;
    }

    private static List<Object> results(PpoTrainer trainer, int iterations) {
        List<Object> results = new ArrayList<>();
        for (int i = 0; i < iterations; i++) {
            results.add(row(trainer));
        }
        trainer.save().forEach((file, content) -> results.add(file + Arrays.toString(content)));
        return results;
    }

    @Test
    void aTaskTakesForceWhenEpisodesBegin() {
        try (PpoTrainer trainer = config().build()) {
            assertThat(row(trainer).get("env_task")).isEqualTo(3.0);
            double before = 3;
            for (int i = 2; i <= 5; i++) {
                Map<String, Object> row = row(trainer);
                assertThat(row.get("env_task")).isEqualTo((long) i + 1);
                Map<?, ?> custom = (Map<?, ?>) row.get("custom_metrics");
                assertThat(custom.get("least_goal")).as("of episodes that ran").isEqualTo(before);
                assertThat(custom.get("greatest_goal")).isEqualTo(i + 1.0);
                before = i + 1;
            }
        }
    }

    @Test
    void goesOnAfterARestoreAsIfNothingHadHappened() {
        for (int workers : new int[] {0, 2}) {
            PpoConfig config = config().numWorkers(workers);
            List<Object> straight;
            try (PpoTrainer trainer = config.build()) {
                straight = results(trainer, 5);
            }
            for (int at = 1; at < 5; at++) {
                Map<String, byte[]> saved;
                List<Object> rows = new ArrayList<>();
                try (PpoTrainer trainer = config.build()) {
                    for (int i = 0; i < at; i++) {
                        rows.add(row(trainer));
                    }
                    saved = trainer.save();
                }
                try (PpoTrainer trainer = config.build()) {
                    trainer.restore(saved);
                    rows.addAll(results(trainer, 5 - at));
                }
                assertThat(rows)
                        .as("%d workers, restored after iteration %d", workers, at)
                        .isEqualTo(straight);
            }
        }
    }

    @Test
    void aTrainerThatHasGoneFurtherGoesBackToo() {
        try (PpoTrainer trainer = config().build()) {
            Map<String, byte[]> first = trainer.save();
            List<Object> straight = results(trainer, 3);
            trainer.restore(first);
            assertThat(results(trainer, 3)).isEqualTo(straight);
        }
    }

    @Test
    void isTheSameOnAnyNumberOfThreadsAndWithEnvironmentsMadeAnew() {
        List<List<Object>> all = new ArrayList<>();
        for (int threads : new int[] {1, 4}) {
            ForkJoinPool pool = new ForkJoinPool(threads);
            try (PpoTrainer trainer = config().numWorkers(4)
                    .envConfig(Map.of("fail_at", 19))
                    .restartFailedSubEnvironments(true)
                    .build()) {
                all.add(pool.submit(() -> results(trainer, 5)).join());
            } finally {
                pool.shutdownNow();
            }
        }
        assertThat(all.get(1)).isEqualTo(all.get(0));
        assertThat(all.get(0).toString()).containsPattern("num_faulty_episodes=[1-9]");
    }

    @Test
    void whoTakesOverWeightsTakesOverTheTask() {
        try (PpoTrainer donor = config().build();
                PpoTrainer taker = config().seed(9).build()) {
            results(donor, 4);
            taker.train();
            taker.adopt(donor.save());
            Map<String, Object> row = row(taker);
            assertThat(row.get("training_iteration")).isEqualTo(2L);
            assertThat(row.get("env_task")).isEqualTo(6L);
            assertThat(((Map<?, ?>) row.get("custom_metrics")).get("least_goal"))
                    .isEqualTo(6.0);
        }
    }

    /** A goal of 20 is never reached within 12 steps; one of 1 by many. Evaluation has the goal 3 in both. */
    @Test
    void evaluationPlaysTheEnvironmentsOwnTask() {
        List<Object> lengths = new ArrayList<>();
        for (double goal : new double[] {1, 20}) {
            EnvTaskFunctions.unregister(NAME);
            EnvTaskFunctions.register(NAME, (result, task) -> goal);
            try (PpoTrainer trainer = config().lr(0)
                    .evaluationInterval(1)
                    .evaluationConfig(Map.of("explore", true))
                    .build()) {
                trainer.train();
                Map<String, Object> row = row(trainer);
                assertThat(row.get("env_task")).isEqualTo(goal);
                lengths.add(((Map<?, ?>) row.get("evaluation")).get("episode_len_mean"));
            }
        }
        assertThat(lengths.get(0)).isEqualTo(lengths.get(1));
    }

    @Test
    void theTaskThatIsThereAnywayChangesNoBit() {
        EnvTaskFunctions.unregister(NAME);
        EnvTaskFunctions.register(NAME, (result, task) -> task);
        try (PpoTrainer with = config().callbacks("").build();
                PpoTrainer without = config().callbacks("").envTaskFn("").build()) {
            for (int i = 0; i < 3; i++) {
                Map<String, Object> row = row(with);
                assertThat(row.remove("env_task")).isEqualTo(3.0);
                assertThat(row).isEqualTo(row(without));
            }
            assertThat(with.save().get("weights.bin")).isEqualTo(without.save().get("weights.bin"));
            assertThat(without.save()).doesNotContainKey("curriculum.json");
        }
    }

    @Test
    void refusesEnvironmentsWithoutTasksAndNamesThatNobodyRegistered() {
        assertThatThrownBy(() -> PpoConfig.of(ToyEnvs.WALK).envTaskFn(NAME).build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("env_task_fn is '" + NAME + "', but 'Walk-v0' has no tasks");
        assertThatThrownBy(() -> config().envTaskFn("test-curiculum").build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("Maybe '" + NAME + "'?");
    }

    @Test
    @SuppressWarnings("NullAway") // what a careless function does
    void aFunctionThatFailsIsNamedWithTrialIterationAndTask() {
        Map<EnvTaskFunction, String> wrong = new LinkedHashMap<>();
        wrong.put((result, task) -> 21, "the goal");
        wrong.put((result, task) -> new Object(), "what JSON can hold");
        wrong.put((result, task) -> null, "null");
        wrong.put((result, task) -> result.put("x", 1), "UnsupportedOperationException");
        wrong.put(
                (result, task) -> {
                    throw new IllegalStateException("no idea");
                },
                "no idea");
        wrong.forEach((function, words) -> {
            EnvTaskFunctions.unregister(NAME);
            EnvTaskFunctions.register(NAME, function);
            try (PpoTrainer trainer = config().build()) {
                assertThatThrownBy(trainer::train)
                        .hasMessageContaining("ppo, iteration 1: env_task_fn '" + NAME + "' failed, the task was 3.0: ")
                        .hasMessageContaining(words);
            }
        });
    }

    @Test
    void refusesADamagedTask() {
        try (PpoTrainer trainer = config().callbacks("").build()) {
            trainer.train();
            Map<String, byte[]> saved = new LinkedHashMap<>(trainer.save());
            for (String wrong : List.of(
                    "{}",
                    "[]",
                    "{\"env_task\": 3.0}",
                    "{\"env_task\": 3.0, \"running\": [3.0]}",
                    "{\"env_task\": 99, \"running\": [3.0, 3.0, 3.0]}",
                    "{")) {
                saved.put("curriculum.json", wrong.getBytes(StandardCharsets.UTF_8));
                assertThatThrownBy(() -> trainer.restore(saved)).as(wrong).isInstanceOf(IllegalArgumentException.class);
            }
        }
    }

    @Test
    void refusesACheckpointOfACurriculumWithoutOne() {
        Map<String, byte[]> saved;
        try (PpoTrainer trainer = config().callbacks("").build()) {
            saved = trainer.save();
        }
        try (PpoTrainer trainer = config().callbacks("").envTaskFn("").build()) {
            assertThatThrownBy(() -> trainer.restore(saved))
                    .hasMessageContaining("curriculum.json, but env_task_fn is empty");
        }
    }
}
