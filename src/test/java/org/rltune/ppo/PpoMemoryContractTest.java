package org.rltune.ppo;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.rltune.tune.TrainableContract;
import org.rltune.tune.TrainableSpec;
import org.rltune.tune.space.HyperParams;

/** PPO with an LSTM is a trainable as any other: save, restore and adopt in the middle of episodes. */
final class PpoMemoryContractTest extends TrainableContract {
    @BeforeAll
    static void register() {
        RecallEnv.register();
    }

    @AfterAll
    static void unregister() {
        RecallEnv.unregister();
    }

    @Override
    protected TrainableSpec spec() {
        return PpoTrainer.SPEC;
    }

    @Override
    protected HyperParams config() {
        Map<String, Object> config = new LinkedHashMap<>();
        config.put("env", RecallEnv.ID);
        config.put("num_envs_per_worker", 3);
        config.put("train_batch_size", 51); // 17 steps each: episodes of four go on in the next iteration
        config.put("sgd_minibatch_size", 20);
        config.put("num_sgd_iter", 2);
        config.put("fcnet_hiddens", List.of(8));
        config.put("use_lstm", true);
        config.put("lstm_cell_size", 8);
        config.put("max_seq_len", 6);
        config.put("lr", 0.001);
        return HyperParams.of(config);
    }

    @Override
    protected HyperParams otherConfig() {
        return config().with("lr", 0.01).with("clip_param", 0.1);
    }
}
