package org.rltune.ppo;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ForkJoinTask;
import java.util.function.IntConsumer;
import org.rltune.check.Suggest;
import org.rltune.env.AgentEpisodes;
import org.rltune.env.EnvContext;
import org.rltune.env.EnvException;
import org.rltune.env.MultiAgentEnv;
import org.rltune.env.MultiAgentEnvSpec;
import org.rltune.env.MultiAgentEnvs;
import org.rltune.policy.Policy;
import org.rltune.random.Pcg64;
import org.rltune.random.Seeds;
import org.rltune.rollout.MultiAgentWorker;
import org.rltune.rollout.OpenSample;
import org.rltune.rollout.RolloutWorker;
import org.rltune.space.Space;
import org.rltune.tune.Iteration;
import org.rltune.tune.Trainable;
import org.rltune.tune.space.HyperParams;

/**
 * PPO for environments with several agents ({@link MultiAgentEnv}): one policy for all of them, one for each, or any mapping
 * of agents to policies, of which some may only act.
 *
 * <pre>{@code
 * PpoConfig config = PpoConfig.of("TicTacToe-v0").policyMappingFn("by_agent");
 * try (MultiAgentPpoTrainer trainer = config.buildMultiAgent()) {
 *     trainer.train();
 *     trainer.policy("x").save(Path.of("x-policy"));
 * }
 * }</pre>
 *
 * <p>Each policy learns from its own samples by {@link PpoLearner}, as {@link PpoTrainer}'s does; with one agent it comes to
 * the same bits. {@code train_batch_size} counts steps of the environment.
 */
public final class MultiAgentPpoTrainer implements Trainable {
    private final String trialId;
    private final Seeds seeds;
    private final List<String> agents;
    private final List<Space<?>> observationSpaces;
    private final List<Space<?>> actionSpaces;
    private final PolicyPlan plan;
    private final List<NamedPolicy> policies = new ArrayList<>();
    private final List<MultiAgentWorker> workers = new ArrayList<>();
    private final EpisodeWindow window = new EpisodeWindow();
    private final AgentReturnWindow agentReturns = new AgentReturnWindow();
    private final PeriodicEvaluation<Map<String, Policy>> evaluation;
    private PpoConfig config;
    private PpoProgress progress = PpoProgress.start(0);
    private long agentTimesteps;

    /**
     * Makes a trainer; {@link PpoConfig#buildMultiAgent()} is the usual way.
     *
     * @param trialId names the trainer in errors
     * @param seeds the only source of its randomness
     */
    MultiAgentPpoTrainer(String trialId, PpoConfig config, Seeds seeds) {
        this.trialId = trialId;
        this.config = config.check();
        this.seeds = seeds;
        List<List<AgentEpisodes>> envs = new ArrayList<>();
        try {
            makeEnvs(envs);
            AgentEpisodes first = envs.get(0).get(0);
            agents = first.agents();
            observationSpaces = new ArrayList<>();
            actionSpaces = new ArrayList<>();
            for (int a = 0; a < agents.size(); a++) {
                observationSpaces.add(first.observationSpace(a));
                actionSpaces.add(first.actionSpace(a));
            }
            plan = PolicyPlan.of(config, agents);
            makePolicies(new AgentSpaces(config.env(), agents, observationSpaces, actionSpaces));
            for (List<AgentEpisodes> own : envs) {
                MultiAgentWorker worker =
                        new MultiAgentWorker(own, workers.size() * config.numEnvsPerWorker(), this::map);
                policies.forEach(policy -> worker.add(policy.policy, policy.learns));
                workers.add(worker);
            }
            EvaluationSettings settings = EvaluationSettings.of(config);
            evaluation = new PeriodicEvaluation<>(
                    settings,
                    new MultiAgentEvaluator(config.env(), settings, seeds, episode -> names(0, episode)),
                    MultiAgentPpoTrainer::copies);
        } catch (RuntimeException | Error e) {
            envs.forEach(own -> WorkerRuns.close(own, e));
            throw e;
        }
    }

    private static Map<String, Policy> copies(Map<String, Policy> policies) {
        Map<String, Policy> copies = new LinkedHashMap<>();
        policies.forEach((name, policy) -> copies.put(name, Policy.fromFiles(policy.files())));
        return copies;
    }

    private Map<String, Policy> byName() {
        Map<String, Policy> byName = new LinkedHashMap<>();
        policies.forEach(policy -> byName.put(policy.name, policy.policy));
        return byName;
    }

    private void makeEnvs(List<List<AgentEpisodes>> made) {
        MultiAgentEnvSpec spec = MultiAgentEnvs.spec(config.env());
        int limit = spec.maxEpisodeSteps().orElse(0);
        // As in RLlib, index 0 is the trainer itself, which collects where there are no workers; workers count from 1.
        int firstIndex = config.numWorkers() == 0 ? 0 : 1;
        for (int w = 0; w < Math.max(1, config.numWorkers()); w++) {
            int index = firstIndex + w;
            List<AgentEpisodes> own = new ArrayList<>();
            made.add(own);
            for (int e = 0; e < config.numEnvsPerWorker(); e++) {
                EnvContext context = new EnvContext(config.envConfig(), index, e, config.numWorkers());
                MultiAgentEnv env = MultiAgentEnvs.make(spec, context);
                own.add(new AgentEpisodes(spec.id(), index, e, env, limit, seeds.series("episode", index, e)));
                List<String> first = made.get(0).get(0).agents();
                if (!own.get(e).agents().equals(first)) {
                    throw new EnvException(
                            own.get(e) + " has other agents than the first one, " + first
                                    + ". Environments of one id have the same agents",
                            null);
                }
            }
        }
    }

    private void makePolicies(AgentSpaces spaces) {
        List<String> names = plan.names();
        int[] agentOf = spaces.agentOf(names, plan, this::names);
        for (int p = 0; p < names.size(); p++) {
            String name = names.get(p);
            policies.add(make(name, name, plan.learns(name), agentOf[p], seedsOf(p)));
        }
    }

    private NamedPolicy make(String name, String like, boolean learns, int agent, Seeds own) {
        PpoConfig settings = plan.config(like, config);
        settings.checkPolicySpaces(observationSpaces.get(agent), actionSpaces.get(agent));
        return new NamedPolicy(
                trialId, name, like, learns, settings, observationSpaces.get(agent), actionSpaces.get(agent), own);
    }

    /** The first policy has the streams of a trainer that has no other; so one agent comes to the bits of PpoTrainer. */
    private Seeds seedsOf(int policy) {
        return policy == 0 ? seeds : seeds.child("policy", policy);
    }

    /** Asks the mapping for the names of the policies in an episode. */
    private List<String> names(int env, long episode) {
        List<String> present = policies.isEmpty()
                ? plan.names()
                : policies.stream().map(policy -> policy.name).toList();
        return plan.assign(
                agents, new PolicyMapping.Episode(env, episode, present, seeds.stream("mapping", env, episode)));
    }

    private int[] map(int env, long episode) {
        List<String> chosen = names(env, episode);
        int[] numbers = new int[chosen.size()];
        for (int a = 0; a < numbers.length; a++) {
            numbers[a] = number(chosen.get(a));
            Policy policy = policies.get(numbers[a]).policy;
            if (!fits(policy, a)) {
                throw new IllegalArgumentException("policy_mapping_fn maps the agent '" + agents.get(a) + "' to '"
                        + chosen.get(a) + "', but the agent's spaces are " + observationSpaces.get(a) + " and "
                        + actionSpaces.get(a) + ", and those of the policy " + policy.observationSpace() + " and "
                        + policy.actionSpace() + ". Map agents with different spaces to different policies.");
            }
        }
        return numbers;
    }

    private boolean fits(Policy policy, int agent) {
        return policy.observationSpace().equals(observationSpaces.get(agent))
                && policy.actionSpace().equals(actionSpaces.get(agent));
    }

    private int number(String name) {
        for (int p = 0; p < policies.size(); p++) {
            if (policies.get(p).name.equals(name)) {
                return p;
            }
        }
        throw new IllegalArgumentException(
                "There is no policy '" + name + "'. Policies: " + policies() + "." + Suggest.nearest(name, policies()));
    }

    @Override
    public Iteration train() {
        long start = System.nanoTime();
        int steps = config.rolloutFragmentLength();
        evaluation.begin(byName(), progress.iteration() + 1);
        onWorkers(w -> workers.get(w).collect(steps, streams(w)));
        for (int p = 0; p < policies.size(); p++) {
            policies.get(p).mergeFilters(workers, p);
        }
        long collected = System.nanoTime();
        PpoLearner.Settings whole = PpoSettings.read(config, progress.lineageTimesteps(), config.klCoeff());
        Map<String, Object> byPolicy = new LinkedHashMap<>();
        for (int p = 0; p < policies.size(); p++) {
            NamedPolicy policy = policies.get(p);
            Map<String, Object> metrics = new LinkedHashMap<>();
            metrics.put("learns", policy.learns);
            if (policy.learns) {
                metrics.putAll(policy.learn(
                        plan.config(policy.like, config),
                        workers,
                        p,
                        progress.iteration() + 1,
                        progress.lineageTimesteps(),
                        seedsOf(p)));
            }
            byPolicy.put(policy.name, metrics);
        }
        long learned = System.nanoTime();
        return new Iteration(
                metrics(steps, byPolicy, collected - start, learned - collected),
                PpoSettings.inForce(config, whole, config.gamma(), config.lambda()));
    }

    /** The first agent has the stream of its environment, so that one agent draws as PpoTrainer does. */
    private Pcg64[][] streams(int worker) {
        int envs = config.numEnvsPerWorker();
        Pcg64[][] streams = new Pcg64[envs][agents.size()];
        for (int e = 0; e < envs; e++) {
            int env = worker * envs + e;
            streams[e][0] = seeds.stream("actions", progress.iteration(), env);
            for (int a = 1; a < agents.size(); a++) {
                streams[e][a] = seeds.stream("actions", progress.iteration(), env, a);
            }
        }
        return streams;
    }

    private void onWorkers(IntConsumer what) {
        if (workers.size() == 1) {
            what.accept(0);
            return;
        }
        List<ForkJoinTask<?>> tasks = new ArrayList<>();
        for (int w = 0; w < workers.size(); w++) {
            int number = w;
            tasks.add(ForkJoinTask.adapt(() -> what.accept(number)));
        }
        ForkJoinTask.invokeAll(tasks);
    }

    private Map<String, Object> metrics(int steps, Map<String, Object> byPolicy, long sampleNanos, long learnNanos) {
        List<MultiAgentWorker.Episode> ended = workers.stream()
                .flatMap(worker -> worker.episodes().stream())
                .sorted(Comparator.comparingInt((MultiAgentWorker.Episode episode) ->
                                episode.of().step())
                        .thenComparingInt(episode -> episode.of().env()))
                .toList();
        int smoothing = config.metricsNumEpisodesForSmoothing();
        List<RolloutWorker.Episode> whole =
                ended.stream().map(MultiAgentWorker.Episode::of).toList();
        window.add(whole, smoothing);
        agentReturns.add(ended, policies(), smoothing);
        int envSteps = steps * config.totalEnvs();
        long agentSteps =
                workers.stream().mapToLong(MultiAgentWorker::agentSteps).sum();
        progress = progress.after(envSteps, ended.size(), 0);
        agentTimesteps += agentSteps;

        Map<String, Object> metrics = new LinkedHashMap<>();
        metrics.put("training_iteration", progress.iteration());
        metrics.put("timesteps_total", progress.timesteps());
        metrics.put("episodes_total", progress.episodes());
        metrics.put("agent_timesteps_total", agentTimesteps);
        metrics.put("timesteps_this_iter", envSteps);
        metrics.put("episodes_this_iter", ended.size());
        metrics.putAll(window.metrics());
        metrics.putAll(agentReturns.metrics(policies()));
        metrics.put("policy", byPolicy);
        long evaluating = System.nanoTime();
        evaluation.end(byName(), progress.iteration());
        if (evaluation.on()) {
            metrics.put("evaluation", evaluation.latest());
        }
        Map<String, Object> timers = new LinkedHashMap<>();
        timers.put(
                "env_s", workers.stream().mapToLong(MultiAgentWorker::envNanos).sum() / 1e9);
        timers.put(
                "inference_s",
                workers.stream().mapToLong(MultiAgentWorker::inferenceNanos).sum() / 1e9);
        timers.put("sample_s", sampleNanos / 1e9);
        timers.put("learn_s", learnNanos / 1e9);
        if (evaluation.on()) {
            timers.put("evaluation_s", (System.nanoTime() - evaluating) / 1e9);
        }
        timers.put("steps_per_s", envSteps * 1e9 / (sampleNanos + learnNanos));
        metrics.put("timers", timers);
        return metrics;
    }

    /** Returns the names of all policies, those that were added last. */
    public List<String> policies() {
        return policies.stream().map(policy -> policy.name).toList();
    }

    /**
     * Returns a policy as it stands; it changes as training goes on.
     *
     * @throws IllegalArgumentException if there is none of this name
     */
    public Policy policy(String name) {
        return policies.get(number(name)).policy;
    }

    /**
     * Adds a policy that acts but does not learn: a copy of another one as it stands. It is one of
     * {@link PolicyMapping.Episode#policies} in episodes that begin from now on, and it stands in checkpoints.
     *
     * @param name letters, digits, _ and -
     * @param copyOf the policy to copy, whose settings it has too
     * @throws IllegalArgumentException if the name is taken, or there is no such policy
     */
    public void addPolicy(String name, String copyOf) {
        PolicyPlan.checkName(name);
        if (policies().contains(name)) {
            throw new IllegalArgumentException(
                    "There is a policy '" + name + "' already. Choose another name, or call copyPolicy.");
        }
        NamedPolicy original = policies.get(number(copyOf));
        addLike(name, original.like).copyFrom(original);
    }

    private NamedPolicy addLike(String name, String like) {
        NamedPolicy configured = policies.get(number(like));
        NamedPolicy added = new NamedPolicy(
                trialId,
                name,
                like,
                false,
                plan.config(like, config),
                configured.policy.observationSpace(),
                configured.policy.actionSpace(),
                seeds.child("added"));
        policies.add(added);
        workers.forEach(worker -> worker.add(added.policy, false));
        return added;
    }

    /**
     * Gives one policy the weights and the filter of another one as it stands; the optimiser begins anew.
     *
     * @throws IllegalArgumentException if there is no such policy, or their networks differ
     */
    public void copyPolicy(String from, String to) {
        NamedPolicy source = policies.get(number(from));
        NamedPolicy target = policies.get(number(to));
        if (!source.policy.network().describe().equals(target.policy.network().describe())) {
            throw new IllegalArgumentException("The networks of '" + from + "' and '" + to + "' differ: "
                    + source.policy.network().describe() + " and "
                    + target.policy.network().describe() + ". Only equal networks can be copied.");
        }
        target.copyFrom(source);
    }

    /** Returns the settings in force from the next iteration on. */
    public PpoConfig config() {
        return config;
    }

    /**
     * Plays episodes with the most probable actions, in an environment of its own, each from a seed of its own, with the
     * policies that the mapping names for environment 0. Training is not affected.
     *
     * @param episodes how many, at least 1
     * @return returns of all agents together
     */
    public Evaluation evaluate(int episodes) {
        return MultiAgentEvaluator.play(config, seeds, episodes, episode -> names(0, episode), byName());
    }

    @Override
    public Map<String, byte[]> save() {
        List<MultiAgentWorker.Standing> standings =
                workers.stream().flatMap(worker -> worker.save().stream()).toList();
        List<OpenSample> open = workers.stream()
                .flatMap(worker -> worker.openSamples().stream())
                .toList();
        return MultiAgentCheckpoint.write(
                config, progress, agentTimesteps, policies, window, agentReturns, standings, open, evaluation);
    }

    @Override
    public void restore(Map<String, byte[]> files) {
        MultiAgentCheckpoint saved = read(files);
        takeOver(saved);
        progress = saved.progress();
        agentTimesteps = saved.agentTimesteps();
        int perWorker = config.numEnvsPerWorker();
        try {
            onWorkers(w -> workers.get(w)
                    .restore(saved.standings().subList(w * perWorker, (w + 1) * perWorker), saved.open()));
        } catch (IllegalArgumentException | EnvException e) {
            throw new IllegalArgumentException(
                    trialId + ": the running episodes cannot be repeated from " + PpoCheckpoint.TRAINER + ", "
                            + PpoCheckpoint.EPISODES + " and " + MultiAgentCheckpoint.OPEN + ": " + e.getMessage()
                            + ". A file is damaged, or the environment has changed. Take another checkpoint.",
                    e);
        }
    }

    @Override
    public void adopt(Map<String, byte[]> donorFiles) {
        MultiAgentCheckpoint donor = read(donorFiles);
        takeOver(donor);
        progress = progress.adopting(donor.progress());
        // The donor's policies begin with episodes of their own, so that no return mixes two sets of policies.
        onWorkers(w -> workers.get(w).restart());
    }

    /** Reads the files and finds everything wrong that can be found, so that a refusal changes nothing. */
    private MultiAgentCheckpoint read(Map<String, byte[]> files) {
        MultiAgentCheckpoint saved = MultiAgentCheckpoint.read(files, config.totalEnvs(), agents.size());
        List<String> names = saved.policies().stream()
                .map(MultiAgentCheckpoint.SavedPolicy::name)
                .toList();
        int configured = plan.names().size();
        if (names.size() < configured || !names.subList(0, configured).equals(plan.names())) {
            throw new IllegalArgumentException(PpoCheckpoint.TRAINER + ": holds the policies " + names
                    + ", but the trainer has " + plan.names() + ". Set policies and policy_mapping_fn as they were.");
        }
        for (MultiAgentCheckpoint.SavedPolicy policy : saved.policies()) {
            if (!PolicyPlan.mayBeNamed(policy.name())
                    || !plan.names().contains(policy.like())
                    || Collections.frequency(names, policy.name()) > 1) {
                throw PpoCheckpoint.damaged(
                        PpoCheckpoint.TRAINER,
                        "the policy '" + policy.name() + "', like '" + policy.like() + "', is not one of "
                                + plan.names() + " or a copy of one, with a name of its own");
            }
            Policy own = policies.get(number(policy.like())).policy;
            own.checkFilter(policy.files());
            int parameters = own.network().parameters().length;
            if (policy.weights().length != parameters) {
                throw PpoCheckpoint.damaged(
                        policy.name() + "." + PpoCheckpoint.WEIGHTS,
                        "it has " + policy.weights().length + " numbers, not " + parameters);
            }
        }
        for (MultiAgentWorker.Standing standing : saved.standings()) {
            for (int a = 0; a < agents.size(); a++) {
                MultiAgentCheckpoint.SavedPolicy acting = saved.policies().get(standing.policy()[a]);
                if (!fits(policies.get(number(acting.like())).policy, a)) {
                    throw PpoCheckpoint.damaged(
                            PpoCheckpoint.TRAINER,
                            "running_policies lets '" + acting.name() + "' act for '" + agents.get(a)
                                    + "', which has other spaces");
                }
            }
        }
        return saved;
    }

    private void takeOver(MultiAgentCheckpoint saved) {
        int configured = plan.names().size();
        policies.subList(configured, policies.size()).clear();
        workers.forEach(worker -> worker.removeFrom(configured));
        for (MultiAgentCheckpoint.SavedPolicy policy :
                saved.policies().subList(configured, saved.policies().size())) {
            addLike(policy.name(), policy.like());
        }
        // What can still be refused comes first.
        for (int p = 0; p < policies.size(); p++) {
            policies.get(p).policy.restoreFilter(saved.policies().get(p).files());
        }
        for (int p = 0; p < policies.size(); p++) {
            NamedPolicy own = policies.get(p);
            MultiAgentCheckpoint.SavedPolicy from = saved.policies().get(p);
            System.arraycopy(from.weights(), 0, own.policy.network().parameters(), 0, from.weights().length);
            int n = from.weights().length;
            own.adam.restore(
                    Arrays.copyOf(from.moments(), n), Arrays.copyOfRange(from.moments(), n, 2 * n), from.adamSteps());
            own.klCoeff(from.klCoeff());
        }
        window.restore(saved.window());
        agentReturns.restore(saved.agentReturns());
        evaluation.restore(saved.evaluation());
    }

    @Override
    public void configure(HyperParams changed) {
        PpoConfig next = config.changedWhileAlive(trialId, changed);
        for (NamedPolicy policy : policies) {
            double before = plan.config(policy.like, config).klCoeff();
            PpoConfig own = plan.config(policy.like, next).check();
            if (own.klCoeff() != before) {
                policy.klCoeff(own.klCoeff());
            }
        }
        config = next;
    }

    @Override
    public void close() {
        workers.forEach(MultiAgentWorker::close);
        evaluation.close();
    }
}
