package org.rltune.envs;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.rltune.env.Env;
import org.rltune.env.Envs;
import org.rltune.env.StepResult;
import org.rltune.policy.Policy;
import org.rltune.ppo.PpoConfig;
import org.rltune.ppo.PpoTrainer;
import org.rltune.random.Pcg64;

/** Taxi tells which actions change its state in the info; PPO never takes another one. */
final class TaxiMaskTest {
    private static final String ID = "MaskedTaxi-v0";

    @Test
    @SuppressWarnings("unchecked")
    void everyActionThatPpoDrawsChangesTheState() {
        Envs.replace(Envs.spec("Taxi-v4").withId(ID).withWrapper("ActionMaskFromInfo", Map.of()));
        try (PpoTrainer trainer = PpoConfig.of(ID)
                .numEnvsPerWorker(4)
                .trainBatchSize(400)
                .numSgdIter(2)
                .build()) {
            trainer.train();
            Policy policy = trainer.policy();
            long seed = 17;
            Pcg64 random = new Pcg64(seed);
            try (Env<Map<String, Object>, Integer> env =
                    (Env<Map<String, Object>, Integer>) (Env<?, ?>) Envs.make(ID)) {
                Map<String, Object> observation = env.reset(seed).observation();
                int masked = 0;
                for (int step = 0; step < 150; step++) {
                    byte[] mask = (byte[]) observation.get("action_mask");
                    Object before = observation.get("observation");
                    int action = (int) policy.sample(observation, random);
                    assertThat(mask[action]).as("seed %d, step %d", seed, step).isEqualTo((byte) 1);
                    masked += mask[action] == 1 && mask[0] + mask[1] + mask[2] + mask[3] < 4 ? 1 : 0;
                    StepResult<Map<String, Object>> result = env.step(action);
                    observation = result.observation();
                    assertThat(observation.get("observation")).isNotEqualTo(before);
                    if (result.ended()) {
                        observation = env.reset().observation();
                    }
                }
                assertThat(masked).as("states with a wall beside").isGreaterThan(20);
            }
        } finally {
            Envs.unregister(ID);
        }
    }
}
