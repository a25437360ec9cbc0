package org.rltune.ppo;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ForkJoinTask;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.rltune.policy.Policy;
import org.rltune.random.Seeds;

/**
 * Evaluation beside training, as RLlib has it: in the first iteration and in every {@code evaluation_interval}-th. Its
 * metrics stand in every row: between two evaluations those of the latest.
 *
 * <p>By default it follows the update and plays its weights. With {@code evaluation_parallel_to_training} it plays a copy of
 * the weights that the iteration begins with, while the iteration collects and learns, on whatever threads are free; so the
 * threads change when it is finished, and nothing else.
 *
 * @param <P> the policy, or the policies
 */
final class PeriodicEvaluation<P> implements AutoCloseable {
    private final EvaluationSettings settings;
    private final Plays<P> workers;
    private final UnaryOperator<P> copying;
    private Map<String, Object> latest = Map.of();
    private @Nullable ForkJoinTask<Map<String, Object>> running;

    /** Plays an evaluation, see {@link EvaluationWorkers#play}. */
    interface Plays<P> extends AutoCloseable {
        Map<String, Object> play(P policies, long iteration, long weightsOf);

        @Override
        void close();
    }

    /**
     * Makes one.
     *
     * @param workers closed with it
     * @param copying copies policies, so that they stay as they are while training goes on
     */
    PeriodicEvaluation(EvaluationSettings settings, Plays<P> workers, UnaryOperator<P> copying) {
        this.settings = settings;
        this.workers = workers;
        this.copying = copying;
    }

    /** Makes that of a trainer with one policy. */
    static PeriodicEvaluation<Policy> of(PpoConfig config, Seeds seeds) {
        EvaluationSettings settings = EvaluationSettings.of(config);
        return new PeriodicEvaluation<>(
                settings,
                new EvaluationWorkers(config.env(), settings, seeds),
                policy -> Policy.fromFiles(policy.files()));
    }

    /** Whether there is any. */
    boolean on() {
        return settings.interval() > 0;
    }

    /** Before iteration {@code iteration}, counted from 1, collects. */
    void begin(P policies, long iteration) {
        abandon();
        if (settings.parallel() && settings.due(iteration)) {
            P copy = copying.apply(policies);
            running = ForkJoinTask.adapt(() -> workers.play(copy, iteration, iteration - 1))
                    .fork();
        }
    }

    /** After iteration {@code iteration} has learned; waits for what {@link #begin} began. */
    void end(P policies, long iteration) {
        ForkJoinTask<Map<String, Object>> task = running;
        running = null;
        if (task != null) {
            latest = task.join();
        } else if (settings.due(iteration)) {
            latest = workers.play(policies, iteration, iteration);
        }
    }

    /** Waits for what an iteration that failed has left behind. */
    private void abandon() {
        ForkJoinTask<Map<String, Object>> task = running;
        running = null;
        if (task != null) {
            task.quietlyJoin();
        }
    }

    /** Returns the metrics of the latest evaluation. */
    Map<String, Object> latest() {
        return latest;
    }

    /** Takes over the metrics of a saved evaluation, of the weights that are taken over; null for none. */
    @SuppressWarnings("unchecked") // parsed JSON objects have text keys
    void restore(@Nullable Object saved) {
        if (on()) {
            latest = saved instanceof Map<?, ?> map ? new LinkedHashMap<>((Map<String, Object>) map) : Map.of();
        }
    }

    @Override
    public void close() {
        abandon();
        workers.close();
    }
}
