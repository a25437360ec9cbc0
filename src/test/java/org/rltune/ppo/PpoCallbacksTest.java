package org.rltune.ppo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ForkJoinPool;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.rltune.env.Env;
import org.rltune.env.Envs;
import org.rltune.env.ResetResult;
import org.rltune.env.StepResult;
import org.rltune.policy.Policy;
import org.rltune.random.Seeds;
import org.rltune.rollout.RolloutBatch;

class PpoCallbacksTest {
    private static final String NAME = "test-callbacks";

    @BeforeEach
    void register() {
        InfoWalk.register();
    }

    @AfterEach
    void unregister() {
        InfoWalk.unregister();
        Callbacks.unregister(NAME);
    }

    private static PpoConfig config() {
        return PpoConfig.of(InfoWalk.ID)
                .numEnvsPerWorker(3)
                .trainBatchSize(90)
                .sgdMinibatchSize(45)
                .numSgdIter(2)
                .fcnetHiddens(List.of(8))
                .metricsNumEpisodesForSmoothing(5)
                .callbacks(NAME);
    }

    private static Map<String, Object> row(PpoTrainer trainer) {
        Map<String, Object> row = new LinkedHashMap<>(trainer.train().metrics());
        row.remove("timers");
        return row;
    }

    private static Map<?, ?> custom(Map<String, Object> row) {
        return (Map<?, ?>) row.get("custom_metrics");
    }

    /** Measures what the trainer measures, by what the hooks see; counts all that it sees in a state of its own. */
    static final class Measuring implements PpoCallbacks {
        private long seen;
        private double lastStart;

        @Override
        public List<String> episodeMetrics() {
            return List.of("length", "sum", "start", "never");
        }

        @Override
        public List<String> resultMetrics() {
            return List.of("seen", "samples", "entropy", "reward_sum", "weight", "only_even");
        }

        @Override
        public void onEpisodeStart(PpoEpisode episode) {
            lastStart = ((Number) episode.info().get("start")).doubleValue();
            episode.put("start", lastStart);
            episode.put("steps", 0);
        }

        @Override
        public void onEpisodeStep(PpoEpisode episode) {
            seen++;
            episode.put("steps", (Long) episode.get("steps") + 1);
            episode.put("sum", episode.number("sum", 0) + episode.reward());
        }

        @Override
        public void onEpisodeEnd(PpoEpisode episode) {
            episode.putMetric("length", episode.number("steps", -1));
            episode.putMetric("sum", episode.number("sum", -1));
            episode.putMetric("start", episode.number("start", -100));
        }

        @Override
        public void onSampleEnd(RolloutBatch samples, ResultMetrics metrics) {
            metrics.put("samples", samples.rows());
        }

        @Override
        public void onLearnOnBatch(Policy policy, RolloutBatch batch, ResultMetrics metrics) {
            double sum = 0;
            for (int row = 0; row < batch.rows(); row++) {
                sum += batch.reward[row];
            }
            metrics.put("reward_sum", sum);
            metrics.put("weight", policy.network().parameters()[0]);
        }

        @Override
        public void onUpdate(Policy policy, Map<String, Object> learnerStats, ResultMetrics metrics) {
            metrics.put("entropy", ((Number) learnerStats.get("entropy")).doubleValue());
        }

        @Override
        public void onTrainResult(Map<String, Object> result, ResultMetrics metrics) {
            metrics.put("seen", seen);
            if ((Long) result.get("training_iteration") % 2 == 0) {
                metrics.put("only_even", (Double) ((Map<?, ?>) result.get("custom_metrics")).get("length_mean"));
            }
        }

        @Override
        public Map<String, Object> save() {
            return Map.of("seen", seen, "last_start", lastStart);
        }

        @Override
        public void restore(Map<String, Object> state) {
            seen = (Long) state.get("seen");
            lastStart = (Double) state.get("last_start");
        }
    }

    @Test
    void measuresOverTheSameEpisodesAsTheReturns() {
        Callbacks.register(NAME, Measuring::new);
        try (PpoTrainer trainer = config().build()) {
            for (int i = 1; i <= 4; i++) {
                float weight = trainer.policy().network().parameters()[0];
                Map<String, Object> row = row(trainer);
                Map<?, ?> custom = custom(row);
                assertThat((Double) custom.get("length_mean"))
                        .isCloseTo((Double) row.get("episode_len_mean"), within(1e-12));
                for (String ending : List.of("_mean", "_min", "_max")) {
                    assertThat((Double) custom.get("sum" + ending))
                            .isCloseTo((Double) row.get("episode_reward" + ending), within(1e-9));
                }
                assertThat((Double) custom.get("start_min")).isBetween(-2.0, 2.0);
                assertThat(custom.get("never_mean_absent")).isEqualTo("no episode that counts has it");
                assertThat(custom.get("seen")).isEqualTo(90.0 * i);
                assertThat(custom.get("samples")).isEqualTo(90.0);
                assertThat(custom.get("entropy")).isEqualTo(row.get("entropy"));
                assertThat(custom.get("weight")).isEqualTo((double) weight);
                assertThat(custom.get("only_even")).isEqualTo(i % 2 == 0 ? custom.get("length_mean") : null);
                assertThat(custom.containsKey("only_even_absent")).isEqualTo(i % 2 == 1);
            }
        }
    }

    /** Each episode that the hooks see is played again in an environment of its own, from its seed. */
    @Test
    @SuppressWarnings("unchecked")
    void seesWhatTheEnvironmentsSaidAndGot() {
        record Step(
                float[] observation, int action, double reward, boolean terminated, boolean truncated, Object place) {}
        Map<String, List<Step>> seen = new TreeMap<>();
        Callbacks.register(NAME, () -> new PpoCallbacks() {
            @Override
            public void onEpisodeStart(PpoEpisode episode) {
                assertThat(episode.length()).isZero();
                assertThat(episode.episodeReturn()).isZero();
                add(episode, -1, episode.info().get("start"));
            }

            @Override
            public void onEpisodeStep(PpoEpisode episode) {
                assertThat(episode.rawAction()).isEqualTo(episode.action());
                add(episode, (int) episode.action()[0], episode.info().get("place"));
            }

            private void add(PpoEpisode episode, int action, Object place) {
                seen.computeIfAbsent(episode.env() + "/" + episode.number(), key -> new ArrayList<>())
                        .add(new Step(
                                episode.observation(),
                                action,
                                episode.reward(),
                                episode.terminated(),
                                episode.truncated(),
                                place));
            }
        });
        Seeds seeds = Seeds.of(4);
        try (PpoTrainer trainer = config().numWorkers(2).seed(4).build()) {
            trainer.train();
            trainer.train();
        }
        assertThat(seen).hasSizeGreaterThan(12);
        try (Env<float[], Integer> env = (Env<float[], Integer>) Envs.make(InfoWalk.ID)) {
            seen.forEach((key, steps) -> {
                int e = Integer.parseInt(key.split("/")[0]);
                long number = Long.parseLong(key.split("/")[1]);
                ResetResult<float[]> first = env.reset(seeds.seed("episode", 1 + e / 3, e % 3, number));
                assertThat(steps.get(0).observation).isEqualTo(first.observation());
                assertThat(steps.get(0).place).isEqualTo(first.info().get("start"));
                for (Step step : steps.subList(1, steps.size())) {
                    StepResult<float[]> result = env.step(step.action);
                    assertThat(step.observation).isEqualTo(result.observation());
                    assertThat(step.reward).isEqualTo(result.reward());
                    assertThat(step.terminated).isEqualTo(result.terminated());
                    assertThat(step.truncated).isEqualTo(result.truncated());
                    assertThat(step.place).isEqualTo(result.info().get("place"));
                }
            });
        }
    }

    @Test
    void infosByNameBecomeMetricsWithoutCode() {
        Callbacks.register(NAME, () -> new PpoCallbacks() {
            @Override
            public List<String> episodeMetrics() {
                return List.of("reached");
            }

            @Override
            public void onEpisodeEnd(PpoEpisode episode) {
                episode.putMetric("reached", episode.terminated() ? 1 : 0);
            }
        });
        try (PpoTrainer trainer = config().episodeInfoMetrics(List.of("success", "place", "other"))
                .build()) {
            for (int i = 0; i < 3; i++) {
                Map<?, ?> custom = custom(row(trainer));
                assertThat(custom.get("success_mean")).isEqualTo(custom.get("reached_mean"));
                assertThat((Double) custom.get("place_max")).isLessThan(4.0);
                assertThat(custom.get("other_mean_absent")).isEqualTo("no episode that counts has it");
            }
        }
        try (PpoTrainer trainer =
                config().callbacks("").episodeInfoMetrics(List.of("name")).build()) {
            assertThatThrownBy(trainer::train)
                    .hasMessageContaining("episode_info_metrics names 'name'")
                    .hasMessageContaining("walk (String), not a number or a flag");
        }
    }

    @Test
    void saysWhyAMetricIsAbsentBeforeTheFirstEpisodeHasEnded() {
        Callbacks.register(NAME, Measuring::new);
        try (PpoTrainer trainer = config().trainBatchSize(3).sgdMinibatchSize(3).build()) {
            Map<?, ?> custom = custom(row(trainer));
            assertThat(custom.get("length_mean_absent")).isEqualTo("no episode has ended yet");
            assertThat(custom.containsKey("length_mean")).isFalse();
            assertThat(custom.get("seen")).isEqualTo(3.0);
        }
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
    void isTheSameOnAnyNumberOfThreads() {
        Callbacks.register(NAME, Measuring::new);
        List<List<Object>> all = new ArrayList<>();
        for (int threads : new int[] {1, 4}) {
            ForkJoinPool pool = new ForkJoinPool(threads);
            try (PpoTrainer trainer = config().numWorkers(4).build()) {
                all.add(pool.submit(() -> results(trainer, 3)).join());
            } finally {
                pool.shutdownNow();
            }
        }
        assertThat(all.get(1)).isEqualTo(all.get(0));
    }

    @Test
    void goesOnAfterARestoreAsIfNothingHadHappened() {
        Callbacks.register(NAME, Measuring::new);
        PpoConfig config = config().episodeInfoMetrics(List.of("success"));
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
            assertThat(rows).as("restored after iteration %d", at).isEqualTo(straight);
        }
    }

    @Test
    void anotherTrialTakesOverTheEpisodesThatCountAndTheStateButNoRunningEpisode() {
        Callbacks.register(NAME, Measuring::new);
        try (PpoTrainer donor = config().build();
                PpoTrainer taker =
                        config().seed(8).trainBatchSize(3).sgdMinibatchSize(3).build()) {
            donor.train();
            taker.train();
            taker.adopt(donor.save());
            Map<String, Object> row = row(taker);
            assertThat(custom(row).get("seen")).isEqualTo(93.0);
            assertThat((Double) custom(row).get("length_mean"))
                    .isCloseTo((Double) row.get("episode_len_mean"), within(1e-12));
        }
    }

    @Test
    void changesNoBitOfTheTraining() {
        Callbacks.register(NAME, Measuring::new);
        try (PpoTrainer with = config().numWorkers(2).build();
                PpoTrainer without = config().numWorkers(2).callbacks("").build()) {
            for (int i = 0; i < 3; i++) {
                Map<String, Object> row = row(with);
                row.remove("custom_metrics");
                assertThat(row).isEqualTo(row(without));
            }
            Map<String, byte[]> files = with.save();
            assertThat(files.remove("callbacks.json")).isNotNull();
            Map<String, byte[]> others = without.save();
            assertThat(files.keySet()).isEqualTo(others.keySet());
            files.forEach((name, content) -> assertThat(content).isEqualTo(others.get(name)));
        }
    }

    @Test
    void anEpisodeThatIsThrownAwayLeavesNothingBehind() {
        List<String> ends = new ArrayList<>();
        Callbacks.register(NAME, () -> new PpoCallbacks() {
            private final Map<Integer, Long> open = new TreeMap<>();
            private final Map<Integer, Integer> steps = new TreeMap<>();

            @Override
            public void onEpisodeStart(PpoEpisode episode) {
                open.put(episode.env(), episode.number());
                steps.put(episode.env(), 0);
            }

            @Override
            public void onEpisodeStep(PpoEpisode episode) {
                assertThat(episode.number()).isEqualTo(open.get(episode.env()));
                steps.merge(episode.env(), 1, Integer::sum);
                assertThat(episode.length()).isEqualTo(steps.get(episode.env()));
            }

            @Override
            public void onEpisodeEnd(PpoEpisode episode) {
                ends.add(episode.env() + "/" + episode.number() + "/" + episode.length());
            }
        });
        try (PpoTrainer trainer = config().envConfig(Map.of("fail_at", 17))
                .restartFailedSubEnvironments(true)
                .build()) {
            long faulty = 0;
            for (int i = 0; i < 3; i++) {
                Map<String, Object> row = row(trainer);
                faulty += (Long) row.get("num_faulty_episodes");
                assertThat((long) ends.size()).isEqualTo(row.get("episodes_total"));
            }
            assertThat(faulty).isPositive();
            assertThat(ends).doesNotHaveDuplicates();
        }
    }

    @Test
    void aHookThatThrowsIsNamedWithItsTrialAndIteration() {
        for (String hook : List.of(
                "onEpisodeStart",
                "onEpisodeStep",
                "onEpisodeEnd",
                "onSampleEnd",
                "onLearnOnBatch",
                "onUpdate",
                "onTrainResult")) {
            Callbacks.unregister(NAME);
            Callbacks.register(NAME, () -> throwing(hook));
            try (PpoTrainer trainer = config().build()) {
                assertThatThrownBy(trainer::train)
                        .hasMessageContaining("ppo, iteration 1")
                        .hasMessageContaining(hook + " of the callbacks '" + NAME + "' failed: "
                                + "java.lang.IllegalStateException: no luck")
                        .hasMessageEndingWith("Correct it, or set callbacks to ''.")
                        .hasCauseInstanceOf(IllegalStateException.class);
            }
        }
    }

    private static PpoCallbacks throwing(String hook) {
        return (PpoCallbacks) java.lang.reflect.Proxy.newProxyInstance(
                PpoCallbacks.class.getClassLoader(), new Class<?>[] {PpoCallbacks.class}, (proxy, method, args) -> {
                    if (method.getName().equals(hook)) {
                        throw new IllegalStateException("no luck");
                    }
                    return java.lang.reflect.InvocationHandler.invokeDefault(proxy, method, args);
                });
    }

    private static PpoCallbacks declaring(List<String> episode, List<String> result, Consumer<PpoEpisode> step) {
        return new PpoCallbacks() {
            @Override
            public List<String> episodeMetrics() {
                return episode;
            }

            @Override
            public List<String> resultMetrics() {
                return result;
            }

            @Override
            public void onEpisodeStep(PpoEpisode seen) {
                step.accept(seen);
            }
        };
    }

    private static void assertRefused(PpoCallbacks callbacks, String... words) {
        Callbacks.unregister(NAME);
        Callbacks.register(NAME, () -> callbacks);
        assertThatThrownBy(() -> {
                    try (PpoTrainer trainer = config().build()) {
                        trainer.train();
                    }
                })
                .satisfies(e -> assertThat(e.getMessage()).contains(words));
    }

    @Test
    void refusesWhatIsNotDeclaredOrNoMetric() {
        assertRefused(
                declaring(List.of("success"), List.of(), episode -> episode.putMetric("sucess", 1)),
                "'sucess' is not declared. episodeMetrics() names [success].",
                "success'?");
        assertRefused(
                declaring(List.of("x"), List.of(), episode -> episode.putMetric("x", Double.NaN)),
                "'x' is NaN, but must be finite");
        assertRefused(
                declaring(List.of(), List.of(), episode -> episode.put("x", new Object[] {new Object()})),
                "The note 'x'",
                "what JSON can hold");
        assertRefused(declaring(List.of(), List.of(), episode -> episode.put("x", Map.of(1, 2))), "The note 'x'");
        assertRefused(declaring(List.of("x"), List.of("x_mean"), episode -> {}), "custom_metrics/x_mean", "Rename");
        assertRefused(declaring(List.of("a/b"), List.of(), episode -> {}), "'a/b'", "letters, digits");
    }

    @Test
    void refusesNamesThatNobodyRegisteredBeforeAnythingStarts() {
        Callbacks.register(NAME, Measuring::new);
        assertThatThrownBy(() -> config().callbacks("test-callback").build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("callbacks is 'test-callback', but nothing is registered under that name")
                .hasMessageContaining("Maybe '" + NAME + "'?");
        assertThatThrownBy(() -> Callbacks.register(NAME, Measuring::new)).hasMessageContaining("registered");
        assertThat(Callbacks.names()).contains(NAME);
    }

    /** What a damaged file may say, in place of what it said. */
    @Test
    void refusesADamagedState() {
        Callbacks.register(NAME, Measuring::new);
        try (PpoTrainer trainer = config().build()) {
            trainer.train();
            Map<String, byte[]> saved = new LinkedHashMap<>(trainer.save());
            String text = new String(saved.get("callbacks.json"), StandardCharsets.UTF_8);
            Map<String, String> wrong = new LinkedHashMap<>();
            wrong.put("\"running\"", "\"runing\"");
            wrong.put("\"latest\"", "\"last\"");
            wrong.put("\"state\"", "\"stat\"");
            wrong.put("\"length\": 1,", "\"length\": -1,"); // steps of a running episode, not the metric
            wrong.put("\"length\": 2,", "\"length\": -2,");
            wrong.put("\"length\": 3,", "\"length\": -3,");
            wrong.put("\"return\": ", "\"return\": \"NaN\", \"other\": ");
            wrong.put("\"episode\": ", "\"episode\": 1e300, \"other\": ");
            wrong.put("\"steps\": ", "\"steps\": null, \"other\": ");
            wrong.put("}", "");
            int tried = 0;
            for (Map.Entry<String, String> change : wrong.entrySet()) {
                String changed =
                        text.replaceFirst(Pattern.quote(change.getKey()), Matcher.quoteReplacement(change.getValue()));
                if (!changed.equals(text)) {
                    tried++;
                    saved.put("callbacks.json", changed.getBytes(StandardCharsets.UTF_8));
                    assertThatThrownBy(() -> trainer.restore(saved))
                            .as("%s", change)
                            .isInstanceOf(IllegalArgumentException.class)
                            .hasMessageContaining("callbacks.json");
                }
            }
            assertThat(tried).isGreaterThanOrEqualTo(7);
            saved.put("callbacks.json", text.getBytes(StandardCharsets.UTF_8));
            trainer.restore(saved);
        }
    }

    @Test
    void refusesACheckpointOfOtherCallbacks() {
        Callbacks.register(NAME, Measuring::new);
        Map<String, byte[]> saved;
        try (PpoTrainer trainer = config().build()) {
            trainer.train();
            saved = trainer.save();
        }
        try (PpoTrainer trainer = config().callbacks("").build()) {
            assertThatThrownBy(() -> trainer.restore(saved)).hasMessageContaining("callbacks.json");
        }
        Callbacks.unregister(NAME);
        Callbacks.register(NAME, () -> declaring(List.of("other"), List.of(), episode -> {}));
        try (PpoTrainer trainer = config().build()) {
            assertThatThrownBy(() -> trainer.restore(saved))
                    .hasMessageContaining("callbacks.json: has the custom metric 'length'");
        }
    }
}
