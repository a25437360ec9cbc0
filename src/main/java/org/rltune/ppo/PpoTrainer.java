package org.rltune.ppo;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.rltune.env.EnvException;
import org.rltune.env.EpisodeState;
import org.rltune.env.VectorEnv;
import org.rltune.env.VectorEnvs;
import org.rltune.nn.ActionDistribution;
import org.rltune.nn.ActorCritic;
import org.rltune.nn.Adam;
import org.rltune.nn.Kernels;
import org.rltune.nn.Mlp;
import org.rltune.nn.MlpConfig;
import org.rltune.offline.TrajectoryLog;
import org.rltune.policy.ActionScaling;
import org.rltune.policy.Distributions;
import org.rltune.policy.MeanStdFilter;
import org.rltune.policy.ModelConfig;
import org.rltune.policy.NetworkProviders;
import org.rltune.policy.NetworkSize;
import org.rltune.policy.Policy;
import org.rltune.policy.Preprocessor;
import org.rltune.random.Pcg64;
import org.rltune.random.Seeds;
import org.rltune.rollout.Gae;
import org.rltune.rollout.RewardScaling;
import org.rltune.rollout.RolloutBatch;
import org.rltune.rollout.RolloutWorker;
import org.rltune.space.Space;
import org.rltune.tune.Iteration;
import org.rltune.tune.Trainable;
import org.rltune.tune.TrainableSpec;
import org.rltune.tune.space.HyperParams;

/**
 * Proximal policy optimisation (Schulman et al. 2017, arXiv:1707.06347): collects experience with its rollout workers,
 * estimates advantages, and improves the network, one iteration after the other.
 *
 * <pre>{@code
 * try (PpoTrainer trainer = PpoConfig.of("CartPole-v1").build()) {
 *     for (int i = 0; i < 50; i++) {
 *         System.out.println(trainer.train().metrics().get("episode_reward_mean"));
 *     }
 *     trainer.policy().save(Path.of("cartpole-policy"));
 * }
 * }</pre>
 *
 * <p>Every stream of random numbers is named by what it is for, the iteration and the environment, so that nothing but
 * counters needs saving and the number of threads changes nothing.
 */
public final class PpoTrainer implements Trainable {
    /** PPO as {@code Tune.run("PPO", ...)} knows it. */
    public static final TrainableSpec SPEC = new PpoSpec();

    private final String trialId;
    private final Seeds seeds;
    private final Policy policy;
    private final Adam adam;
    private final PpoLearner learner;
    private final List<RolloutWorker> workers = new ArrayList<>();
    private final RolloutBatch batch;
    private final EpisodeWindow window = new EpisodeWindow();
    private final RunningStatistics running;
    private final WorkerRuns runs;
    private final Divergence divergence;
    private final PeriodicEvaluation<Policy> evaluation;
    private final PpoExtensions extensions;
    private PpoConfig config;
    private PpoProgress progress;

    /**
     * Makes a trainer; {@link PpoConfig#build()} is the usual way.
     *
     * @param trialId names the trainer in errors
     * @param seeds the only source of its randomness
     * @param folder the trial's, for trajectories; null outside of a tuner
     */
    PpoTrainer(String trialId, PpoConfig config, Seeds seeds, @Nullable Path folder) {
        this.trialId = trialId;
        this.config = config.check();
        this.seeds = seeds;
        this.progress = PpoProgress.start(config.klCoeff());
        this.runs = new WorkerRuns(trialId, config.envStepTimeoutS());
        List<VectorEnv> envs = runs.make(config.totalEnvs(), () -> makeEnvs(config, seeds));
        VectorEnv first = envs.get(0);
        this.policy = makePolicy(config, first.observationSpace(), first.actionSpace(), seeds.stream("init"));
        this.adam = new Adam(Kernels.best(), policy.network().parameters().length, config.adamEpsilon());
        this.learner = new PpoLearner(policy.network(), policy.distribution(), adam);
        this.batch = new RolloutBatch(
                config.totalEnvs(),
                policy.network().observationSize(),
                policy.distribution().actionSize(),
                policy.distribution().inputs());
        this.divergence = new Divergence(trialId, batch, policy.network());
        this.extensions = extend(envs, folder);
        runs.make(config.totalEnvs(), () -> makeWorkers(envs));
        extensions.attach();
        this.running = new RunningStatistics(policy, workers);
        this.evaluation = PeriodicEvaluation.of(config, seeds);
    }

    private PpoExtensions extend(List<VectorEnv> envs, @Nullable Path folder) {
        try {
            VectorEnv first = envs.get(0);
            TrajectoryLog log = OutputSettings.log(
                    config, trialId, folder, seeds, first, policy.distribution().actionSize());
            return new PpoExtensions(config, trialId, first, workers, log);
        } catch (RuntimeException | Error e) {
            WorkerRuns.close(envs, e);
            throw e;
        }
    }

    private List<RolloutWorker> makeWorkers(List<VectorEnv> envs) {
        try {
            for (VectorEnv env : envs) {
                RewardScaling rewards =
                        config.normReward() ? new RewardScaling(env.numEnvs(), config.clipReward()) : null;
                RolloutWorker worker = new RolloutWorker(env, policy, rewards, workers.size() * env.numEnvs());
                worker.exploreSmoothly(config.sdeSampleFreq());
                worker.cutSequences(config.maxSeqLen());
                workers.add(worker);
            }
            return workers;
        } catch (RuntimeException | Error e) {
            WorkerRuns.close(envs, e);
            throw e;
        }
    }

    private static List<VectorEnv> makeEnvs(PpoConfig config, Seeds seeds) {
        int count = Math.max(1, config.numWorkers());
        // As in RLlib, index 0 is the trainer itself, which collects where there are no workers; workers count from 1.
        int firstIndex = config.numWorkers() == 0 ? 0 : 1;
        List<VectorEnv> envs = new ArrayList<>();
        try {
            for (int i = 0; i < count; i++) {
                envs.add(VectorEnvs.ofWorker(
                        config.env(),
                        config.envConfig(),
                        config.numEnvsPerWorker(),
                        firstIndex + i,
                        config.numWorkers(),
                        seeds,
                        config.restartFailedSubEnvironments()));
            }
            VectorEnv first = envs.get(0);
            config.checkSpaces(first.observationSpace(), first.actionSpace());
            return envs;
        } catch (RuntimeException | Error e) {
            WorkerRuns.close(envs, e);
            throw e;
        }
    }

    static Policy makePolicy(PpoConfig config, Space<?> observationSpace, Space<?> actionSpace, Pcg64 random) {
        ActionDistribution distribution = Distributions.of(actionSpace, config.boxDistribution());
        Preprocessor preprocessor = new Preprocessor(observationSpace, actionSpace);
        NetworkSize size = new NetworkSize(
                preprocessor.features(), distribution.inputs() - distribution.logStds(), distribution.logStds());
        ActorCritic network = makeNetwork(config, size, observationSpace, random);
        boolean filtered = config.observationFilter().equals(MeanStdFilter.NAME);
        return new Policy(
                observationSpace,
                actionSpace,
                network,
                new ActionScaling(
                        actionSpace, config.normalizeActions(), config.clipActions(), config.boxDistribution()),
                filtered ? new MeanStdFilter(preprocessor.filtered(), config.clipObs()) : null);
    }

    private static ActorCritic makeNetwork(PpoConfig config, NetworkSize size, Space<?> observations, Pcg64 random) {
        ModelConfig model = config.model();
        if (!config.framework().equals(PpoConfig.RLTUNE)) {
            return NetworkProviders.of(config.framework())
                    .create(model, size, observations, config.logStdInit(), config.numGpus(), random);
        }
        Mlp network = new Mlp(new MlpConfig(
                size.features(),
                size.headOutputs(),
                model.fcnetHiddens(),
                model.fcnetActivation(),
                model.vfShareLayers(),
                size.logStds(),
                config.useGsde()));
        network.initialize(random, config.logStdInit());
        return network;
    }

    @Override
    public Iteration train() {
        long start = System.nanoTime();
        batch.resize(config.rolloutFragmentLength());
        double gamma = config.gamma();
        evaluation.begin(policy, progress.iteration() + 1);
        running.begin(gamma);
        extensions.begin(batch, progress.iteration() + 1);
        collect();
        running.merge();
        extensions.collected(batch);
        long collected = System.nanoTime();
        double lambda = config.lambda();
        Gae.compute(batch, gamma, lambda);
        OptionalDouble explained = ExplainedVariance.of(batch);
        PpoLearner.Settings settings = PpoSettings.read(config, progress.lineageTimesteps(), progress.klCoeff());
        extensions.learning(policy, batch);
        LearnerStats stats = divergence.checked(
                progress.iteration() + 1,
                () -> learner.update(batch, settings, seeds.stream("shuffle", progress.iteration())));
        Map<String, Object> learnerStats = stats.metrics(settings);
        extensions.learned(policy, learnerStats);
        long learned = System.nanoTime();

        List<RolloutWorker.Episode> ended = endedEpisodes();
        window.add(ended, config.metricsNumEpisodesForSmoothing());
        progress = progress.after(batch.rows(), ended.size(), nextKlCoeff(stats));

        Map<String, Object> metrics = new LinkedHashMap<>();
        metrics.put("training_iteration", progress.iteration());
        metrics.put("timesteps_total", progress.timesteps());
        metrics.put("episodes_total", progress.episodes());
        metrics.put("timesteps_this_iter", batch.rows());
        metrics.put("episodes_this_iter", ended.size());
        if (config.restartFailedSubEnvironments()) {
            metrics.put(
                    "num_faulty_episodes",
                    workers.stream().mapToLong(RolloutWorker::faultyEpisodes).sum());
        }
        metrics.putAll(window.metrics());
        metrics.putAll(learnerStats);
        explained.ifPresent(value -> metrics.put("vf_explained_var", value));
        metrics.putAll(PpoSettings.current(settings));
        evaluation.end(policy, progress.iteration());
        if (evaluation.on()) {
            metrics.put("evaluation", evaluation.latest());
        }
        extensions.result(metrics);
        putTimes(metrics, collected - start, learned - collected, System.nanoTime() - learned);
        return new Iteration(metrics, PpoSettings.inForce(config, settings, gamma, lambda));
    }

    private void collect() {
        int envs = config.numEnvsPerWorker();
        List<Pcg64[]> streams = IntStream.range(0, workers.size())
                .mapToObj(w -> actionStreams(w * envs, envs))
                .toList();
        runs.run(workers, w -> workers.get(w).collect(batch, streams.get(w)));
    }

    private Pcg64[] actionStreams(int first, int count) {
        return IntStream.range(first, first + count)
                .mapToObj(env -> seeds.stream("actions", progress.iteration(), env))
                .toArray(Pcg64[]::new);
    }

    private List<RolloutWorker.Episode> endedEpisodes() {
        return workers.stream()
                .flatMap(worker -> worker.episodes().stream())
                .sorted(Comparator.comparingInt(RolloutWorker.Episode::step)
                        .thenComparingInt(RolloutWorker.Episode::env))
                .toList();
    }

    private double nextKlCoeff(LearnerStats stats) {
        return config.klCoeff() > 0
                ? KlController.next(progress.klCoeff(), stats.meanKl(), config.klTarget())
                : progress.klCoeff();
    }

    private void putTimes(Map<String, Object> metrics, long sampleNanos, long learnNanos, long evaluationNanos) {
        double env = workers.stream().mapToLong(RolloutWorker::envNanos).sum();
        double inference =
                workers.stream().mapToLong(RolloutWorker::inferenceNanos).sum();
        Map<String, Object> timers = new LinkedHashMap<>();
        timers.put("env_s", env / 1e9);
        timers.put("inference_s", inference / 1e9);
        timers.put("sample_s", sampleNanos / 1e9);
        timers.put("learn_s", learnNanos / 1e9);
        if (evaluation.on()) {
            timers.put("evaluation_s", evaluationNanos / 1e9);
        }
        timers.put("steps_per_s", batch.rows() * 1e9 / (sampleNanos + learnNanos));
        metrics.put("timers", timers);
    }

    /** Returns the policy as it stands; it changes as training goes on. */
    public Policy policy() {
        return policy;
    }

    /** Returns the settings in force from the next iteration on. */
    public PpoConfig config() {
        return config;
    }

    /**
     * Plays episodes with the most probable actions, in an environment of its own, each from a seed of its own. The
     * same call on the same weights plays the same episodes; training is not affected.
     *
     * @param episodes how many, at least 1
     */
    public Evaluation evaluate(int episodes) {
        return Evaluator.play(config, policy, seeds, episodes);
    }

    @Override
    public Map<String, byte[]> save() {
        Map<String, byte[]> files =
                PpoCheckpoint.write(config, policy, adam, progress, window, workers, running, evaluation);
        extensions.save(files);
        return files;
    }

    @Override
    public void restore(Map<String, byte[]> files) {
        PpoCheckpoint saved = PpoCheckpoint.read(files, config.totalEnvs(), policy.network());
        takeOver(saved);
        progress = saved.progress();
        List<EpisodeState> episodes = extensions.restore(files, saved.episodes());
        int perWorker = config.numEnvsPerWorker();
        try {
            runs.run(workers, w -> workers.get(w).restore(episodes.subList(w * perWorker, (w + 1) * perWorker)));
        } catch (IllegalArgumentException | EnvException e) {
            throw new IllegalArgumentException(
                    trialId + ": the running episodes in " + PpoCheckpoint.EPISODES + " cannot be repeated: "
                            + e.getMessage() + ". The file is damaged, or the environment has changed. Take another"
                            + " checkpoint.",
                    e);
        }
        running.restoreReturns(saved.rewardScaling());
        for (int w = 0; w < workers.size(); w++) {
            workers.get(w)
                    .restoreMemory(
                            saved.memory(), w * perWorker * policy.network().stateSize());
        }
    }

    @Override
    public void adopt(Map<String, byte[]> donorFiles) {
        PpoCheckpoint donor = PpoCheckpoint.read(donorFiles, config.totalEnvs(), policy.network());
        takeOver(donor);
        progress = progress.adopting(donor.progress());
        extensions.adopt(donorFiles);
        // The donor's policy begins with episodes of its own, so that no return mixes two policies.
        runs.run(workers, w -> workers.get(w).restart());
    }

    private void takeOver(PpoCheckpoint saved) {
        // What can still be refused comes first, so that a refusal changes nothing.
        policy.restoreFilter(saved.files());
        running.restore(saved.rewardScaling());
        saved.weightsInto(policy.network().parameters());
        saved.optimiserInto(adam);
        window.restore(saved.window());
        evaluation.restore(saved.evaluation());
    }

    @Override
    public void configure(HyperParams changed) {
        PpoConfig next = config.changedWhileAlive(trialId, changed);
        if (next.klCoeff() != config.klCoeff()) {
            progress = progress.withKlCoeff(next.klCoeff());
        }
        config = next;
    }

    @Override
    public void close() {
        runs.run(workers, w -> workers.get(w).close());
        evaluation.close();
    }
}
