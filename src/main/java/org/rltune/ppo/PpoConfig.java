package org.rltune.ppo;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.rltune.env.MultiAgentEnvs;
import org.rltune.nn.Activation;
import org.rltune.policy.BoxDistribution;
import org.rltune.policy.ConvFilters;
import org.rltune.policy.Distributions;
import org.rltune.policy.ModelConfig;
import org.rltune.policy.NetworkProviders;
import org.rltune.random.Seeds;
import org.rltune.space.Box;
import org.rltune.space.Space;
import org.rltune.tune.space.HyperParams;

/**
 * Settings of one PPO run: immutable, checked, with RLlib's names and Stable-Baselines3's defaults.
 *
 * <pre>{@code
 * PpoTrainer trainer = PpoConfig.of("CartPole-v1").lr(1e-3).trainBatchSize(4000).build();
 * }</pre>
 *
 * <p>Each setting is declared once, in {@link PpoParams}, with its default and its rule. A tuner changes settings
 * through {@link #with(HyperParams)}.
 */
public final class PpoConfig {
    static final String NO_FILTER = "NoFilter";
    static final String AUTO = "auto";
    static final String RLTUNE = "rltune";
    private static final String DJL = "djl";
    static final List<String> FRAMEWORKS = List.of(AUTO, RLTUNE, DJL);

    /** The settings that {@link #checkModel} reads. */
    static final Set<String> MODEL = Set.of(
            "framework",
            "fcnet_hiddens",
            "fcnet_activation",
            "vf_share_layers",
            "conv_filters",
            "conv_activation",
            "post_fcnet_hiddens",
            "post_fcnet_activation",
            "use_lstm",
            "lstm_cell_size",
            "max_seq_len",
            "custom_model",
            "custom_model_config",
            "num_gpus",
            "use_gsde");

    private final HyperParams values;

    private PpoConfig(HyperParams values) {
        this.values = values;
    }

    /** Returns the defaults for an environment, by its registered id. */
    public static PpoConfig of(String env) {
        return fromMap(Map.of("env", env));
    }

    /**
     * Returns the defaults with other values by name.
     *
     * @throws IllegalArgumentException if a name is unknown (with the nearest known) or a value breaks its rule
     */
    public static PpoConfig fromMap(Map<String, ?> settings) {
        Map<String, Object> defaults = new LinkedHashMap<>();
        PpoParams.all().forEach(param -> defaults.put(param.name(), param.standard()));
        return new PpoConfig(HyperParams.of(defaults)).with(HyperParams.of(settings));
    }

    /**
     * Returns these settings with others in their place; names that are paths, such as {@code env_config/gravity}, make up
     * the whole of the setting that they begin with.
     *
     * @throws IllegalArgumentException if a name is unknown (with the nearest known) or a value breaks its rule
     */
    public PpoConfig with(HyperParams changed) {
        HyperParams result = values;
        for (Map.Entry<String, Object> entry : changed.nested().entrySet()) {
            String name = entry.getKey();
            result = result.with(name, PpoParams.get(name).accept(entry.getValue()));
        }
        return new PpoConfig(result);
    }

    /**
     * Returns the settings that a complete set stands for: a name that it lacks has its default, as when a trainer is made,
     * but for those that are set once.
     */
    PpoConfig replacedBy(HyperParams complete) {
        Map<String, Object> base = new LinkedHashMap<>();
        PpoParams.all()
                .forEach(param -> base.put(param.name(), param.fixed() ? values.get(param.name()) : param.standard()));
        return new PpoConfig(HyperParams.of(base)).with(complete);
    }

    /**
     * As {@link #replacedBy}, for a trainer that lives.
     *
     * @throws IllegalArgumentException if that would change a setting that is set once
     */
    PpoConfig changedWhileAlive(String trialId, HyperParams complete) {
        PpoConfig next = replacedBy(complete).check();
        for (PpoParam param : PpoParams.all()) {
            Object before = values.get(param.name());
            Object after = next.values.get(param.name());
            if (param.fixed() && !before.equals(after)) {
                throw new IllegalArgumentException(trialId + ": " + param.name() + " cannot change from " + before
                        + " to " + after + " while a trainer lives. Tune it without a scheduler that mutates it.");
            }
        }
        return next;
    }

    /** Returns these settings with one of them changed. */
    public PpoConfig with(String name, Object value) {
        return with(HyperParams.empty().with(name, value));
    }

    /** Returns all settings by name. */
    public HyperParams values() {
        return values;
    }

    /**
     * Checks what concerns several settings together.
     *
     * @return this
     * @throws IllegalArgumentException if the environment is missing, a minibatch is larger than the batch, or settings of
     *     the actions contradict each other
     */
    PpoConfig check() {
        if (env().isEmpty()) {
            throw new IllegalArgumentException(
                    "env is missing: PPO needs the registered id of an environment. Maybe env=CartPole-v1?");
        }
        if (sgdMinibatchSize() > trainBatchSize()) {
            throw new IllegalArgumentException("sgd_minibatch_size (" + sgdMinibatchSize()
                    + ") must not exceed train_batch_size (" + trainBatchSize() + "). Maybe sgd_minibatch_size="
                    + trainBatchSize() + "?");
        }
        if (boxDistribution() != BoxDistribution.DIAG_GAUSSIAN && !(normalizeActions() && clipActions())) {
            throw new IllegalArgumentException((normalizeActions() ? "clip_actions" : "normalize_actions")
                    + " is false, but with action_dist " + actionDist()
                    + " actions are always mapped onto their bounds."
                    + " Leave it out, or set action_dist to DiagGaussian.");
        }
        EvaluationSettings.of(this);
        checkModel();
        Callbacks.episodeMetrics(this, Callbacks.make(callbacks()));
        if (!envTaskFn().isEmpty()) {
            EnvTaskFunctions.get(envTaskFn());
        }
        OutputSettings.check(this);
        if (sdeSampleFreq() == 0) {
            throw new IllegalArgumentException(
                    "sde_sample_freq is 0, but must be at least 1, or -1 for once an iteration. The default is -1.");
        }
        return this;
    }

    /** Checks what a network may not be at the same time. */
    void checkModel() {
        boolean convolutions = !model().convFilters().isEmpty();
        boolean custom = !customModel().isEmpty();
        if (convolutions && custom) {
            throw new IllegalArgumentException(
                    "conv_filters is " + values.get("conv_filters") + " and custom_model is '" + customModel()
                            + "', but a network is one or the other. Leave one of them out.");
        }
        String only = convolutions
                ? "conv_filters"
                : custom ? "custom_model" : useLstm() ? "use_lstm" : numGpus() > 0 ? "num_gpus" : "";
        if (values.getString("framework").equals(RLTUNE) && !only.isEmpty()) {
            throw new IllegalArgumentException("framework is rltune, whose kernels are for MLPs on the processor, but "
                    + only + " is " + values.get(only) + ". Set framework to djl or auto.");
        }
        for (String name : List.of("conv_activation", "post_fcnet_hiddens", "post_fcnet_activation")) {
            requireUnset(
                    !convolutions,
                    name,
                    "without conv_filters nothing reads it; the layers of an MLP are fcnet_hiddens");
        }
        for (String name : List.of("lstm_cell_size", "max_seq_len")) {
            requireUnset(!useLstm(), name, "without use_lstm nothing reads it");
        }
        requireUnset(!custom, "custom_model_config", "without custom_model nothing reads it");
        for (String name : List.of("fcnet_hiddens", "fcnet_activation")) {
            requireUnset(convolutions, name, "with conv_filters the layers that follow them are post_fcnet_hiddens");
            requireUnset(
                    custom, name, "custom_model says by itself what it is; give it settings by custom_model_config");
        }
        requireUnset(custom, "vf_share_layers", "custom_model says by itself what it is");
        requireUnset(framework().equals(DJL), "use_gsde", "state-dependent noise is for MLPs of framework rltune");
    }

    private void requireUnset(boolean condition, String name, String reason) {
        Object standard = PpoParams.get(name).standard();
        Object value = values.get(name);
        if (condition && !value.equals(standard)) {
            throw new IllegalArgumentException(
                    name + " is " + value + ", but " + reason + ". Leave it at " + standard + ".");
        }
    }

    /** Returns what runs the network, {@code rltune} or {@code djl}: that of the settings, or what the model needs. */
    public String framework() {
        String chosen = values.getString("framework");
        if (!chosen.equals(AUTO)) {
            return chosen;
        }
        return model().isMlp() && numGpus() == 0 ? RLTUNE : DJL;
    }

    /** Returns what the network is to look like. */
    public ModelConfig model() {
        return new ModelConfig(
                fcnetHiddens(),
                Activation.parse("fcnet_activation", fcnetActivation()),
                vfShareLayers(),
                ConvFilters.parse(values.get("conv_filters")),
                Activation.parse("conv_activation", convActivation()),
                postFcnetHiddens(),
                Activation.parse("post_fcnet_activation", postFcnetActivation()),
                useLstm() ? lstmCellSize() : 0,
                customModel(),
                customModelConfig());
    }

    /**
     * Checks that a policy with these settings can handle an environment's spaces.
     *
     * @throws IllegalArgumentException naming the environment, the space or setting, and what is possible
     */
    void checkSpaces(Space<?> observations, Space<?> actions) {
        PolicyPlan.checkSingle(this);
        checkPolicySpaces(observations, actions);
    }

    /** As {@link #checkSpaces}, for one policy of several. */
    void checkPolicySpaces(Space<?> observations, Space<?> actions) {
        Distributions.check(env(), observations, actions, boxDistribution());
        if (useGsde() && !(actions instanceof Box && boxDistribution() == BoxDistribution.DIAG_GAUSSIAN)) {
            throw new IllegalArgumentException(
                    "use_gsde is true, but state-dependent noise is for Box actions drawn from"
                            + " DiagGaussian; '" + env() + "' has " + actions + " and action_dist is " + actionDist()
                            + ". Set use_gsde to false.");
        }
        if (!framework().equals(RLTUNE)) {
            NetworkProviders.of(framework()).check(model(), observations, numGpus());
        }
    }

    /**
     * Makes the trainer.
     *
     * @throws IllegalArgumentException if settings do not fit together, the environment is unknown, or PPO cannot
     *     handle its spaces
     */
    public PpoTrainer build() {
        if (MultiAgentEnvs.isRegistered(env())) {
            throw new IllegalArgumentException(
                    "'" + env() + "' has several agents, but build() makes a trainer for one."
                            + " Call buildMultiAgent() instead.");
        }
        return new PpoTrainer("ppo", this, Seeds.of(seed()), null);
    }

    /**
     * Makes the trainer for an environment with several agents, see {@link MultiAgentPpoTrainer}.
     *
     * @throws IllegalArgumentException as {@link #build}, or if policies and agents do not fit together
     */
    public MultiAgentPpoTrainer buildMultiAgent() {
        return new MultiAgentPpoTrainer("ppo", this, Seeds.of(seed()));
    }

    /** Returns the number of environments, over all workers. */
    public int totalEnvs() {
        return Math.max(1, numWorkers()) * numEnvsPerWorker();
    }

    /** Returns the steps that each environment is stepped in one iteration: the batch over the environments, rounded up. */
    public int rolloutFragmentLength() {
        return (trainBatchSize() + totalEnvs() - 1) / totalEnvs();
    }

    /** Returns the samples of one iteration: workers times environments times fragment. */
    public int samplesPerIteration() {
        return Math.multiplyExact(rolloutFragmentLength(), totalEnvs());
    }

    /** Returns the minibatches of one pass; the last one may be short and is trained like the others. */
    public int minibatches() {
        return (samplesPerIteration() + sgdMinibatchSize() - 1) / sgdMinibatchSize();
    }

    /** Returns the arithmetic of the batch in one line. */
    public String arithmetic() {
        int last = samplesPerIteration() - (minibatches() - 1) * sgdMinibatchSize();
        return Math.max(1, numWorkers()) + " worker(s) x " + numEnvsPerWorker() + " env(s) x " + rolloutFragmentLength()
                + " steps = " + samplesPerIteration() + " samples (train_batch_size " + trainBatchSize() + "); "
                + minibatches() + " minibatch(es) of " + sgdMinibatchSize() + " per pass"
                + (last == sgdMinibatchSize() ? "" : ", the last of " + last) + ", " + numSgdIter() + " pass(es)";
    }

    /** Returns {@code env}. */
    public String env() {
        return values.getString("env");
    }

    /** Returns {@code env_config}. */
    @SuppressWarnings("unchecked")
    public Map<String, Object> envConfig() {
        return (Map<String, Object>) values.get("env_config");
    }

    /** Sets {@code env_config}; what it does stands in {@link PpoParams}. */
    public PpoConfig envConfig(Map<String, ?> value) {
        return with("env_config", value);
    }

    /** Returns {@code seed}. */
    public long seed() {
        return values.getLong("seed");
    }

    /** Sets {@code seed}; what it does stands in {@link PpoParams}. */
    public PpoConfig seed(long value) {
        return with("seed", value);
    }

    /** Returns {@code num_workers}. */
    public int numWorkers() {
        return values.getInt("num_workers");
    }

    /** Sets {@code num_workers}; what it does stands in {@link PpoParams}. */
    public PpoConfig numWorkers(int value) {
        return with("num_workers", value);
    }

    /** Returns {@code num_envs_per_worker}. */
    public int numEnvsPerWorker() {
        return values.getInt("num_envs_per_worker");
    }

    /** Sets {@code num_envs_per_worker}; what it does stands in {@link PpoParams}. */
    public PpoConfig numEnvsPerWorker(int value) {
        return with("num_envs_per_worker", value);
    }

    /** Returns {@code restart_failed_sub_environments}. */
    public boolean restartFailedSubEnvironments() {
        return values.getBoolean("restart_failed_sub_environments");
    }

    /** Sets {@code restart_failed_sub_environments}; what it does stands in {@link PpoParams}. */
    public PpoConfig restartFailedSubEnvironments(boolean value) {
        return with("restart_failed_sub_environments", value);
    }

    /** Returns {@code env_step_timeout_s}. */
    public double envStepTimeoutS() {
        return values.getDouble("env_step_timeout_s");
    }

    /** Sets {@code env_step_timeout_s}; what it does stands in {@link PpoParams}. */
    public PpoConfig envStepTimeoutS(double value) {
        return with("env_step_timeout_s", value);
    }

    /** Returns {@code gamma}. */
    public double gamma() {
        return values.getDouble("gamma");
    }

    /** Sets {@code gamma}; what it does stands in {@link PpoParams}. */
    public PpoConfig gamma(double value) {
        return with("gamma", value);
    }

    /** Returns {@code lambda}. */
    public double lambda() {
        return values.getDouble("lambda");
    }

    /** Sets {@code lambda}; what it does stands in {@link PpoParams}. */
    public PpoConfig lambda(double value) {
        return with("lambda", value);
    }

    /** Returns {@code lr}. */
    public double lr() {
        return values.getDouble("lr");
    }

    /** Sets {@code lr}; what it does stands in {@link PpoParams}. */
    public PpoConfig lr(double value) {
        return with("lr", value);
    }

    /** Returns {@code lr_schedule}. */
    Schedule lrSchedule() {
        return Schedule.parse("lr_schedule", (List<?>) values.get("lr_schedule"));
    }

    /** Sets {@code lr_schedule}; what it does stands in {@link PpoParams}. */
    public PpoConfig lrSchedule(List<List<Double>> points) {
        return with("lr_schedule", points);
    }

    /** Returns {@code train_batch_size}. */
    public int trainBatchSize() {
        return values.getInt("train_batch_size");
    }

    /** Sets {@code train_batch_size}; what it does stands in {@link PpoParams}. */
    public PpoConfig trainBatchSize(int value) {
        return with("train_batch_size", value);
    }

    /** Returns {@code sgd_minibatch_size}. */
    public int sgdMinibatchSize() {
        return values.getInt("sgd_minibatch_size");
    }

    /** Sets {@code sgd_minibatch_size}; what it does stands in {@link PpoParams}. */
    public PpoConfig sgdMinibatchSize(int value) {
        return with("sgd_minibatch_size", value);
    }

    /** Returns {@code num_sgd_iter}. */
    public int numSgdIter() {
        return values.getInt("num_sgd_iter");
    }

    /** Sets {@code num_sgd_iter}; what it does stands in {@link PpoParams}. */
    public PpoConfig numSgdIter(int value) {
        return with("num_sgd_iter", value);
    }

    /** Returns {@code clip_param}. */
    public double clipParam() {
        return values.getDouble("clip_param");
    }

    /** Sets {@code clip_param}; what it does stands in {@link PpoParams}. */
    public PpoConfig clipParam(double value) {
        return with("clip_param", value);
    }

    /** Returns {@code clip_param_schedule}. */
    Schedule clipParamSchedule() {
        return Schedule.parse("clip_param_schedule", (List<?>) values.get("clip_param_schedule"));
    }

    /** Sets {@code clip_param_schedule}; what it does stands in {@link PpoParams}. */
    public PpoConfig clipParamSchedule(List<List<Double>> points) {
        return with("clip_param_schedule", points);
    }

    /** Returns {@code vf_clip_param}. */
    public double vfClipParam() {
        return values.getDouble("vf_clip_param");
    }

    /** Sets {@code vf_clip_param}; what it does stands in {@link PpoParams}. */
    public PpoConfig vfClipParam(double value) {
        return with("vf_clip_param", value);
    }

    /** Returns {@code vf_loss_coeff}. */
    public double vfLossCoeff() {
        return values.getDouble("vf_loss_coeff");
    }

    /** Sets {@code vf_loss_coeff}; what it does stands in {@link PpoParams}. */
    public PpoConfig vfLossCoeff(double value) {
        return with("vf_loss_coeff", value);
    }

    /** Returns {@code entropy_coeff}. */
    public double entropyCoeff() {
        return values.getDouble("entropy_coeff");
    }

    /** Sets {@code entropy_coeff}; what it does stands in {@link PpoParams}. */
    public PpoConfig entropyCoeff(double value) {
        return with("entropy_coeff", value);
    }

    /** Returns {@code entropy_coeff_schedule}. */
    Schedule entropyCoeffSchedule() {
        return Schedule.parse("entropy_coeff_schedule", (List<?>) values.get("entropy_coeff_schedule"));
    }

    /** Sets {@code entropy_coeff_schedule}; what it does stands in {@link PpoParams}. */
    public PpoConfig entropyCoeffSchedule(List<List<Double>> points) {
        return with("entropy_coeff_schedule", points);
    }

    /** Returns {@code kl_coeff}. */
    public double klCoeff() {
        return values.getDouble("kl_coeff");
    }

    /** Sets {@code kl_coeff}; what it does stands in {@link PpoParams}. */
    public PpoConfig klCoeff(double value) {
        return with("kl_coeff", value);
    }

    /** Returns {@code kl_target}. */
    public double klTarget() {
        return values.getDouble("kl_target");
    }

    /** Sets {@code kl_target}; what it does stands in {@link PpoParams}. */
    public PpoConfig klTarget(double value) {
        return with("kl_target", value);
    }

    /** Returns {@code target_kl}. */
    public double targetKl() {
        return values.getDouble("target_kl");
    }

    /** Sets {@code target_kl}; what it does stands in {@link PpoParams}. */
    public PpoConfig targetKl(double value) {
        return with("target_kl", value);
    }

    /** Returns {@code grad_clip}. */
    public double gradClip() {
        return values.getDouble("grad_clip");
    }

    /** Sets {@code grad_clip}; what it does stands in {@link PpoParams}. */
    public PpoConfig gradClip(double value) {
        return with("grad_clip", value);
    }

    /** Returns {@code normalize_advantage}. */
    public boolean normalizeAdvantage() {
        return values.getBoolean("normalize_advantage");
    }

    /** Sets {@code normalize_advantage}; what it does stands in {@link PpoParams}. */
    public PpoConfig normalizeAdvantage(boolean value) {
        return with("normalize_advantage", value);
    }

    /** Returns {@code adam_epsilon}. */
    public double adamEpsilon() {
        return values.getDouble("adam_epsilon");
    }

    /** Sets {@code adam_epsilon}; what it does stands in {@link PpoParams}. */
    public PpoConfig adamEpsilon(double value) {
        return with("adam_epsilon", value);
    }

    /** Returns {@code fcnet_hiddens}. */
    public List<Integer> fcnetHiddens() {
        return ((List<?>) values.get("fcnet_hiddens"))
                .stream().map(width -> ((Number) width).intValue()).toList();
    }

    /** Sets {@code fcnet_hiddens}; what it does stands in {@link PpoParams}. */
    public PpoConfig fcnetHiddens(List<Integer> widths) {
        return with("fcnet_hiddens", widths);
    }

    /** Returns {@code fcnet_activation}. */
    public String fcnetActivation() {
        return values.getString("fcnet_activation");
    }

    /** Sets {@code fcnet_activation}; what it does stands in {@link PpoParams}. */
    public PpoConfig fcnetActivation(String value) {
        return with("fcnet_activation", value);
    }

    /** Returns {@code vf_share_layers}. */
    public boolean vfShareLayers() {
        return values.getBoolean("vf_share_layers");
    }

    /** Sets {@code vf_share_layers}; what it does stands in {@link PpoParams}. */
    public PpoConfig vfShareLayers(boolean value) {
        return with("vf_share_layers", value);
    }

    /** Sets {@code framework}; what it does stands in {@link PpoParams}. */
    public PpoConfig framework(String value) {
        return with("framework", value);
    }

    /** Sets {@code conv_filters} to a network that is known, nature or small; what it does stands in {@link PpoParams}. */
    public PpoConfig convFilters(String name) {
        return with("conv_filters", name);
    }

    /** Sets {@code conv_filters} to a list of [filters, kernel, stride]; what it does stands in {@link PpoParams}. */
    public PpoConfig convFilters(List<List<Integer>> layers) {
        return with("conv_filters", layers);
    }

    /** Returns {@code conv_activation}. */
    public String convActivation() {
        return values.getString("conv_activation");
    }

    /** Sets {@code conv_activation}; what it does stands in {@link PpoParams}. */
    public PpoConfig convActivation(String value) {
        return with("conv_activation", value);
    }

    /** Returns {@code post_fcnet_hiddens}. */
    public List<Integer> postFcnetHiddens() {
        return ((List<?>) values.get("post_fcnet_hiddens"))
                .stream().map(width -> ((Number) width).intValue()).toList();
    }

    /** Sets {@code post_fcnet_hiddens}; what it does stands in {@link PpoParams}. */
    public PpoConfig postFcnetHiddens(List<Integer> value) {
        return with("post_fcnet_hiddens", value);
    }

    /** Returns {@code post_fcnet_activation}. */
    public String postFcnetActivation() {
        return values.getString("post_fcnet_activation");
    }

    /** Sets {@code post_fcnet_activation}; what it does stands in {@link PpoParams}. */
    public PpoConfig postFcnetActivation(String value) {
        return with("post_fcnet_activation", value);
    }

    /** Returns {@code custom_model}. */
    public String customModel() {
        return values.getString("custom_model");
    }

    /** Sets {@code custom_model}; what it does stands in {@link PpoParams}. */
    public PpoConfig customModel(String value) {
        return with("custom_model", value);
    }

    /** Returns {@code custom_model_config}. */
    @SuppressWarnings("unchecked")
    public Map<String, Object> customModelConfig() {
        return (Map<String, Object>) values.get("custom_model_config");
    }

    /** Sets {@code custom_model_config}; what it does stands in {@link PpoParams}. */
    public PpoConfig customModelConfig(Map<String, ?> value) {
        return with("custom_model_config", value);
    }

    /** Returns {@code use_lstm}. */
    public boolean useLstm() {
        return values.getBoolean("use_lstm");
    }

    /** Sets {@code use_lstm}; what it does stands in {@link PpoParams}. */
    public PpoConfig useLstm(boolean value) {
        return with("use_lstm", value);
    }

    /** Returns {@code lstm_cell_size}. */
    public int lstmCellSize() {
        return values.getInt("lstm_cell_size");
    }

    /** Sets {@code lstm_cell_size}; what it does stands in {@link PpoParams}. */
    public PpoConfig lstmCellSize(int value) {
        return with("lstm_cell_size", value);
    }

    /** Returns {@code max_seq_len}. */
    public int maxSeqLen() {
        return values.getInt("max_seq_len");
    }

    /** Sets {@code max_seq_len}; what it does stands in {@link PpoParams}. */
    public PpoConfig maxSeqLen(int value) {
        return with("max_seq_len", value);
    }

    /** Returns {@code num_gpus}. */
    public int numGpus() {
        return values.getInt("num_gpus");
    }

    /** Sets {@code num_gpus}; what it does stands in {@link PpoParams}. */
    public PpoConfig numGpus(int value) {
        return with("num_gpus", value);
    }

    /** Returns {@code log_std_init}. */
    public double logStdInit() {
        return values.getDouble("log_std_init");
    }

    /** Sets {@code log_std_init}; what it does stands in {@link PpoParams}. */
    public PpoConfig logStdInit(double value) {
        return with("log_std_init", value);
    }

    /** Returns {@code normalize_actions}. */
    public boolean normalizeActions() {
        return values.getBoolean("normalize_actions");
    }

    /** Sets {@code normalize_actions}; what it does stands in {@link PpoParams}. */
    public PpoConfig normalizeActions(boolean value) {
        return with("normalize_actions", value);
    }

    /** Returns {@code clip_actions}. */
    public boolean clipActions() {
        return values.getBoolean("clip_actions");
    }

    /** Sets {@code clip_actions}; what it does stands in {@link PpoParams}. */
    public PpoConfig clipActions(boolean value) {
        return with("clip_actions", value);
    }

    /** Returns {@code action_dist}. */
    public String actionDist() {
        return values.getString("action_dist");
    }

    /** Sets {@code action_dist}; what it does stands in {@link PpoParams}. */
    public PpoConfig actionDist(String value) {
        return with("action_dist", value);
    }

    /** Returns {@code use_gsde}. */
    public boolean useGsde() {
        return values.getBoolean("use_gsde");
    }

    /** Sets {@code use_gsde}; what it does stands in {@link PpoParams}. */
    public PpoConfig useGsde(boolean value) {
        return with("use_gsde", value);
    }

    /** Returns {@code sde_sample_freq}. */
    public int sdeSampleFreq() {
        return values.getInt("sde_sample_freq");
    }

    /** Sets {@code sde_sample_freq}; what it does stands in {@link PpoParams}. */
    public PpoConfig sdeSampleFreq(int value) {
        return with("sde_sample_freq", value);
    }

    BoxDistribution boxDistribution() {
        return BoxDistribution.parse(actionDist());
    }

    /** Returns {@code observation_filter}. */
    public String observationFilter() {
        return values.getString("observation_filter");
    }

    /** Sets {@code observation_filter}; what it does stands in {@link PpoParams}. */
    public PpoConfig observationFilter(String value) {
        return with("observation_filter", value);
    }

    /** Returns {@code clip_obs}. */
    public double clipObs() {
        return values.getDouble("clip_obs");
    }

    /** Sets {@code clip_obs}; what it does stands in {@link PpoParams}. */
    public PpoConfig clipObs(double value) {
        return with("clip_obs", value);
    }

    /** Returns {@code norm_reward}. */
    public boolean normReward() {
        return values.getBoolean("norm_reward");
    }

    /** Sets {@code norm_reward}; what it does stands in {@link PpoParams}. */
    public PpoConfig normReward(boolean value) {
        return with("norm_reward", value);
    }

    /** Returns {@code clip_reward}. */
    public double clipReward() {
        return values.getDouble("clip_reward");
    }

    /** Sets {@code clip_reward}; what it does stands in {@link PpoParams}. */
    public PpoConfig clipReward(double value) {
        return with("clip_reward", value);
    }

    /** Returns {@code evaluation_interval}. */
    public int evaluationInterval() {
        return values.getInt("evaluation_interval");
    }

    /** Sets {@code evaluation_interval}; what it does stands in {@link PpoParams}. */
    public PpoConfig evaluationInterval(int value) {
        return with("evaluation_interval", value);
    }

    /** Returns {@code evaluation_duration}. */
    public int evaluationDuration() {
        return values.getInt("evaluation_duration");
    }

    /** Sets {@code evaluation_duration}; what it does stands in {@link PpoParams}. */
    public PpoConfig evaluationDuration(int value) {
        return with("evaluation_duration", value);
    }

    /** Returns {@code evaluation_duration_unit}. */
    public String evaluationDurationUnit() {
        return values.getString("evaluation_duration_unit");
    }

    /** Sets {@code evaluation_duration_unit}; what it does stands in {@link PpoParams}. */
    public PpoConfig evaluationDurationUnit(String value) {
        return with("evaluation_duration_unit", value);
    }

    /** Returns {@code evaluation_num_workers}. */
    public int evaluationNumWorkers() {
        return values.getInt("evaluation_num_workers");
    }

    /** Sets {@code evaluation_num_workers}; what it does stands in {@link PpoParams}. */
    public PpoConfig evaluationNumWorkers(int value) {
        return with("evaluation_num_workers", value);
    }

    /** Returns {@code evaluation_parallel_to_training}. */
    public boolean evaluationParallelToTraining() {
        return values.getBoolean("evaluation_parallel_to_training");
    }

    /** Sets {@code evaluation_parallel_to_training}; what it does stands in {@link PpoParams}. */
    public PpoConfig evaluationParallelToTraining(boolean value) {
        return with("evaluation_parallel_to_training", value);
    }

    /** Returns {@code evaluation_config}. */
    @SuppressWarnings("unchecked")
    public Map<String, Object> evaluationConfig() {
        return (Map<String, Object>) values.get("evaluation_config");
    }

    /** Sets {@code evaluation_config}; what it does stands in {@link PpoParams}. */
    public PpoConfig evaluationConfig(Map<String, ?> value) {
        return with("evaluation_config", value);
    }

    /** Returns {@code metrics_num_episodes_for_smoothing}. */
    public int metricsNumEpisodesForSmoothing() {
        return values.getInt("metrics_num_episodes_for_smoothing");
    }

    /** Sets {@code metrics_num_episodes_for_smoothing}; what it does stands in {@link PpoParams}. */
    public PpoConfig metricsNumEpisodesForSmoothing(int value) {
        return with("metrics_num_episodes_for_smoothing", value);
    }

    /** Returns {@code policies}: a list of names, or a map from name to the settings that differ. */
    public Object policies() {
        return values.get("policies");
    }

    /** Sets {@code policies} to these, which do not differ in their settings. */
    public PpoConfig policies(List<String> names) {
        return with("policies", names);
    }

    /** Sets {@code policies}; each name stands with the settings in which that policy differs. */
    public PpoConfig policies(Map<String, ? extends Map<String, ?>> differing) {
        return with("policies", differing);
    }

    /** Returns {@code policy_mapping_fn}: a name, or a map from agent to policy. */
    public Object policyMappingFn() {
        return values.get("policy_mapping_fn");
    }

    /** Sets {@code policy_mapping_fn} to a name that {@link PolicyMappings} knows. */
    public PpoConfig policyMappingFn(String name) {
        return with("policy_mapping_fn", name);
    }

    /** Sets {@code policy_mapping_fn}: the policy of each agent. */
    public PpoConfig policyMappingFn(Map<String, String> policyOfAgent) {
        return with("policy_mapping_fn", policyOfAgent);
    }

    /** Returns {@code policies_to_train}; empty for all. */
    public List<String> policiesToTrain() {
        return ((List<?>) values.get("policies_to_train"))
                .stream().map(String::valueOf).toList();
    }

    /** Sets {@code policies_to_train}; what it does stands in {@link PpoParams}. */
    public PpoConfig policiesToTrain(List<String> names) {
        return with("policies_to_train", names);
    }

    /** Returns {@code callbacks}. */
    public String callbacks() {
        return values.getString("callbacks");
    }

    /** Sets {@code callbacks}; what it does stands in {@link PpoParams}. */
    public PpoConfig callbacks(String value) {
        return with("callbacks", value);
    }

    /** Returns {@code env_task_fn}. */
    public String envTaskFn() {
        return values.getString("env_task_fn");
    }

    /** Sets {@code env_task_fn}; what it does stands in {@link PpoParams}. */
    public PpoConfig envTaskFn(String value) {
        return with("env_task_fn", value);
    }

    /** Returns {@code output}. */
    public String output() {
        return values.getString("output");
    }

    /** Sets {@code output}; what it does stands in {@link PpoParams}. */
    public PpoConfig output(String value) {
        return with("output", value);
    }

    /** Returns {@code output_format}. */
    public String outputFormat() {
        return values.getString("output_format");
    }

    /** Sets {@code output_format}; what it does stands in {@link PpoParams}. */
    public PpoConfig outputFormat(String value) {
        return with("output_format", value);
    }

    /** Returns {@code output_max_file_size}. */
    public int outputMaxFileSize() {
        return values.getInt("output_max_file_size");
    }

    /** Sets {@code output_max_file_size}; what it does stands in {@link PpoParams}. */
    public PpoConfig outputMaxFileSize(int value) {
        return with("output_max_file_size", value);
    }

    /** Returns {@code episode_info_metrics}. */
    @SuppressWarnings("unchecked")
    public List<String> episodeInfoMetrics() {
        return (List<String>) values.get("episode_info_metrics");
    }

    /** Sets {@code episode_info_metrics}; what it does stands in {@link PpoParams}. */
    public PpoConfig episodeInfoMetrics(List<String> value) {
        return with("episode_info_metrics", value);
    }
}
