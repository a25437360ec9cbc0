package org.rltune.ppo;

import static org.rltune.ppo.PpoParam.integer;
import static org.rltune.ppo.PpoParam.other;
import static org.rltune.ppo.PpoParam.real;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.rltune.check.Suggest;
import org.rltune.ppo.PpoParam.Kind;

/**
 * All settings of PPO, each declared once: RLlib's names, Stable-Baselines3's defaults.
 *
 * <p>RLlib's own defaults (lambda 1, lr 5e-5, 30 passes, squared value errors clamped at 10, no gradient clipping) are a
 * poor start on small tasks; names are RLlib 2.0's so that a config moves over unchanged.
 */
public final class PpoParams {
    private static final double MAX = Double.POSITIVE_INFINITY;

    private static final List<PpoParam> ALL = List.of(
            other("env", Kind.TEXT, "", "Registered id of the environment.").once(),
            other("env_config", Kind.MAP, Map.of(), "What the environment's creator gets as its config.")
                    .once(),
            integer("seed", 0, 0, "Seed of all randomness; under a tuner each trial has its own unless this is set.")
                    .once(),
            integer("num_workers", 0, 0, "Rollout workers beside the trainer; 0: the trainer collects by itself.")
                    .once(),
            integer("num_envs_per_worker", 1, 1, "Environments that each worker steps together.")
                    .once(),
            other(
                            "restart_failed_sub_environments",
                            Kind.FLAG,
                            false,
                            "Whether an environment that throws or breaks its spaces is made anew and its episode thrown"
                                    + " away; otherwise the trial fails.")
                    .once(),
            real(
                            "env_step_timeout_s",
                            0,
                            0,
                            MAX,
                            "Seconds after which a worker whose environments do not answer is given up, and the trial"
                                    + " fails; 0: never.")
                    .once(),
            real("gamma", 0.99, 0, 1, "Discount of future rewards."),
            real("lambda", 0.95, 0, 1, "Weight of longer advantage estimates; 0 one-step, 1 Monte Carlo."),
            real("lr", 3e-4, 0, MAX, "Learning rate of Adam."),
            other(
                    "lr_schedule",
                    Kind.SCHEDULE,
                    List.of(),
                    "Learning rate over timesteps; in force instead of lr if given."),
            integer(
                    "train_batch_size",
                    2048,
                    1,
                    "Environment steps of one iteration, all workers together; rounded up to a multiple of the number"
                            + " of environments."),
            integer("sgd_minibatch_size", 64, 1, "Samples of one gradient step; at most train_batch_size."),
            integer("num_sgd_iter", 10, 1, "Passes over the train batch, each in a new order."),
            real("clip_param", 0.2, 0, MAX, "The probability ratio is clipped to 1 +- this in the surrogate.")
                    .above(),
            other(
                    "clip_param_schedule",
                    Kind.SCHEDULE,
                    List.of(),
                    "Clip range over timesteps; in force instead of clip_param if given."),
            real(
                    "vf_clip_param",
                    0,
                    0,
                    MAX,
                    "Values are clipped to this distance from the old ones, as in OpenAI baselines; 0: off."),
            real("vf_loss_coeff", 0.5, 0, MAX, "Weight of the squared value error in the loss."),
            real("entropy_coeff", 0, 0, MAX, "Weight of the entropy bonus."),
            other(
                    "entropy_coeff_schedule",
                    Kind.SCHEDULE,
                    List.of(),
                    "Entropy weight over timesteps; in force instead of entropy_coeff if given."),
            real("kl_coeff", 0, 0, MAX, "First weight of the adaptive penalty on KL(old || new); 0: off."),
            real(
                            "kl_target",
                            0.01,
                            0,
                            MAX,
                            "KL at which the penalty aims: its weight grows above twice, shrinks below half of this.")
                    .above(),
            real(
                    "target_kl",
                    0,
                    0,
                    MAX,
                    "The iteration's updates end early once approx_kl exceeds 1.5 times this; 0: off."),
            real("grad_clip", 0.5, 0, MAX, "Largest global norm of the gradient; 0: off."),
            other(
                    "normalize_advantage",
                    Kind.FLAG,
                    true,
                    "Whether advantages get mean 0 and deviation 1 in each minibatch."),
            real("adam_epsilon", 1e-5, 0, 1, "Epsilon of Adam.").above().once(),
            other("fcnet_hiddens", Kind.WIDTHS, List.of(64L, 64L), "Widths of the hidden layers.")
                    .once(),
            other("fcnet_activation", Kind.ACTIVATION, "tanh", "Activation of the hidden layers: tanh or relu.")
                    .once(),
            other(
                            "vf_share_layers",
                            Kind.FLAG,
                            false,
                            "Whether the value function shares the hidden layers of the policy.")
                    .once(),
            other(
                            "framework",
                            Kind.FRAMEWORK,
                            PpoConfig.AUTO,
                            "What runs the network: rltune (own kernels, MLPs alone), djl (PyTorch), or auto: rltune for MLPs"
                                    + " on the processor, djl for all else.")
                    .once(),
            other(
                            "conv_filters",
                            Kind.CONV_FILTERS,
                            List.of(),
                            "Convolutions over an image observation; empty: its pixels go to an MLP as they are.")
                    .once(),
            other("conv_activation", Kind.ACTIVATION, "relu", "Activation of the convolutions: tanh or relu.")
                    .once(),
            other(
                            "post_fcnet_hiddens",
                            Kind.WIDTHS,
                            List.of(),
                            "Widths of the layers after the convolutions; empty: those that belong to their name.")
                    .once(),
            other(
                            "post_fcnet_activation",
                            Kind.ACTIVATION,
                            "relu",
                            "Activation of the layers after the convolutions: tanh or relu.")
                    .once(),
            other("custom_model", Kind.TEXT, "", "Name of a network of your own, registered by DjlModels.register.")
                    .once(),
            other("custom_model_config", Kind.MAP, Map.of(), "What the factory of custom_model gets.")
                    .once(),
            other(
                            "use_lstm",
                            Kind.FLAG,
                            false,
                            "Whether an LSTM cell stands between the layers and the heads, so that the policy has memory"
                                    + " (framework djl).")
                    .once(),
            integer("lstm_cell_size", 256, 1, "Numbers that the LSTM cell gives, and as many that it keeps.")
                    .once(),
            integer("max_seq_len", 20, 1, "Longest sequence of steps over which gradients flow through the LSTM.")
                    .once(),
            new PpoParam(
                    "num_gpus",
                    Kind.INTEGER,
                    0L,
                    0,
                    1,
                    false,
                    true,
                    "1 puts the network on the GPU (framework djl); 0 leaves it on the processor."),
            new PpoParam(
                    "log_std_init",
                    Kind.REAL,
                    0.0,
                    -20,
                    2,
                    false,
                    true,
                    "First log standard deviation of continuous actions."),
            other(
                            "normalize_actions",
                            Kind.FLAG,
                            true,
                            "Whether bounded continuous actions are mapped from [-1, 1] onto their bounds; otherwise"
                                    + " they are only clipped.")
                    .once(),
            other(
                            "clip_actions",
                            Kind.FLAG,
                            true,
                            "Whether continuous actions that are not mapped are clipped to the bounds that they have.")
                    .once(),
            other(
                            "action_dist",
                            Kind.ACTION_DIST,
                            "DiagGaussian",
                            "What continuous actions are drawn from; SquashedGaussian and Beta never leave the bounds.")
                    .once(),
            other(
                            "use_gsde",
                            Kind.FLAG,
                            false,
                            "Whether the noise of Gaussian actions is a function of the state (gSDE, Raffin et al. 2021).")
                    .once(),
            integer(
                            "sde_sample_freq",
                            -1,
                            -1,
                            "Steps after which gSDE draws its noise function anew; -1: once an iteration.")
                    .once(),
            other(
                            "observation_filter",
                            Kind.FILTER,
                            "NoFilter",
                            "MeanStdFilter gives observations mean 0 and deviation 1 by their running moments.")
                    .once(),
            real("clip_obs", 10, 0, MAX, "Largest magnitude of an observation after MeanStdFilter; 0: not clipped.")
                    .once(),
            other(
                            "norm_reward",
                            Kind.FLAG,
                            false,
                            "Whether rewards are divided by the running deviation of the discounted return.")
                    .once(),
            real("clip_reward", 10, 0, MAX, "Largest magnitude of a reward after norm_reward; 0: not clipped.")
                    .once(),
            integer(
                            "evaluation_interval",
                            0,
                            0,
                            "Iterations from one evaluation to the next, the first iteration having one; 0: none.")
                    .once(),
            integer("evaluation_duration", 10, 1, "Episodes or steps of one evaluation.")
                    .once(),
            other(
                            "evaluation_duration_unit",
                            Kind.UNIT,
                            EvaluationSettings.EPISODES,
                            "What evaluation_duration counts.")
                    .once(),
            integer(
                            "evaluation_num_workers",
                            0,
                            0,
                            "Environments that play evaluation episodes side by side; 0: one. Changes no result.")
                    .once(),
            other(
                            "evaluation_parallel_to_training",
                            Kind.FLAG,
                            false,
                            "Whether evaluation runs beside the iteration, on the weights that this begins with.")
                    .once(),
            other(
                            "evaluation_config",
                            Kind.MAP,
                            Map.of(),
                            "What differs in evaluation: explore (true: actions are drawn; default false), env_config.")
                    .once(),
            integer(
                            "metrics_num_episodes_for_smoothing",
                            100,
                            1,
                            "Episodes over which episode_reward_mean goes at least.")
                    .once(),
            other(
                            "policies",
                            Kind.POLICIES,
                            List.of(),
                            "Several agents: the policies, with the settings in which one differs; []: as"
                                    + " policy_mapping_fn says.")
                    .once(),
            other(
                            "policy_mapping_fn",
                            Kind.POLICY_MAPPING,
                            PolicyMappings.SHARED,
                            "Several agents: which policy acts for which agent.")
                    .once(),
            other(
                            "policies_to_train",
                            Kind.NAMES,
                            List.of(),
                            "Several agents: the policies that learn, while others only act; []: all.")
                    .once(),
            other(
                            "callbacks",
                            Kind.TEXT,
                            "",
                            "Name of registered PpoCallbacks, which see episodes, samples and updates.")
                    .once(),
            other(
                            "episode_info_metrics",
                            Kind.NAMES,
                            List.of(),
                            "Infos of an episode's last step, numbers or flags, that become custom metrics.")
                    .once(),
            other(
                            "env_task_fn",
                            Kind.TEXT,
                            "",
                            "Name of a registered function that sets the training environments' task after each iteration.")
                    .once(),
            other(
                            "output",
                            Kind.TEXT,
                            "",
                            "Folder to write trajectories into: a name in the trial's folder, or an absolute path.")
                    .once(),
            other("output_format", Kind.OUTPUT_FORMAT, "json", "How trajectories are written.")
                    .once(),
            integer(
                            "output_max_file_size",
                            64 << 20,
                            1,
                            "Bytes after which an iteration's file of trajectories is followed by another.")
                    .once());

    /** What the same settings are called elsewhere: Stable-Baselines3, CleanRL, and RLlib's newer interface. */
    private static final Map<String, String> ELSEWHERE = Map.ofEntries(
            Map.entry("learning_rate", "lr"),
            Map.entry("gae_lambda", "lambda"),
            Map.entry("lambda_", "lambda"),
            Map.entry("clip_range", "clip_param"),
            Map.entry("clip_coef", "clip_param"),
            Map.entry("clip_range_vf", "vf_clip_param"),
            Map.entry("ent_coef", "entropy_coeff"),
            Map.entry("vf_coef", "vf_loss_coeff"),
            Map.entry("max_grad_norm", "grad_clip"),
            Map.entry("minibatch_size", "sgd_minibatch_size"),
            Map.entry("batch_size", "sgd_minibatch_size"),
            Map.entry("num_epochs", "num_sgd_iter"),
            Map.entry("n_epochs", "num_sgd_iter"),
            Map.entry("update_epochs", "num_sgd_iter"),
            Map.entry("train_batch_size_per_learner", "train_batch_size"),
            Map.entry("num_env_runners", "num_workers"),
            Map.entry("num_rollout_workers", "num_workers"),
            Map.entry("sample_timeout_s", "env_step_timeout_s"),
            Map.entry("restart_failed_env_runners", "restart_failed_sub_environments"),
            Map.entry("recreate_failed_workers", "restart_failed_sub_environments"),
            Map.entry("num_envs_per_env_runner", "num_envs_per_worker"),
            Map.entry("norm_obs", "observation_filter"),
            Map.entry("clip_rewards", "clip_reward"),
            Map.entry("custom_action_dist", "action_dist"),
            Map.entry("evaluation_num_env_runners", "evaluation_num_workers"),
            Map.entry("lstm_hidden_size", "lstm_cell_size"),
            Map.entry("callbacks_class", "callbacks"),
            Map.entry("net_arch", "fcnet_hiddens"));

    private static final Map<String, PpoParam> BY_NAME = index();

    private PpoParams() {}

    private static Map<String, PpoParam> index() {
        Map<String, PpoParam> index = new LinkedHashMap<>();
        ALL.forEach(param -> index.put(param.name(), param));
        return index;
    }

    /** Returns all settings in their order of display. */
    public static List<PpoParam> all() {
        return ALL;
    }

    /**
     * Returns the setting of that name.
     *
     * @throws IllegalArgumentException if there is none, with the nearest known name
     */
    public static PpoParam get(String name) {
        PpoParam param = BY_NAME.get(name);
        if (param == null) {
            throw new IllegalArgumentException("PPO has no hyperparameter '" + name + "'." + maybe(name) + " Known: "
                    + String.join(", ", new ArrayList<>(BY_NAME.keySet())) + ".");
        }
        return param;
    }

    private static String maybe(String name) {
        Set<String> names = new TreeSet<>(BY_NAME.keySet());
        names.addAll(ELSEWHERE.keySet());
        return Suggest.closest(name, names)
                .map(near -> " Maybe '" + ELSEWHERE.getOrDefault(near, near) + "'?")
                .orElse("");
    }
}
