package org.rltune.ppo;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.rltune.json.Json;
import org.rltune.policy.MeanStdFilter;
import org.rltune.policy.Policy;
import org.rltune.policy.RunningMoments;
import org.rltune.rollout.RewardScaling;
import org.rltune.rollout.RolloutWorker;

/**
 * The running statistics of a trainer: those of the policy's observation filter, and of the returns that rewards are scaled
 * by. Between two iterations all workers know the same, merged in the order of workers, so that no bit depends on which of
 * them was the first to finish.
 */
final class RunningStatistics {
    private static final String FILE = "trainer.json";

    private final Policy policy;
    private final List<RolloutWorker> workers;
    private final RunningMoments returns = new RunningMoments(1);

    RunningStatistics(Policy policy, List<RolloutWorker> workers) {
        this.policy = policy;
        this.workers = workers;
    }

    private static @Nullable RewardScaling rewards(RolloutWorker worker) {
        return worker.rewards();
    }

    /** Tells the workers what is known, before they collect. */
    void begin(double gamma) {
        for (RolloutWorker worker : workers) {
            RewardScaling rewards = rewards(worker);
            if (rewards != null) {
                rewards.takeMoments(returns);
                rewards.gamma(gamma);
            }
        }
    }

    /** Takes in what the workers have seen. */
    void merge() {
        for (RolloutWorker worker : workers) {
            MeanStdFilter shared = policy.filter();
            MeanStdFilter own = worker.filter();
            if (shared != null && own != null) {
                shared.merge(own);
            }
            RewardScaling rewards = rewards(worker);
            if (rewards != null) {
                returns.merge(rewards.latest());
            }
        }
    }

    /** Returns the state of the scaling of rewards, if there is any; the filter is saved with the policy. */
    Optional<Map<String, Object>> save() {
        if (rewards(workers.get(0)) == null) {
            return Optional.empty();
        }
        Map<String, Object> state = new LinkedHashMap<>(returns.toMap());
        double[] running = workers.stream()
                .map(RunningStatistics::rewards)
                .flatMapToDouble(
                        rewards -> java.util.Arrays.stream(rewards == null ? new double[0] : rewards.returns()))
                .toArray();
        state.put("returns", running);
        return Optional.of(state);
    }

    /** Takes over the moments of a saved state; the returns of running episodes begin at 0. */
    void restore(@Nullable Object saved) {
        boolean scaled = rewards(workers.get(0)) != null;
        if (scaled != (saved != null)) {
            throw new IllegalArgumentException(FILE + ": has " + (saved == null ? "no" : "a")
                    + " reward_scaling, but norm_reward is " + scaled + ". Set norm_reward as it was.");
        }
        if (saved != null) {
            returns.restore(object(saved), FILE + ": reward_scaling");
            for (RolloutWorker worker : workers) {
                RewardScaling rewards = rewards(worker);
                if (rewards != null) {
                    rewards.restart();
                }
            }
        }
    }

    /** Takes over the returns of running episodes too. */
    void restoreReturns(@Nullable Object saved) {
        if (saved == null) {
            return;
        }
        int envs = 0;
        for (RolloutWorker worker : workers) {
            RewardScaling rewards = rewards(worker);
            envs += rewards == null ? 0 : rewards.returns().length;
        }
        if (!(object(saved).get("returns") instanceof List<?> list) || list.size() != envs) {
            throw new IllegalArgumentException(FILE + ": reward_scaling must have the returns of " + envs
                    + " running episodes; the checkpoint is damaged. Take another.");
        }
        int at = 0;
        for (RolloutWorker worker : workers) {
            RewardScaling rewards = rewards(worker);
            for (int e = 0; rewards != null && e < rewards.returns().length; e++) {
                rewards.returns()[e] = Json.asDouble(list.get(at), FILE + ": reward_scaling returns[" + at + "]");
                at++;
            }
        }
    }

    private static Map<?, ?> asMap(Object saved) {
        if (saved instanceof Map<?, ?> map) {
            return map;
        }
        throw new IllegalArgumentException(
                FILE + ": reward_scaling is " + saved + ", not an object; the checkpoint is damaged. Take another.");
    }

    @SuppressWarnings("unchecked") // parsed JSON objects have text keys
    private static Map<String, Object> object(Object saved) {
        return (Map<String, Object>) asMap(saved);
    }
}
