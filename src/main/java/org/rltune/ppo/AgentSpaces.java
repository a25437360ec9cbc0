package org.rltune.ppo;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.rltune.env.MultiAgentEnv;
import org.rltune.random.Pcg64;
import org.rltune.space.Space;

/** The spaces of an environment's agents, and from them those of policies. */
record AgentSpaces(String env, List<String> agents, List<Space<?>> observations, List<Space<?>> actions) {
    /** Episodes of the first environment for which a mapping that is a function is asked. */
    private static final int PROBES = 100;

    /** Reads the spaces of an environment's agents. */
    static AgentSpaces of(String id, MultiAgentEnv env) {
        List<String> agents = env.possibleAgents();
        List<Space<?>> observations = new ArrayList<>();
        List<Space<?>> actions = new ArrayList<>();
        for (String agent : agents) {
            observations.add(env.observationSpace(agent));
            actions.add(env.actionSpace(agent));
        }
        return new AgentSpaces(id, agents, observations, actions);
    }

    /**
     * Checks that every policy of a plan can handle the spaces of its agents.
     *
     * @throws IllegalArgumentException if one cannot, or acts for agents with different spaces
     */
    void check(PolicyPlan plan, PpoConfig config) {
        List<String> policies = plan.names();
        int[] agentOf = agentOf(
                policies,
                plan,
                (number, episode) ->
                        plan.assign(agents, new PolicyMapping.Episode(number, episode, policies, new Pcg64(episode))));
        for (int p = 0; p < agentOf.length; p++) {
            plan.config(policies.get(p), config)
                    .checkPolicySpaces(observations.get(agentOf[p]), actions.get(agentOf[p]));
        }
    }

    /** Names the policies of an episode's agents. */
    interface Names {
        List<String> of(int env, long episode);
    }

    /**
     * Returns for each of these policies the number of an agent that it acts for.
     *
     * @throws IllegalArgumentException if it acts for agents with different spaces, or it cannot be found out
     */
    int[] agentOf(List<String> policies, PolicyPlan plan, Names names) {
        Map<String, Integer> found = new LinkedHashMap<>();
        boolean alike = true;
        for (int a = 1; a < agents.size(); a++) {
            alike &= same(0, a);
        }
        for (int episode = 0; !alike && episode < (plan.fixed() ? 1 : PROBES); episode++) {
            List<String> chosen = names.of(0, episode);
            for (int a = 0; a < chosen.size(); a++) {
                Integer other = found.putIfAbsent(chosen.get(a), a);
                if (other != null && !same(other, a)) {
                    throw new IllegalArgumentException("The policy '" + chosen.get(a) + "' is to act for '"
                            + agents.get(other) + "' and '" + agents.get(a) + "' of '" + env
                            + "', but their spaces differ: " + spaces(other) + ", and " + spaces(a)
                            + ". Map them to different policies by policy_mapping_fn, such as by_agent.");
                }
            }
        }
        int[] agentOf = new int[policies.size()];
        for (int p = 0; p < agentOf.length; p++) {
            Integer agent = found.get(policies.get(p));
            if (agent == null && !alike) {
                throw new IllegalArgumentException("The agents of '" + env + "' have different spaces, and"
                        + " policy_mapping_fn maps none to the policy '" + policies.get(p) + "' in the first " + PROBES
                        + " episodes, so that its spaces are unknown. Remove it from policies, or map an agent to it.");
            }
            agentOf[p] = agent == null ? 0 : agent;
        }
        return agentOf;
    }

    private boolean same(int a, int b) {
        return observations.get(a).equals(observations.get(b)) && actions.get(a).equals(actions.get(b));
    }

    private String spaces(int a) {
        return observations.get(a) + " with actions " + actions.get(a);
    }
}
