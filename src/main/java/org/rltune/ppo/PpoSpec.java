package org.rltune.ppo;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.rltune.env.Env;
import org.rltune.env.EnvContext;
import org.rltune.env.Envs;
import org.rltune.env.MultiAgentEnv;
import org.rltune.env.MultiAgentEnvs;
import org.rltune.random.Pcg64;
import org.rltune.random.Seeds;
import org.rltune.tune.Trainable;
import org.rltune.tune.TrainableSpec;
import org.rltune.tune.TrialContext;
import org.rltune.tune.space.Constraint;
import org.rltune.tune.space.Domain;
import org.rltune.tune.space.HyperParams;
import org.rltune.tune.space.SearchSpace;

/** PPO as a trainable: how it is made from a trial's hyperparameters, and what is checked before anything starts. */
final class PpoSpec implements TrainableSpec {
    private static final int PROBES = 64;
    private static final char PATH = '/';

    @Override
    public String name() {
        return "PPO";
    }

    @Override
    public Trainable create(TrialContext context) {
        PpoConfig config = PpoConfig.fromMap(context.config().nested());
        Seeds seeds = context.config().contains("seed") ? Seeds.of(config.seed()) : context.seeds();
        return MultiAgentEnvs.isRegistered(config.env())
                ? new MultiAgentPpoTrainer(context.trialId(), config, seeds)
                : new PpoTrainer(context.trialId(), config, seeds, context.folder());
    }

    /** Adds the default of the one batch size where only the other is set or tuned. */
    @Override
    public SearchSpace complete(SearchSpace space) {
        SearchSpace complete = space;
        for (String name : List.of("train_batch_size", "sgd_minibatch_size")) {
            if (!space.names().contains(name)) {
                complete = complete.with(name, PpoParams.get(name).standard());
            }
        }
        return complete;
    }

    @Override
    public Set<String> fixed() {
        return PpoParams.all().stream()
                .filter(PpoParam::fixed)
                .map(PpoParam::name)
                .collect(Collectors.toUnmodifiableSet());
    }

    @Override
    public List<Constraint> constraints() {
        return List.of(Constraint.atMost("sgd_minibatch_size", "train_batch_size"));
    }

    @Override
    public void check(SearchSpace space) {
        PpoConfig constants = constants(space);
        Callbacks.episodeMetrics(constants, Callbacks.make(constants.callbacks()));
        OutputSettings.check(constants);
        if (space.domains().keySet().stream().noneMatch(name -> PpoConfig.MODEL.contains(root(name)))) {
            constants.checkModel();
        }
        space.domains().forEach((name, domain) -> {
            if (name.indexOf(PATH) < 0) {
                checkDomain(PpoParams.get(name), domain);
            } else {
                checkParts(PpoParams.get(root(name)), space);
            }
        });
        for (String name : List.of("lr", "clip_param", "entropy_coeff")) {
            Object schedule = space.constants().get(name + "_schedule");
            if (space.domains().containsKey(name) && schedule instanceof List<?> points && !points.isEmpty()) {
                throw new IllegalArgumentException(
                        name + " is tuned (" + space.domains().get(name) + "), but " + name
                                + "_schedule would be in force instead. Remove one of the two.");
            }
        }
        if (!space.domains().containsKey("env")) {
            checkEnv(constants, space.domains().keySet());
        }
    }

    /** Returns the settings that are constant; one of which parts are tuned stands there with a sample of these. */
    private static PpoConfig constants(SearchSpace space) {
        Set<String> tuned = space.domains().keySet().stream()
                .filter(name -> name.indexOf(PATH) >= 0)
                .map(PpoSpec::root)
                .collect(Collectors.toUnmodifiableSet());
        Map<String, Object> settings = new LinkedHashMap<>(space.constants());
        if (!tuned.isEmpty()) {
            settings.keySet().removeIf(name -> tuned.contains(root(name)));
            HyperParams sample = space.sample(Seeds.of(0), 0);
            tuned.stream().sorted().filter(sample::contains).forEach(name -> settings.put(name, sample.get(name)));
        }
        return PpoConfig.fromMap(HyperParams.of(settings).nested());
    }

    /** Returns the setting of which a path names a part. */
    private static String root(String path) {
        return path.indexOf(PATH) < 0 ? path : path.substring(0, path.indexOf(PATH));
    }

    private static void checkParts(PpoParam param, SearchSpace space) {
        for (int i = 0; i < PROBES; i++) {
            HyperParams sample = space.sample(Seeds.of(0), i);
            if (sample.contains(param.name())) {
                param.accept(sample.get(param.name()));
            }
        }
    }

    /** Both ends of a domain and some draws must be values that PPO accepts. */
    private static void checkDomain(PpoParam param, Domain domain) {
        Pcg64 random = new Pcg64(0);
        if (domain instanceof Domain.SampleFrom) {
            return; // its values depend on others; they are checked when a trial is made
        }
        for (int i = 0; i < PROBES; i++) {
            Object value = domain.sample(random, HyperParams.empty());
            accept(param, domain, value);
            if (value instanceof Number) {
                accept(param, domain, domain.clamp(-Double.MAX_VALUE));
                accept(param, domain, domain.clamp(Double.MAX_VALUE));
            }
        }
    }

    private static void accept(PpoParam param, Domain domain, Object value) {
        try {
            param.accept(value);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    domain + " of " + param.name() + " reaches outside what PPO accepts: " + e.getMessage(), e);
        }
    }

    private static void checkEnv(PpoConfig config, Set<String> tuned) {
        if (config.env().isEmpty()) {
            throw new IllegalArgumentException("env is missing in the config: PPO needs the registered id of an"
                    + " environment. Maybe .put(\"env\", \"CartPole-v1\")?");
        }
        EnvContext context = new EnvContext(config.envConfig(), 0, 0, config.numWorkers());
        if (MultiAgentEnvs.isRegistered(config.env())) {
            try (MultiAgentEnv env = MultiAgentEnvs.make(MultiAgentEnvs.spec(config.env()), context)) {
                PolicyPlan plan = PolicyPlan.of(config, env.possibleAgents());
                plan.checkTuned(tuned);
                AgentSpaces.of(config.env(), env).check(plan, config);
            }
            return;
        }
        try (Env<?, ?> env = Envs.make(config.env(), context)) {
            config.checkSpaces(env.observationSpace(), env.actionSpace());
            Curriculum.check(config, env.task());
        }
    }

    /** Custom metrics, too: callbacks may not set them in the first iteration. */
    @Override
    public Set<String> lateMetrics(SearchSpace space) {
        PpoConfig config = constants(space);
        PpoCallbacks callbacks = Callbacks.make(config.callbacks());
        Set<String> late = new TreeSet<>(lateMetrics());
        for (String name : Callbacks.episodeMetrics(config, callbacks)) {
            for (String ending : List.of("_mean", "_min", "_max")) {
                late.add(PpoExtensions.CUSTOM_METRICS + PATH + name + ending);
            }
        }
        callbacks.resultMetrics().forEach(name -> late.add(PpoExtensions.CUSTOM_METRICS + PATH + name));
        if (MultiAgentEnvs.isRegistered(config.env())) {
            policies(config).forEach(policy -> addLate(policy, late));
        }
        return late;
    }

    private static List<String> policies(PpoConfig config) {
        EnvContext context = new EnvContext(config.envConfig(), 0, 0, config.numWorkers());
        try (MultiAgentEnv env = MultiAgentEnvs.make(MultiAgentEnvs.spec(config.env()), context)) {
            return PolicyPlan.of(config, env.possibleAgents()).names();
        }
    }

    /** A policy may act in no episode that ended, or have no sample that was completed, in the first iteration. */
    private static void addLate(String policy, Set<String> late) {
        for (String name : List.of("policy_reward_mean", "policy_reward_min", "policy_reward_max")) {
            late.add(name + PATH + policy);
            late.add("evaluation" + PATH + name + PATH + policy);
        }
        for (String name : LearnerStats.NAMES) {
            late.add("policy" + PATH + policy + PATH + name);
        }
        late.add("policy" + PATH + policy + PATH + "vf_explained_var");
    }

    /** Returns exist when an episode has ended (one of evaluation: within its duration), the explained variance where they differ. */
    @Override
    public Set<String> lateMetrics() {
        return Set.of(
                "episode_reward_mean",
                "episode_reward_min",
                "episode_reward_max",
                "episode_len_mean",
                "vf_explained_var",
                "evaluation/episode_reward_mean",
                "evaluation/episode_reward_min",
                "evaluation/episode_reward_max",
                "evaluation/episode_len_mean");
    }

    @Override
    public List<String> exceptionsToReproducibility(SearchSpace space) {
        PpoConfig config = constants(space);
        List<String> exceptions = new ArrayList<>();
        double timeout = config.envStepTimeoutS();
        if (timeout > 0) {
            exceptions.add("env_step_timeout_s is " + timeout + ": whether a trial fails by it depends on the clock");
        }
        if (mayUseDjl(space, config)) {
            exceptions.add(
                    "PPO with framework djl: PyTorch's sums differ in the last bits between machines and versions; the"
                            + " networks repeat their bits on one machine only");
        }
        return exceptions;
    }

    private static boolean mayUseDjl(SearchSpace space, PpoConfig config) {
        return !config.framework().equals(PpoConfig.RLTUNE)
                || PolicyPlan.anyUsesDjl(config)
                || Stream.of("framework", "conv_filters", "custom_model", "num_gpus")
                        .anyMatch(space.domains()::containsKey);
    }

    @Override
    public List<String> preflight(SearchSpace space) {
        PpoConfig config = constants(space);
        Map<String, Domain> domains = space.domains();
        List<String> lines = new ArrayList<>();
        String workers = Math.max(1, config.numWorkers()) + " worker(s) x " + config.numEnvsPerWorker() + " env(s)";
        if (domains.containsKey("train_batch_size") || domains.containsKey("sgd_minibatch_size")) {
            lines.add("Each trial: " + workers + " x fragment = train_batch_size "
                    + words(domains, config, "train_batch_size") + ", rounded up to a multiple of "
                    + config.totalEnvs());
            lines.add("Each pass: ceil(batch / sgd_minibatch_size) minibatches, sgd_minibatch_size "
                    + words(domains, config, "sgd_minibatch_size") + ", no sample dropped; num_sgd_iter "
                    + words(domains, config, "num_sgd_iter") + " passes");
        } else {
            lines.add("Each trial: " + config.arithmetic());
        }
        return lines;
    }

    private static String words(Map<String, Domain> domains, PpoConfig config, String name) {
        Domain domain = domains.get(name);
        return domain == null ? String.valueOf(config.values().get(name)) : domain.toString();
    }
}
