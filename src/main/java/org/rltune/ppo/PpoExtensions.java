package org.rltune.ppo;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.rltune.env.EpisodeState;
import org.rltune.env.VectorEnv;
import org.rltune.offline.TrajectoryLog;
import org.rltune.policy.Policy;
import org.rltune.rollout.RolloutBatch;
import org.rltune.rollout.RolloutRecord;
import org.rltune.rollout.RolloutWorker;

/** What a user adds to the training of PPO, in one place; what is off costs nothing. */
final class PpoExtensions {
    static final String CUSTOM_METRICS = "custom_metrics";

    private final EpisodeHooks hooks;
    private final @Nullable Curriculum curriculum;
    private final @Nullable TrajectoryLog log;
    private final List<RolloutWorker> workers;
    private final int actionSize;
    private long iteration;
    private final @Nullable RolloutRecord record;

    /**
     * @param env one of the workers' environments
     * @param workers those of the trainer, once they are made
     * @param log where trajectories are written, or null
     */
    PpoExtensions(
            PpoConfig config, String trialId, VectorEnv env, List<RolloutWorker> workers, @Nullable TrajectoryLog log) {
        this.workers = workers;
        this.log = log;
        this.actionSize = env.actionSize();
        hooks = new EpisodeHooks(config, trialId);
        curriculum = Curriculum.of(
                config, trialId, env.task(), task -> this.workers.forEach(worker -> worker.setTask(task)));
        record = hooks.on() || log != null
                ? new RolloutRecord(config.totalEnvs(), env.observationSize(), env.actionSize())
                : null;
    }

    /** Tells the workers what to write down, when they are made. */
    void attach() {
        if (record != null) {
            workers.forEach(worker -> worker.record(record));
        }
        if (curriculum != null) {
            curriculum.begin();
        }
    }

    /** Before iteration {@code iteration}, counted from 1, is collected. */
    void begin(RolloutBatch batch, long number) {
        iteration = number;
        hooks.calls().begin(number);
        if (record != null) {
            record.resize(batch.steps());
        }
    }

    /** When it has been collected. */
    void collected(RolloutBatch batch) {
        if (record == null) {
            return;
        }
        Object task = curriculum == null ? null : curriculum.task();
        if (log != null) {
            log.write(iteration, batch, record, task);
        }
        if (hooks.on()) {
            hooks.follow(batch, record, task);
            hooks.calls().sampled(batch);
        }
    }

    /** Before the updates. */
    void learning(Policy policy, RolloutBatch batch) {
        hooks.calls().learning(policy, batch);
    }

    /** After the updates. */
    void learned(Policy policy, Map<String, Object> stats) {
        hooks.calls().learned(policy, Collections.unmodifiableMap(stats));
    }

    /** Completes a row without times. */
    void result(Map<String, Object> row) {
        Map<String, Object> custom = new LinkedHashMap<>();
        hooks.putEpisodeMetrics(custom);
        if (!custom.isEmpty()) {
            row.put(CUSTOM_METRICS, custom);
        }
        if (curriculum != null) {
            row.put(Curriculum.ENV_TASK, curriculum.task());
        }
        hooks.calls().result(Collections.unmodifiableMap(row));
        hooks.calls().moveMetricsInto(custom);
        if (!custom.isEmpty()) {
            row.put(CUSTOM_METRICS, custom);
        }
        if (curriculum != null) {
            curriculum.next(iteration, row);
        }
    }

    /** Adds what is needed to go on. */
    void save(Map<String, byte[]> files) {
        hooks.save(files);
        if (curriculum != null) {
            curriculum.save(
                    files,
                    workers.stream().flatMap(worker -> worker.save().stream()).toList());
        }
    }

    /**
     * Goes on where {@link #save} stood.
     *
     * @param running where the environments stood
     * @return the same with all that is needed to go on there
     */
    List<EpisodeState> restore(Map<String, byte[]> files, List<EpisodeState> running) {
        hooks.restore(files, true);
        restoreTask(files);
        List<EpisodeState> states = curriculum == null ? running : curriculum.begun(running);
        for (int e = 0; log != null && e < states.size(); e++) {
            EpisodeState state = states.get(e);
            log.resume(e, state.episode(), state.actions().length / actionSize, state.task());
        }
        return states;
    }

    private void restoreTask(Map<String, byte[]> files) {
        if (curriculum != null) {
            curriculum.restore(files);
        } else if (files.containsKey(Curriculum.FILE)) {
            throw new IllegalArgumentException(
                    "The checkpoint has a " + Curriculum.FILE + ", but env_task_fn is empty. Set it as it was.");
        }
    }

    /** Takes over what another trial knows; new episodes begin. */
    void adopt(Map<String, byte[]> donorFiles) {
        hooks.restore(donorFiles, false);
        restoreTask(donorFiles);
    }
}
