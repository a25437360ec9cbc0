package org.rltune.ppo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ForkJoinPool;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rltune.policy.Policy;
import org.rltune.random.Pcg64;

class MultiAgentPpoTest {
    @BeforeEach
    void register() {
        ToyEnvs.register();
        ToyAgents.register();
    }

    @AfterEach
    void unregister() {
        ToyEnvs.unregister();
        ToyAgents.unregister();
    }

    private static PpoConfig small(String env) {
        return PpoConfig.of(env)
                .numEnvsPerWorker(3)
                .trainBatchSize(130)
                .sgdMinibatchSize(48)
                .numSgdIter(3)
                .fcnetHiddens(List.of(16))
                .lr(3e-3)
                .seed(1);
    }

    @SuppressWarnings("unchecked") // metrics nest
    private static Map<String, Object> nested(Map<String, Object> metrics, String... path) {
        Map<String, Object> at = metrics;
        for (String name : path) {
            at = (Map<String, Object>) at.get(name);
        }
        return at;
    }

    private static float[] weights(MultiAgentPpoTrainer trainer, String policy) {
        return trainer.policy(policy).network().parameters().clone();
    }

    /** The second route to everything: with one agent there is another trainer that must come to the same bits. */
    @Test
    void withOneAgentItComesToTheBitsOfTheTrainerForOne() {
        for (PpoConfig both : List.of(
                small(ToyAgents.LONE),
                small(ToyAgents.LONE).numWorkers(2).klCoeff(0.3).entropyCoeff(0.01),
                small(ToyAgents.LONE).numWorkers(2).observationFilter("MeanStdFilter"))) {
            try (MultiAgentPpoTrainer several = both.buildMultiAgent();
                    PpoTrainer one = both.with("env", ToyEnvs.WALK).build()) {
                for (int i = 0; i < 6; i++) {
                    Map<String, Object> metrics = several.train().metrics();
                    Map<String, Object> expected = one.train().metrics();
                    Map<String, Object> ofPolicy = nested(metrics, "policy", PolicyPlan.DEFAULT_POLICY);
                    for (String name : List.of("total_loss", "vf_loss", "entropy", "approx_kl", "cur_kl_coeff")) {
                        assertThat(ofPolicy.get(name)).as(name).isEqualTo(expected.get(name));
                    }
                    for (String name :
                            List.of("episode_reward_mean", "episode_len_mean", "episodes_total", "timesteps_total")) {
                        assertThat(metrics.get(name)).as(name).isEqualTo(expected.get(name));
                    }
                    assertThat(nested(metrics, "policy_reward_mean").get(PolicyPlan.DEFAULT_POLICY))
                            .isEqualTo(expected.get("episode_reward_mean"));
                    assertThat(weights(several, PolicyPlan.DEFAULT_POLICY))
                            .isEqualTo(one.policy().network().parameters());
                }
            }
        }
    }

    @Test
    void policiesOfTheirOwnNeverShareWeightsAndASharedOneLearnsFromAll() {
        PpoConfig race = small(ToyAgents.RACE);
        try (MultiAgentPpoTrainer apart = race.policyMappingFn("by_agent").buildMultiAgent();
                MultiAgentPpoTrainer shared = race.buildMultiAgent()) {
            assertThat(apart.policies()).containsExactly("first", "second");
            assertThat(weights(apart, "first")).isNotEqualTo(weights(apart, "second"));
            float[] before = weights(apart, "second");
            Map<String, Object> metrics = apart.train().metrics();
            assertThat(weights(apart, "second")).isNotEqualTo(before).isNotEqualTo(weights(apart, "first"));
            apart.policy("first").network().parameters()[0] += 1;
            assertThat(weights(apart, "second")[0]).isNotEqualTo(weights(apart, "first")[0]);
            int first = (int) nested(metrics, "policy", "first").get("num_samples");
            int second = (int) nested(metrics, "policy", "second").get("num_samples");
            Map<String, Object> all = shared.train().metrics();
            // Every step has one player to move; at most one sample an environment and player is not complete yet.
            int steps = (int) all.get("timesteps_this_iter");
            assertThat(first + second).isBetween(steps - 6, steps);
            assertThat((int) nested(all, "policy", PolicyPlan.DEFAULT_POLICY).get("num_samples"))
                    .isBetween(steps - 6, steps);
            assertThat(all.get("agent_timesteps_total")).isEqualTo((long) steps);
        }
    }

    @Test
    void noSampleIsLost() {
        try (MultiAgentPpoTrainer trainer =
                small(ToyAgents.RACE).trainBatchSize(21).sgdMinibatchSize(8).buildMultiAgent()) {
            long samples = 0;
            long acted = 0;
            for (int i = 0; i < 40; i++) {
                Map<String, Object> metrics = trainer.train().metrics();
                samples += (int)
                        nested(metrics, "policy", PolicyPlan.DEFAULT_POLICY).get("num_samples");
                acted = (long) metrics.get("agent_timesteps_total");
                // What is not trained on yet waits: at most one sample of each of 2 players in 3 environments.
                assertThat(acted - samples).isBetween(0L, 6L);
            }
            assertThat(acted).isEqualTo(40 * 21);
        }
    }

    @Test
    void policiesThatDoNotLearnKeepTheirBitsAndAct() {
        PpoConfig config = small(ToyAgents.RACE)
                .policyMappingFn("by_agent")
                .policiesToTrain(List.of("first"))
                .observationFilter("MeanStdFilter");
        try (MultiAgentPpoTrainer trainer = config.buildMultiAgent()) {
            float[] first = weights(trainer, "first");
            float[] second = weights(trainer, "second");
            Map<String, Object> metrics = Map.of();
            for (int i = 0; i < 3; i++) {
                metrics = trainer.train().metrics();
            }
            assertThat(weights(trainer, "second")).isEqualTo(second);
            assertThat(trainer.policy("second").filter().count()).isZero();
            assertThat(weights(trainer, "first")).isNotEqualTo(first);
            assertThat(nested(metrics, "policy", "second")).containsOnly(Map.entry("learns", false));
            assertThat(nested(metrics, "policy_reward_mean")).containsOnlyKeys("first", "second");
        }
    }

    @Test
    void learnsToWinAgainstAPolicyThatDoesNotLearn() {
        PpoConfig config = small(ToyAgents.RACE)
                .trainBatchSize(600)
                .numSgdIter(6)
                .lr(0.01)
                .gamma(1)
                .observationFilter("MeanStdFilter")
                .policyMappingFn("by_agent")
                .policiesToTrain(List.of("first"));
        try (MultiAgentPpoTrainer trainer = config.buildMultiAgent()) {
            double before = (double)
                    nested(trainer.train().metrics(), "policy_reward_mean").get("first");
            double after = before;
            for (int i = 0; i < 40; i++) {
                after = (double)
                        nested(trainer.train().metrics(), "policy_reward_mean").get("first");
            }
            assertThat(after).isGreaterThan(before + 0.3);
        }
    }

    @Test
    void policiesMayDifferInTheirSettings() {
        PpoConfig config = small(ToyAgents.MIXED)
                .policyMappingFn("by_agent")
                .policies(Map.of("runner", Map.of("lr", 0.0, "fcnet_hiddens", List.of(5)), "drifter", Map.of()));
        try (MultiAgentPpoTrainer trainer = config.buildMultiAgent()) {
            float[] runner = weights(trainer, "runner");
            Map<String, Object> metrics = trainer.train().metrics();
            assertThat(weights(trainer, "runner")).isEqualTo(runner);
            assertThat(nested(metrics, "policy", "runner").get("cur_lr")).isEqualTo(0.0);
            assertThat(nested(metrics, "policy", "drifter").get("cur_lr")).isEqualTo(3e-3);
            assertThat(trainer.policy("runner").network().describe().toString()).contains("5");
            assertThat(trainer.train().inForce().get("policies")).isEqualTo(config.policies());
        }
    }

    @Test
    void theNumberOfThreadsChangesNothing() throws Exception {
        PpoConfig config = small(ToyAgents.MIXED).numWorkers(3).policyMappingFn("by_agent");
        List<Object> first = null;
        for (int threads : new int[] {1, 2, 4}) {
            ForkJoinPool pool = new ForkJoinPool(threads);
            List<Object> result = pool.submit(() -> run(config)).get();
            pool.shutdown();
            first = first == null ? result : first;
            assertThat(result).isEqualTo(first);
        }
    }

    private static List<Object> run(PpoConfig config) {
        List<Object> result = new ArrayList<>();
        try (MultiAgentPpoTrainer trainer = config.buildMultiAgent()) {
            for (int i = 0; i < 4; i++) {
                Map<String, Object> metrics =
                        new LinkedHashMap<>(trainer.train().metrics());
                metrics.remove("timers");
                result.add(metrics);
            }
            trainer.save().forEach((name, content) -> result.add(name + java.util.Arrays.hashCode(content)));
        }
        return result;
    }

    /** A league: the opponent is any policy that there is, and snapshots are added on the way. */
    @Test
    void snapshotsJoinTheGameAndStandInCheckpoints() {
        PolicyMappings.register("league", (agent, episode) -> {
            boolean main = agent.equals("first") == (episode.number() % 2 == 0);
            int count = episode.policies().size();
            return main ? "main" : episode.policies().get(episode.random().nextInt(count));
        });
        try {
            PpoConfig config = small(ToyAgents.RACE)
                    .policyMappingFn("league")
                    .policies(List.of("main", "old"))
                    .policiesToTrain(List.of("main"));
            try (MultiAgentPpoTrainer straight = config.buildMultiAgent();
                    MultiAgentPpoTrainer resumed = config.buildMultiAgent()) {
                straight.train();
                straight.addPolicy("snapshot_1", "main");
                float[] snapshot = weights(straight, "main");
                straight.copyPolicy("main", "old");
                straight.train();
                assertThat(straight.policies()).containsExactly("main", "old", "snapshot_1");
                assertThat(weights(straight, "snapshot_1")).isEqualTo(snapshot).isNotEqualTo(weights(straight, "main"));
                assertThat(weights(straight, "old")).isEqualTo(snapshot);
                Map<String, byte[]> saved = straight.save();
                resumed.restore(saved);
                assertThat(resumed.policies()).isEqualTo(straight.policies());
                assertThat(resumed.save())
                        .hasSameSizeAs(saved)
                        .allSatisfy(
                                (name, content) -> assertThat(content).as(name).isEqualTo(saved.get(name)));
                for (int i = 0; i < 3; i++) {
                    straight.train();
                    Map<String, Object> metrics = resumed.train().metrics();
                    assertThat(nested(metrics, "policy")).containsKey("snapshot_1");
                }
                assertThat(resumed.save())
                        .allSatisfy((name, content) -> assertThat(content)
                                .as(name)
                                .isEqualTo(straight.save().get(name)));
                assertThatThrownBy(() -> straight.addPolicy("old", "main")).hasMessageContaining("already");
                assertThatThrownBy(() -> straight.addPolicy("a/b", "main")).hasMessageContaining("'a/b'");
                assertThatThrownBy(() -> straight.copyPolicy("mian", "old")).hasMessageContaining("Maybe 'main'?");
            }
        } finally {
            PolicyMappings.unregister("league");
        }
    }

    @Test
    void onePolicyOfACheckpointGoesHome(@TempDir Path folder) throws IOException {
        try (MultiAgentPpoTrainer trainer =
                small(ToyAgents.MIXED).policyMappingFn("by_agent").buildMultiAgent()) {
            trainer.train();
            for (Map.Entry<String, byte[]> file : trainer.save().entrySet()) {
                Files.write(folder.resolve(file.getKey()), file.getValue());
            }
            float[] seen = {1.5f, 3};
            Policy loaded = Policy.load(folder, "runner");
            assertThat(loaded.act(seen)).isEqualTo(trainer.policy("runner").act(seen));
            assertThat(loaded.sample(seen, new Pcg64(3)))
                    .isEqualTo(trainer.policy("runner").sample(seen, new Pcg64(3)));
            assertThat(Policy.load(folder, "drifter").actionSpace())
                    .isEqualTo(trainer.policy("drifter").actionSpace());
            assertThatThrownBy(() -> Policy.load(folder))
                    .hasMessageContaining("drifter.policy.json, runner.policy.json")
                    .hasMessageContaining("Policy.load(checkpoint, \"drifter\")");
            assertThatThrownBy(() -> Policy.load(folder, "walker")).hasMessageContaining("walker.policy.json");
            Evaluation evaluation = trainer.evaluate(5);
            assertThat(evaluation.lengths()).containsOnly(12);
            assertThat(trainer.evaluate(5).returns()).isEqualTo(evaluation.returns());
        }
    }

    @Test
    void refusesWhatDoesNotFitTogether() {
        PpoConfig race = small(ToyAgents.RACE);
        assertThatThrownBy(race::build).hasMessageContaining("buildMultiAgent()");
        refuses(race.policies(List.of("a", "b")), "one policy acts for all");
        refuses(race.policyMappingFn("by_agnet"), "Maybe 'by_agent'?");
        refuses(race.policyMappingFn("by_agent").policies(List.of("frist")), "Maybe 'first'?");
        refuses(race.policyMappingFn(Map.of("first", "p")), "no policy for the agent 'second'");
        refuses(race.policyMappingFn(Map.of("first", "p", "second", "p", "third", "p")), "the agent 'third'");
        refuses(
                race.policyMappingFn(Map.of("first", "p", "second", "p")).policies(List.of("p", "q")),
                "it acts for nobody");
        refuses(race.policiesToTrain(List.of("main")), "policies_to_train has 'main'");
        refuses(race.useGsde(true), "use_gsde is true");
        refuses(race.normReward(true), "norm_reward is true");
        refuses(small(ToyAgents.MIXED), "their spaces differ");
        refuses(race.policies(Map.of("p", Map.of("sgd_minibatch_size", 500))), "sgd_minibatch_size (500)");
        assertThatThrownBy(() -> race.policies(Map.of("p", Map.of("learning_rate", 0.1))))
                .hasMessageContaining("Maybe 'lr'?");
        assertThatThrownBy(() -> race.policies(Map.of("p", Map.of("seed", 1)))).hasMessageContaining("may differ in");
        assertThatThrownBy(() -> race.policies(Map.of("p", Map.of("lr", -1.0)))).hasMessageContaining("lr must be");
        assertThatThrownBy(() -> race.with("policies", 3)).hasMessageContaining("a list of names");
        assertThatThrownBy(() -> race.with("policy_mapping_fn", List.of())).hasMessageContaining("by_agent");
        assertThatThrownBy(() -> race.with("policies_to_train", "main")).hasMessageContaining("a list of names");
        assertThatThrownBy(small(ToyEnvs.WALK).policyMappingFn("by_agent")::build)
                .hasMessageContaining("has one");
        assertThatThrownBy(() -> small("Raze-v0").buildMultiAgent()).hasMessageContaining("Race-v0");
        assertThatThrownBy(() -> small(ToyEnvs.WALK).buildMultiAgent()).hasMessageContaining("one agent");
        refusesMapping(null, "to 'null'");
        refusesMapping("mian", "Maybe 'main'?");
    }

    /** With one agent its evaluation comes to the bits of the trainer for one, and stands in checkpoints. */
    @Test
    void evaluatesBesideTraining() {
        for (PpoConfig both : List.of(
                small(ToyAgents.LONE).evaluationInterval(2).evaluationDuration(3),
                small(ToyAgents.LONE).evaluationInterval(1).evaluationParallelToTraining(true),
                small(ToyAgents.LONE)
                        .evaluationInterval(2)
                        .evaluationNumWorkers(3)
                        .evaluationDuration(70)
                        .evaluationDurationUnit("timesteps")
                        .evaluationConfig(Map.of("env_config", Map.of("goal", 2.0))))) {
            try (MultiAgentPpoTrainer several = both.buildMultiAgent();
                    PpoTrainer one = both.with("env", ToyEnvs.WALK).build()) {
                for (int i = 0; i < 3; i++) {
                    Map<String, Object> actual =
                            new LinkedHashMap<>(nested(several.train().metrics(), "evaluation"));
                    Map<String, Object> expected = nested(one.train().metrics(), "evaluation");
                    assertThat(nested(actual, "policy_reward_mean").get(PolicyPlan.DEFAULT_POLICY))
                            .isEqualTo(expected.get("episode_reward_mean"));
                    actual.keySet().removeIf(name -> name.startsWith("policy_"));
                    assertThat(actual).isEqualTo(expected);
                }
            }
        }
        PpoConfig race = small(ToyAgents.RACE)
                .policyMappingFn("by_agent")
                .evaluationInterval(2)
                .evaluationConfig(Map.of("explore", true));
        try (MultiAgentPpoTrainer straight = race.buildMultiAgent();
                MultiAgentPpoTrainer resumed = race.buildMultiAgent()) {
            straight.train();
            straight.train();
            resumed.restore(straight.save());
            Map<String, Object> metrics = straight.train().metrics();
            assertThat(nested(resumed.train().metrics(), "evaluation")).isEqualTo(nested(metrics, "evaluation"));
            assertThat(nested(metrics, "evaluation"))
                    .containsEntry("training_iteration", 2L)
                    .containsEntry("episodes", 10L);
            double sum =
                    (double) nested(metrics, "evaluation", "policy_reward_mean").get("first")
                            + (double) nested(metrics, "evaluation", "policy_reward_mean")
                                    .get("second");
            assertThat((double) nested(metrics, "evaluation").get("episode_reward_mean"))
                    .isCloseTo(sum, org.assertj.core.api.Assertions.within(1e-9));
        }
    }

    /** The other framework comes to the same losses within rounding, beside policies on our own kernels. */
    @Test
    void policiesMayHaveNetworksOfAnotherFramework() {
        PpoConfig own = small(ToyAgents.RACE).policyMappingFn("by_agent").numSgdIter(1);
        PpoConfig mixed = own.policies(Map.of("second", Map.of("framework", "djl")));
        try (MultiAgentPpoTrainer kernels = own.buildMultiAgent();
                MultiAgentPpoTrainer both = mixed.buildMultiAgent()) {
            float[] from = weights(kernels, "second");
            System.arraycopy(from, 0, both.policy("second").network().parameters(), 0, from.length);
            Map<String, Object> expected = kernels.train().metrics();
            Map<String, Object> actual = both.train().metrics();
            assertThat(nested(actual, "policy", "first").get("total_loss"))
                    .isEqualTo(nested(expected, "policy", "first").get("total_loss"));
            assertThat((double) nested(actual, "policy", "second").get("total_loss"))
                    .isCloseTo(
                            (double) nested(expected, "policy", "second").get("total_loss"),
                            org.assertj.core.api.Assertions.within(1e-4));
        }
    }

    private static void refuses(PpoConfig config, String message) {
        assertThatThrownBy(config::buildMultiAgent)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message);
    }

    private static void refusesMapping(String answer, String message) {
        PolicyMappings.register("odd", (agent, episode) -> answer);
        try {
            assertThatThrownBy(() -> PolicyMappings.register("odd", (agent, episode) -> "main"))
                    .hasMessageContaining("already");
            refuses(small(ToyAgents.RACE).policyMappingFn("odd"), "policies is empty");
            refuses(small(ToyAgents.RACE).policyMappingFn("odd").policies(List.of("main")), message);
        } finally {
            PolicyMappings.unregister("odd");
        }
    }
}
