package org.rltune.ppo;

import java.util.List;
import java.util.Map;
import org.rltune.policy.Policy;
import org.rltune.rollout.RolloutBatch;

/**
 * What a user wants to do or to measure while PPO trains, as RLlib's {@code DefaultCallbacks}: override what you need,
 * {@link Callbacks#register register} it under a name, and set {@code callbacks} to that name.
 *
 * <pre>{@code
 * final class Reached implements PpoCallbacks {
 *     public List<String> episodeMetrics() {
 *         return List.of("furthest");
 *     }
 *
 *     public void onEpisodeStep(PpoEpisode episode) {
 *         double before = episode.number("furthest", 0);
 *         episode.put("furthest", Math.max(before, episode.observation()[0]));
 *     }
 *
 *     public void onEpisodeEnd(PpoEpisode episode) {
 *         episode.putMetric("furthest", episode.number("furthest", 0));
 *     }
 * }
 * }</pre>
 *
 * <p>A trainer has one object. All its methods are called by one thread at a time: those of episodes when an iteration has
 * been collected, step by step, in each step the environments in their order, whatever threads collected it. So what they
 * add is the same on any number of threads. Use no clock and no randomness but a seed of your own, and keep what must
 * outlast a resume in {@link PpoEpisode#put} or in {@link #save}.
 *
 * <p>Metrics are declared by name, and every row has each of them, or {@code NAME_absent} with the reason.
 */
public interface PpoCallbacks {
    /**
     * Names of the metrics that an episode may carry, see {@link PpoEpisode#putMetric}. Rows have {@code
     * custom_metrics/NAME_mean}, {@code _min} and {@code _max}, over the episodes that {@code episode_reward_mean} is over.
     */
    default List<String> episodeMetrics() {
        return List.of();
    }

    /** Names of the metrics of an iteration, see {@link ResultMetrics#put}. Rows have {@code custom_metrics/NAME}. */
    default List<String> resultMetrics() {
        return List.of();
    }

    /** An episode has begun: its first observation is there, and what the reset told. */
    default void onEpisodeStart(PpoEpisode episode) {}

    /** An episode has taken a step, the last one included. */
    default void onEpisodeStep(PpoEpisode episode) {}

    /** An episode has ended. One that was thrown away because its environment failed has no end. */
    default void onEpisodeEnd(PpoEpisode episode) {}

    /**
     * An iteration has been collected. What is changed in the samples is trained on.
     *
     * @param samples without advantages as yet
     */
    default void onSampleEnd(RolloutBatch samples, ResultMetrics metrics) {}

    /**
     * The policy is about to learn from a batch.
     *
     * @param policy with the weights that collected the batch
     * @param batch with its advantages
     */
    default void onLearnOnBatch(Policy policy, RolloutBatch batch, ResultMetrics metrics) {}

    /**
     * The updates of an iteration are over.
     *
     * @param policy with its new weights
     * @param learnerStats what the row will say of the updates: {@code total_loss}, {@code entropy}, ...; see docs/ppo.md
     */
    default void onUpdate(Policy policy, Map<String, Object> learnerStats, ResultMetrics metrics) {}

    /**
     * An iteration is over.
     *
     * @param result its row without times; unmodifiable. Custom metrics of episodes stand in {@code custom_metrics}
     */
    default void onTrainResult(Map<String, Object> result, ResultMetrics metrics) {}

    /**
     * What the object knows and needs to go on, for the checkpoint: finite numbers, texts, flags, lists and maps. Called
     * between two iterations.
     */
    default Map<String, Object> save() {
        return Map.of();
    }

    /** Takes over what {@link #save} returned; whole numbers are Long now, others Double. */
    default void restore(Map<String, Object> state) {}
}
