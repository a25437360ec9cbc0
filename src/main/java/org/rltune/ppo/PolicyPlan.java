package org.rltune.ppo;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.rltune.check.Suggest;
import org.rltune.tune.space.HyperParams;

/** Which policies a multi-agent trainer has, the settings of each, and who acts for whom; read from a {@link PpoConfig}. */
final class PolicyPlan {
    static final String DEFAULT_POLICY = "default_policy";

    /** They become names of files. */
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_-]*");

    private static final List<String> FOR_AGENTS = List.of("policies", "policy_mapping_fn", "policies_to_train");

    /** Settings in which one policy may differ from the others. */
    private static final Set<String> OWN = new TreeSet<>(Set.of(
            "gamma",
            "lambda",
            "lr",
            "lr_schedule",
            "sgd_minibatch_size",
            "num_sgd_iter",
            "clip_param",
            "clip_param_schedule",
            "vf_clip_param",
            "vf_loss_coeff",
            "entropy_coeff",
            "entropy_coeff_schedule",
            "kl_coeff",
            "kl_target",
            "target_kl",
            "grad_clip",
            "normalize_advantage",
            "adam_epsilon",
            "framework",
            "conv_filters",
            "conv_activation",
            "post_fcnet_hiddens",
            "post_fcnet_activation",
            "custom_model",
            "custom_model_config",
            "fcnet_hiddens",
            "fcnet_activation",
            "vf_share_layers",
            "log_std_init",
            "normalize_actions",
            "clip_actions",
            "action_dist",
            "observation_filter",
            "clip_obs"));

    /** Settings of the whole trainer that it knows. */
    private static final Set<String> WHOLE = Set.of(
            "env",
            "env_config",
            "seed",
            "num_workers",
            "num_envs_per_worker",
            "train_batch_size",
            "sde_sample_freq",
            "clip_reward",
            "lstm_cell_size",
            "max_seq_len",
            "evaluation_interval",
            "evaluation_config",
            "evaluation_parallel_to_training",
            "evaluation_duration",
            "evaluation_duration_unit",
            "evaluation_num_workers",
            "metrics_num_episodes_for_smoothing",
            "policies",
            "policy_mapping_fn",
            "policies_to_train");

    private final Map<String, Map<String, Object>> differing;
    private final Set<String> trained;
    private final PolicyMapping mapping;
    private final boolean fixed; // whether every agent has the same policy in every episode

    private PolicyPlan(
            Map<String, Map<String, Object>> differing, Set<String> trained, PolicyMapping mapping, boolean fixed) {
        this.differing = differing;
        this.trained = trained;
        this.mapping = mapping;
        this.fixed = fixed;
    }

    /**
     * Reads the plan for an environment with these agents.
     *
     * @throws IllegalArgumentException if names do not fit together, or a setting is not for several agents
     */
    static PolicyPlan of(PpoConfig config, List<String> agents) {
        for (PpoParam param : PpoParams.all()) {
            Object value = config.values().get(param.name());
            if (!OWN.contains(param.name()) && !WHOLE.contains(param.name()) && !value.equals(param.standard())) {
                throw new IllegalArgumentException(param.name() + " is " + value + ", but training several agents ('"
                        + config.env() + "') does not know it. Leave it out: its default is " + param.standard() + ".");
            }
        }
        Object mapping = config.policyMappingFn();
        Map<String, Map<String, Object>> given = given(config.policies());
        PolicyPlan plan = mapping instanceof Map<?, ?> map
                ? ofMap(map, given, agents, config)
                : ofName(String.valueOf(mapping), given, agents, config);
        for (String name : plan.differing.keySet()) {
            checkName(name);
            plan.config(name, config).check();
        }
        return plan;
    }

    static boolean mayBeNamed(String name) {
        return NAME.matcher(name).matches();
    }

    /** Checks the name of a policy, which becomes part of the names of files. */
    static void checkName(String name) {
        if (!mayBeNamed(name)) {
            throw new IllegalArgumentException("A policy is named '" + name
                    + "', but names of policies have letters, digits, _ and - only, because files are named after them."
                    + " Choose another name; with policy_mapping_fn by_agent it is the agent's.");
        }
    }

    private static Map<String, Map<String, Object>> given(Object policies) {
        Map<String, Map<String, Object>> given = new LinkedHashMap<>();
        if (policies instanceof Map<?, ?> map) {
            map.forEach((name, settings) -> {
                Map<String, Object> own = new LinkedHashMap<>();
                ((Map<?, ?>) settings).forEach((key, value) -> own.put(String.valueOf(key), value));
                given.put(String.valueOf(name), own);
            });
        } else {
            for (Object name : (List<?>) policies) {
                if (given.put(String.valueOf(name), Map.of()) != null) {
                    throw new IllegalArgumentException(
                            "policies is " + policies + ", which names '" + name + "' twice. Name it once.");
                }
            }
        }
        return given;
    }

    private static PolicyPlan ofName(
            String name, Map<String, Map<String, Object>> given, List<String> agents, PpoConfig config) {
        if (name.equals(PolicyMappings.SHARED)) {
            if (given.size() > 1) {
                throw new IllegalArgumentException("policies has " + given.keySet() + ", but policy_mapping_fn is"
                        + " shared: one policy acts for all agents. Set policy_mapping_fn to by_agent, to a map from"
                        + " agent to policy, or to a registered name.");
            }
            String only =
                    given.isEmpty() ? DEFAULT_POLICY : given.keySet().iterator().next();
            return complete(given, List.of(only), config, (agent, episode) -> only, true);
        }
        if (name.equals(PolicyMappings.BY_AGENT)) {
            for (String policy : given.keySet()) {
                if (!agents.contains(policy)) {
                    throw new IllegalArgumentException("policies has '" + policy + "', but policy_mapping_fn is"
                            + " by_agent: policies are named as the agents, " + agents + "."
                            + Suggest.nearest(policy, agents));
                }
            }
            return complete(given, agents, config, (agent, episode) -> agent, true);
        }
        PolicyMapping mapping = PolicyMappings.get(name);
        if (given.isEmpty()) {
            throw new IllegalArgumentException("policies is empty, but policy_mapping_fn is '" + name
                    + "', a function, which says nothing of the policies that there are. Name them in policies.");
        }
        return complete(given, new ArrayList<>(given.keySet()), config, mapping, false);
    }

    private static PolicyPlan ofMap(
            Map<?, ?> map, Map<String, Map<String, Object>> given, List<String> agents, PpoConfig config) {
        Map<String, String> policyOf = new LinkedHashMap<>();
        map.forEach((agent, policy) -> policyOf.put(String.valueOf(agent), String.valueOf(policy)));
        for (String agent : policyOf.keySet()) {
            if (!agents.contains(agent)) {
                throw new IllegalArgumentException("policy_mapping_fn maps the agent '" + agent + "', but '"
                        + config.env() + "' has the agents " + agents + "." + Suggest.nearest(agent, agents));
            }
        }
        Set<String> used = new LinkedHashSet<>();
        for (String agent : agents) {
            String policy = policyOf.get(agent);
            if (policy == null) {
                throw new IllegalArgumentException("policy_mapping_fn is " + map
                        + ", which has no policy for the agent '" + agent + "'. Map every agent of " + agents + ".");
            }
            used.add(policy);
        }
        for (String policy : given.keySet()) {
            if (!used.contains(policy)) {
                throw new IllegalArgumentException("policies has '" + policy + "', but policy_mapping_fn is " + map
                        + ", so that it acts for nobody. Remove it, or map an agent to it."
                        + Suggest.nearest(policy, used));
            }
        }
        PolicyMapping mapping = (agent, episode) -> String.valueOf(policyOf.get(agent));
        return complete(given, new ArrayList<>(used), config, mapping, true);
    }

    private static PolicyPlan complete(
            Map<String, Map<String, Object>> given,
            List<String> names,
            PpoConfig config,
            PolicyMapping mapping,
            boolean fixed) {
        Map<String, Map<String, Object>> all = new LinkedHashMap<>();
        names.forEach(name -> all.put(name, given.getOrDefault(name, Map.of())));
        Set<String> trained = new LinkedHashSet<>(config.policiesToTrain());
        for (String name : trained) {
            if (!all.containsKey(name)) {
                throw new IllegalArgumentException("policies_to_train has '" + name + "', but the policies are "
                        + all.keySet() + "." + Suggest.nearest(name, all.keySet()));
            }
        }
        return new PolicyPlan(all, trained.isEmpty() ? new LinkedHashSet<>(names) : trained, mapping, fixed);
    }

    /**
     * Checks settings in which one policy differs.
     *
     * @throws IllegalArgumentException for a name that is unknown or not a policy's own, or a value that breaks its rule
     */
    static void checkOwn(String policy, Map<?, ?> settings) {
        settings.forEach((key, value) -> {
            PpoParam param = PpoParams.get(String.valueOf(key));
            if (!OWN.contains(param.name())) {
                throw new IllegalArgumentException("policies/" + policy + " sets " + param.name() + ", but policies may"
                        + " differ in " + OWN + " only. Set it for the whole trainer.");
            }
            param.accept(value);
        });
    }

    /** Refuses settings that are for several agents, where there is one. */
    static void checkSingle(PpoConfig config) {
        for (String name : FOR_AGENTS) {
            Object value = config.values().get(name);
            if (!value.equals(PpoParams.get(name).standard())) {
                throw new IllegalArgumentException(name + " is " + value + ", but it is for environments with several"
                        + " agents, and '" + config.env() + "' has one. Remove it, or register the environment by"
                        + " MultiAgentEnvs.register.");
            }
        }
    }

    /**
     * Refuses a setting that is tuned without any effect, because every policy that learns sets its own.
     *
     * @param tuned names of tuned settings
     */
    void checkTuned(Set<String> tuned) {
        for (String name : tuned) {
            if (trained.stream().allMatch(policy -> settings(policy).containsKey(name))) {
                throw new IllegalArgumentException(name + " is tuned, but every policy that learns sets its own, so"
                        + " that it would have no effect. Tune policies/NAME/" + name + ", or remove one of the two.");
            }
        }
    }

    private Map<String, Object> settings(String policy) {
        return differing.getOrDefault(policy, Map.of());
    }

    /** Returns the names of all policies. */
    List<String> names() {
        return List.copyOf(differing.keySet());
    }

    boolean learns(String policy) {
        return trained.contains(policy);
    }

    /** Returns the settings of one policy. */
    PpoConfig config(String policy, PpoConfig whole) {
        return whole.with(HyperParams.of(settings(policy)));
    }

    /**
     * Asks the mapping for the policies of an episode.
     *
     * @return one name for each agent, all of them present
     * @throws IllegalArgumentException if it names a policy that is not
     */
    List<String> assign(List<String> agents, PolicyMapping.Episode asked) {
        List<String> chosen = new ArrayList<>();
        for (String agent : agents) {
            String name = mapping.policyFor(agent, asked);
            if (name == null || !asked.policies().contains(name)) {
                throw new IllegalArgumentException("policy_mapping_fn maps the agent '" + agent + "' to '" + name
                        + "' in episode " + asked.number() + " of environment " + asked.env()
                        + ", but the policies are " + asked.policies() + "."
                        + (name == null ? "" : Suggest.nearest(name, asked.policies())));
            }
            chosen.add(name);
        }
        return chosen;
    }

    /** Whether some policy that differs from the others in its network uses DJL. */
    static boolean anyUsesDjl(PpoConfig config) {
        return config.policies() instanceof Map<?, ?> map
                && given(map).values().stream()
                        .anyMatch(own ->
                                !config.with(HyperParams.of(own)).framework().equals(PpoConfig.RLTUNE));
    }

    /** Whether agents keep their policies from one episode to the next. */
    boolean fixed() {
        return fixed;
    }
}
