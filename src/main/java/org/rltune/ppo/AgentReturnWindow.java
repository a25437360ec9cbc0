package org.rltune.ppo;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.rltune.rollout.MultiAgentWorker;

/**
 * What agents earned in the episodes of an {@link EpisodeWindow}, by the policy that acted for them: RLlib's
 * {@code policy_reward_mean}, {@code _min} and {@code _max}.
 */
final class AgentReturnWindow {
    /** One agent's share of an episode. */
    record Share(String policy, double agentReturn) {}

    private final ArrayDeque<List<Share>> latest = new ArrayDeque<>();

    void add(List<MultiAgentWorker.Episode> ended, List<String> policies, int smoothing) {
        for (MultiAgentWorker.Episode episode : ended) {
            List<Share> shares = new ArrayList<>();
            for (int a = 0; a < episode.policy().length; a++) {
                shares.add(new Share(policies.get(episode.policy()[a]), episode.agentReturn()[a]));
            }
            latest.addLast(List.copyOf(shares));
        }
        int keep = Math.max(smoothing, ended.size());
        while (latest.size() > keep) {
            latest.removeFirst();
        }
    }

    /** Returns the metrics of these policies; for one that acted in none of the episodes, why there is no number. */
    Map<String, Object> metrics(List<String> policies) {
        Map<String, Object> means = new LinkedHashMap<>();
        Map<String, Object> smallest = new LinkedHashMap<>();
        Map<String, Object> largest = new LinkedHashMap<>();
        for (String policy : policies) {
            double[] returns = latest.stream()
                    .flatMap(List::stream)
                    .filter(share -> share.policy().equals(policy))
                    .mapToDouble(Share::agentReturn)
                    .toArray();
            if (returns.length == 0) {
                means.put(policy + "_absent", "it acted in none of the latest episodes that ended");
                continue;
            }
            double sum = 0;
            double min = Double.POSITIVE_INFINITY;
            double max = Double.NEGATIVE_INFINITY;
            for (double one : returns) {
                sum += one;
                min = Math.min(min, one);
                max = Math.max(max, one);
            }
            means.put(policy, sum / returns.length);
            smallest.put(policy, min);
            largest.put(policy, max);
        }
        Map<String, Object> metrics = new LinkedHashMap<>();
        metrics.put("policy_reward_mean", means);
        if (!smallest.isEmpty()) {
            metrics.put("policy_reward_min", smallest);
            metrics.put("policy_reward_max", largest);
        }
        return metrics;
    }

    /** Returns the episodes, oldest first, each as pairs of policy and return. */
    List<List<List<Object>>> save() {
        List<List<List<Object>>> episodes = new ArrayList<>();
        for (List<Share> shares : latest) {
            List<List<Object>> saved = new ArrayList<>();
            shares.forEach(share -> saved.add(List.of(share.policy(), share.agentReturn())));
            episodes.add(saved);
        }
        return episodes;
    }

    /** Replaces the episodes by saved ones. */
    void restore(List<List<Share>> episodes) {
        latest.clear();
        latest.addAll(episodes);
    }
}
