package org.rltune;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.rltune.policy.Policy;
import org.rltune.ppo.ToyAgents;
import org.rltune.tune.Decision;
import org.rltune.tune.ExperimentAnalysis;
import org.rltune.tune.Mode;
import org.rltune.tune.schedule.PopulationBasedTraining;
import org.rltune.tune.space.Domain;

/** "PPO" under population based training, over an environment with several agents. */
@Timeout(120)
class TuneAgentsTest {
    @TempDir
    Path storage;

    @BeforeAll
    static void register() {
        ToyAgents.register();
    }

    @AfterAll
    static void unregister() {
        ToyAgents.unregister();
    }

    private String metric = "policy_reward_mean/first";

    private ExperimentAnalysis run(String name, int threads, Map<String, Object> more) {
        Map<String, Object> config = new LinkedHashMap<>();
        config.put("env", ToyAgents.RACE);
        config.put("policy_mapping_fn", "by_agent");
        config.put("num_envs_per_worker", 2);
        config.put("fcnet_hiddens", List.of(8));
        config.put("lr", Domain.loguniform(1e-4, 1e-2));
        config.put("train_batch_size", 100);
        config.put("sgd_minibatch_size", Domain.randint(16, 64));
        config.put("num_sgd_iter", 2);
        config.putAll(more);
        return Tune.run(
                "PPO",
                run -> run.name(name)
                        .storagePath(storage)
                        .scheduler(PopulationBasedTraining.builder()
                                .perturbationInterval(2)
                                .build())
                        .numSamples(4)
                        .metric(metric)
                        .mode(Mode.MAX)
                        .stop("training_iteration", 6)
                        .threads(threads)
                        .checkpointFreq(1)
                        .verbose(0)
                        .plots(false)
                        .config(config));
    }

    @Test
    void populationsOfSeveralPoliciesExploitEachOtherToTheSameDigest() {
        ExperimentAnalysis one = run("one", 1, Map.of());
        ExperimentAnalysis four = run("four", 4, Map.of());
        assertThat(one.digest()).isEqualTo(four.digest());
        assertThat(one.decisions().stream().filter(record -> record.decision() instanceof Decision.Exploit))
                .isNotEmpty();
        Path checkpoint = one.bestCheckpoint();
        assertThat(Policy.load(checkpoint, "second").act(new float[] {4})).isIn(0, 1);
    }

    /** An episode takes 3 steps at least: none has ended in the first row. */
    @Test
    void aMetricOfAPolicyMayComeLate() {
        Map<String, Object> tiny = Map.of("train_batch_size", 4, "sgd_minibatch_size", 2);
        ExperimentAnalysis late = run("late", 2, tiny);
        assertThat(late.rows(late.bestTrial()).get(0).get("policy_reward_mean"))
                .isInstanceOfSatisfying(Map.class, map -> assertThat(map).containsKey("first_absent"));
        metric = "policy_reward_mean/third";
        assertThatIllegalArgumentException()
                .isThrownBy(() -> run("misspelt", 1, tiny))
                .withMessageContaining("policy_reward_mean/third");
    }

    @Test
    void refusesWhatIsTunedWithoutEffectOrDoesNotFit() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> run(
                        "own", 1, Map.of("policies", Map.of("first", Map.of("lr", 0.1), "second", Map.of("lr", 0.2)))))
                .withMessageContaining("lr is tuned, but every policy that learns sets its own");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> run("names", 1, Map.of("policies_to_train", List.of("frist"))))
                .withMessageContaining("Maybe 'first'?");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> run("unknown", 1, Map.of("env", "Raze-v0")))
                .withMessageContaining("Race-v0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> run("spaces", 1, Map.of("env", ToyAgents.MIXED, "policy_mapping_fn", "shared")))
                .withMessageContaining("their spaces differ");
    }
}
