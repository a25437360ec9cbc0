package org.rltune.ppo;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.rltune.tune.TrainableContract;
import org.rltune.tune.TrainableSpec;
import org.rltune.tune.space.HyperParams;

/** "PPO" over an environment with several agents keeps what every trainable keeps. */
final class MultiAgentContractTest extends TrainableContract {
    @BeforeAll
    static void register() {
        ToyAgents.register();
    }

    @AfterAll
    static void unregister() {
        ToyAgents.unregister();
    }

    @Override
    protected TrainableSpec spec() {
        return PpoTrainer.SPEC;
    }

    @Override
    protected HyperParams config() {
        Map<String, Object> config = new LinkedHashMap<>();
        config.put("env", ToyAgents.RACE);
        config.put("policy_mapping_fn", "by_agent");
        config.put("observation_filter", "MeanStdFilter");
        config.put("kl_coeff", 0.2);
        config.put("num_workers", 2);
        config.put("num_envs_per_worker", 2);
        config.put("train_batch_size", 60);
        config.put("sgd_minibatch_size", 16);
        config.put("num_sgd_iter", 2);
        config.put("fcnet_hiddens", List.of(8));
        config.put("lr", 0.001);
        return HyperParams.of(config);
    }

    @Override
    protected HyperParams otherConfig() {
        return config().with("lr", 0.01).with("clip_param", 0.1);
    }
}
