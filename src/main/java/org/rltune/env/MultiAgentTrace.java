package org.rltune.env;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.rltune.random.Pcg64;
import org.rltune.space.Discrete;
import org.rltune.space.Mask;
import org.rltune.space.Space;
import org.rltune.space.Streams;

/** Random episodes of an environment with several agents: what they answered, looked at for {@link MultiAgentEnvChecker}. */
final class MultiAgentTrace {
    private static final String MASK = "action_mask";

    private final MultiAgentEnv env;
    private final Findings findings;
    private final List<String> names;
    private final List<String> answers = new ArrayList<>();
    private final Set<String> gone = new LinkedHashSet<>();
    private final Set<String> waiting = new LinkedHashSet<>();
    private boolean fine = true;

    MultiAgentTrace(MultiAgentEnv env, Findings findings) {
        this.env = env;
        this.findings = findings;
        this.names = List.copyOf(env.possibleAgents());
    }

    /** Plays so many steps, the first episode from a seed; returns whether it came to an end of its own. */
    boolean play(long seed, int steps, boolean look) {
        Pcg64 random = new Pcg64(seed);
        Map<String, Object> seen = Map.of();
        boolean over = true;
        for (int step = 1; step <= steps && fine; step++) {
            if (over) {
                String where = answers.isEmpty() ? "reset(" + seed + ")" : "reset()";
                Long given = answers.isEmpty() ? (Long) seed : null;
                MultiAgentReset[] begun = new MultiAgentReset[1];
                if (!findings.attempt(EnvRule.RESET_FAILS, where, () -> begun[0] = env.reset(given, Map.of()))) {
                    return false;
                }
                MultiAgentReset first = begun[0];
                gone.clear();
                waiting.clear();
                if (first == null) {
                    findings.report(EnvRule.RESULT_NULL, where, "the result is null");
                    return false;
                }
                seen = first.observations();
                observed(where, seen, look);
                if (seen.isEmpty()) {
                    findings.report(EnvRule.NOBODY_ACTS, where, "nobody has an observation");
                }
                answers.add(where + " gives " + shown(seen));
                if (!fine) {
                    return false;
                }
            }
            String where = "step " + step;
            Map<String, Object> actions = actions(seen, random);
            waiting.addAll(actions.keySet());
            MultiAgentStep[] held = new MultiAgentStep[1];
            if (!findings.attempt(EnvRule.STEP_FAILS, where, () -> held[0] = env.step(actions))) {
                return false;
            }
            MultiAgentStep result = held[0];
            if (result == null) {
                findings.report(EnvRule.RESULT_NULL, where, "the result is null");
                return false;
            }
            look(where, result, look);
            answers.add(where + " gives " + shown(result.observations()) + ", " + inOrder(result.rewards())
                    + ", terminated " + inOrder(result.terminated()) + ", truncated " + inOrder(result.truncated()));
            over = result.allEnded() || gone.size() == names.size();
            seen = left(result.observations());
        }
        return fine;
    }

    private Map<String, Object> left(Map<String, Object> observations) {
        Map<String, Object> left = new LinkedHashMap<>(observations);
        left.keySet().removeAll(gone);
        return left;
    }

    private Map<String, Object> actions(Map<String, Object> seen, Pcg64 random) {
        Map<String, Object> actions = new LinkedHashMap<>();
        for (String name : names) {
            if (seen.containsKey(name)) {
                actions.put(name, action(env.actionSpace(name), seen.get(name), random));
            }
        }
        return actions;
    }

    /** A random action, among those that a mask in the observation allows. */
    private static Object action(Space<?> space, @Nullable Object observation, Pcg64 random) {
        if (space instanceof Discrete discrete
                && observation instanceof Map<?, ?> parts
                && parts.get(MASK) instanceof byte[] mask) {
            int[] flags = new int[mask.length];
            Arrays.setAll(flags, i -> mask[i] != 0 ? 1 : 0);
            return discrete.sample(Streams.shared(random), Mask.of(flags));
        }
        return space.sample(random);
    }

    private void look(String where, MultiAgentStep result, boolean look) {
        known(where, "a reward", result.rewards().keySet());
        result.rewards().forEach((name, reward) -> {
            if (reward == null || !Double.isFinite(reward)) {
                findings.report(EnvRule.REWARD_NOT_FINITE, where, "the reward of " + name + " is " + reward);
            }
        });
        known(where, "'terminated'", withoutAll(result.terminated()));
        known(where, "'truncated'", withoutAll(result.truncated()));
        observed(where, result.observations(), look);
        for (String name : names) {
            boolean terminated =
                    result.terminated().contains(name) || result.terminated().contains(MultiAgentEnv.ALL);
            boolean waits = waiting.contains(name) && !result.observations().containsKey(name);
            if (result.ended(name)
                    && !terminated
                    && waits
                    && !gone.contains(name)
                    && env.observe(name).isEmpty()) {
                findings.report(
                        EnvRule.FINAL_OBSERVATION_MISSING,
                        where,
                        name + " is truncated after it acted, without an observation");
                fine = false;
            }
            if (result.ended(name)) {
                gone.add(name);
            }
        }
        waiting.removeAll(result.observations().keySet());
    }

    private static Set<String> withoutAll(Set<String> names) {
        Set<String> left = new LinkedHashSet<>(names);
        left.remove(MultiAgentEnv.ALL);
        return left;
    }

    private void known(String where, String what, Set<String> given) {
        for (String name : given) {
            if (!names.contains(name)) {
                findings.report(
                        EnvRule.AGENT_UNKNOWN,
                        where,
                        "there is " + what + " for '" + name + "', but the agents are " + names);
                fine = false;
            } else if (gone.contains(name)) {
                findings.report(
                        EnvRule.AGENT_GONE, where, "there is " + what + " for " + name + ", who has ended before");
                fine = false;
            }
        }
    }

    private void observed(String where, Map<String, Object> observations, boolean look) {
        known(where, "an observation", observations.keySet());
        for (String name : names) {
            if (!look || !fine || !observations.containsKey(name)) {
                continue;
            }
            Object value = observations.get(name);
            if (value == null) {
                findings.report(EnvRule.RESULT_NULL, where, "the observation of " + name + " is null");
                fine = false;
                continue;
            }
            String wrong = env.observationSpace(name).violationOf(value);
            if (wrong != null) {
                findings.report(EnvRule.OBSERVATION_OUTSIDE, where, name + ": " + wrong);
                fine = false;
            }
        }
    }

    /** Maps and sets of the environment may have any order; what they hold counts. */
    private String inOrder(Map<String, Double> rewards) {
        Map<String, Object> ordered = new LinkedHashMap<>();
        names.stream().filter(rewards::containsKey).forEach(name -> ordered.put(name, rewards.get(name)));
        return ordered.toString();
    }

    private static String inOrder(Set<String> ended) {
        return ended.stream().sorted().toList().toString();
    }

    private String shown(Map<String, Object> observations) {
        StringBuilder text = new StringBuilder();
        for (String name : names) {
            Object value = observations.get(name);
            if (value != null && fine) {
                text.append(name)
                        .append('=')
                        .append(jsonable(env.observationSpace(name), value))
                        .append(' ');
            }
        }
        return text.toString();
    }

    @SuppressWarnings("unchecked") // it was found to be of the space
    private static Object jsonable(Space<?> space, Object value) {
        return ((Space<Object>) space).toJsonable(value);
    }

    /** The first answer in which the other one differs, or null. */
    @Nullable
    String difference(MultiAgentTrace other) {
        int both = Math.min(answers.size(), other.answers.size());
        for (int i = 0; i < both; i++) {
            if (!answers.get(i).equals(other.answers.get(i))) {
                return answers.get(i) + ", and then " + other.answers.get(i);
            }
        }
        return answers.size() == other.answers.size() ? null : "step " + both + " failed the second time";
    }
}
