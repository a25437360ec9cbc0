package org.rltune.ppo;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.nn.core.Linear;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.rltune.nn.djl.DjlModels;

/** Walks over every documented setting: none may be one that nothing reads. */
class PpoParamsTest {
    private static final String MODEL = "toy-linear";

    /** A value for each setting, other than that of {@link #base}, that must change what training gives. */
    private static final Map<String, Object> OTHER = other();

    /** Settings that change no number, with the tests that show what they do. */
    private static final Map<String, String> NO_NUMBER = Map.ofEntries(
            Map.entry("env_step_timeout_s", "FaultsTest, EnvWatchdogTest"),
            Map.entry("evaluation_num_workers", "PpoEvaluationTest"),
            Map.entry("num_gpus", "DjlGpuTest, PpoModelTest"),
            Map.entry("policies", "MultiAgentPpoTest"),
            Map.entry("policy_mapping_fn", "MultiAgentPpoTest"),
            Map.entry("policies_to_train", "MultiAgentPpoTest"),
            Map.entry("callbacks", "PpoCallbacksTest"),
            Map.entry("env_task_fn", "CurriculumTest"),
            Map.entry("output", "TrajectoriesTest"),
            Map.entry("output_format", "TrajectoriesTest"),
            Map.entry("output_max_file_size", "TrajectoriesTest"));

    private static Map<String, Object> other() {
        Map<String, Object> other = new LinkedHashMap<>();
        other.put("env", ToyEnvs.WALK);
        other.put("env_config", Map.of("goal", 1.0));
        other.put("seed", 5);
        other.put("num_workers", 2);
        other.put("num_envs_per_worker", 3);
        other.put("restart_failed_sub_environments", true); // a column more
        other.put("gamma", 0.9);
        other.put("lambda", 0.8);
        other.put("lr", 1e-3);
        other.put("lr_schedule", List.of(List.of(0, 1e-4)));
        other.put("train_batch_size", 200);
        other.put("sgd_minibatch_size", 50);
        other.put("num_sgd_iter", 2);
        other.put("clip_param", 0.01);
        other.put("clip_param_schedule", List.of(List.of(0, 0.01)));
        other.put("vf_clip_param", 0.01);
        other.put("vf_loss_coeff", 0.1);
        other.put("entropy_coeff", 0.1);
        other.put("entropy_coeff_schedule", List.of(List.of(0, 0.1)));
        other.put("kl_coeff", 0.5);
        other.put("kl_target", 0.5);
        other.put("target_kl", 1e-4);
        other.put("grad_clip", 0.0);
        other.put("normalize_advantage", false);
        other.put("adam_epsilon", 0.01);
        other.put("fcnet_hiddens", List.of(8));
        other.put("fcnet_activation", "relu");
        other.put("vf_share_layers", true);
        other.put("framework", "djl");
        other.put("conv_filters", List.of(List.of(2, 2, 1)));
        other.put("conv_activation", "tanh");
        other.put("post_fcnet_hiddens", List.of(5));
        other.put("post_fcnet_activation", "tanh");
        other.put("custom_model", MODEL);
        other.put("custom_model_config", Map.of("width", 9));
        other.put("use_lstm", true);
        other.put("lstm_cell_size", 8);
        other.put("max_seq_len", 5);
        other.put("log_std_init", -1.0);
        other.put("normalize_actions", false);
        other.put("clip_actions", false);
        other.put("action_dist", "Beta");
        other.put("use_gsde", true);
        other.put("sde_sample_freq", 4);
        other.put("observation_filter", "MeanStdFilter");
        other.put("clip_obs", 0.1);
        other.put("norm_reward", true);
        other.put("clip_reward", 0.1);
        other.put("evaluation_interval", 2);
        other.put("evaluation_duration", 3);
        other.put("evaluation_duration_unit", "timesteps");
        other.put("evaluation_parallel_to_training", true);
        other.put("evaluation_config", Map.of("explore", true));
        other.put("metrics_num_episodes_for_smoothing", 3);
        other.put("episode_info_metrics", List.of("success"));
        return other;
    }

    @BeforeEach
    void register() {
        ToyEnvs.register();
        DjlModels.register(
                MODEL,
                context -> Linear.builder()
                        .setUnits((int) (long) (Long) context.config().getOrDefault("width", 4L))
                        .build());
    }

    @AfterEach
    void unregister() {
        ToyEnvs.unregister();
        DjlModels.unregister(MODEL);
    }

    /** The settings against which one is changed; some effects show only under others. */
    private static PpoConfig base(String changed) {
        boolean image = changed.startsWith("conv_") || changed.startsWith("post_fcnet_");
        boolean other = image || changed.startsWith("custom_model");
        PpoConfig config = PpoConfig.of(
                        changed.equals("env_config") ? ToyEnvs.WALK : image ? ToyEnvs.SPOT : ToyEnvs.STEER)
                .numEnvsPerWorker(2)
                .trainBatchSize(128)
                .sgdMinibatchSize(64)
                .numSgdIter(3)
                .lr(3e-3);
        if (!other) {
            config = config.fcnetHiddens(List.of(16));
        }
        return switch (changed) {
            case "conv_activation", "post_fcnet_hiddens" -> config.convFilters(List.of(List.of(3, 2, 1)));
            case "post_fcnet_activation" ->
                config.convFilters(List.of(List.of(3, 2, 1))).postFcnetHiddens(List.of(4));
            case "custom_model_config" -> config.customModel(MODEL);
            case "kl_target" -> config.klCoeff(0.5);
            case "clip_actions" -> config.normalizeActions(false).logStdInit(1);
            case "lstm_cell_size", "max_seq_len" -> config.useLstm(true);
            case "sde_sample_freq" -> config.useGsde(true);
            case "clip_obs" -> config.observationFilter("MeanStdFilter");
            case "evaluation_duration_unit" -> config.evaluationInterval(2).evaluationDuration(50);
            case "evaluation_duration", "evaluation_parallel_to_training", "evaluation_config" ->
                config.evaluationInterval(2);
            case "clip_reward" -> config.normReward(true);
            default -> config;
        };
    }

    @Test
    void changingAnySettingChangesTheResult() {
        for (PpoParam param : PpoParams.all()) {
            String name = param.name();
            if (NO_NUMBER.containsKey(name)) {
                continue;
            }
            assertThat(OTHER).as("a value to try").containsKey(name);
            Object other = OTHER.get(name);
            assertThat(run(base(name).with(name, other)))
                    .as("%s = %s", name, other)
                    .isNotEqualTo(run(base(name)));
        }
    }

    @Test
    void everyDefaultObeysItsOwnRule() {
        for (PpoParam param : PpoParams.all()) {
            assertThat(param.accept(param.standard())).as(param.name()).isEqualTo(param.standard());
            assertThat(param.doc()).endsWith(".");
        }
    }

    private static List<Object> run(PpoConfig config) {
        List<Object> result = new ArrayList<>();
        try (PpoTrainer trainer = config.build()) {
            for (int i = 0; i < 3; i++) {
                Map<String, Object> metrics =
                        new LinkedHashMap<>(trainer.train().metrics());
                metrics.remove("timers");
                result.add(metrics);
            }
            trainer.save().forEach((name, content) -> result.add(name + Arrays.hashCode(content)));
        }
        return result;
    }
}
