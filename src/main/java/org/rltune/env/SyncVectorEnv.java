package org.rltune.env;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.rltune.check.Check;
import org.rltune.random.Seeds;

/**
 * Environments that are stepped one after the other, on the caller's thread.
 *
 * <p>For a rollout worker, episode {@code k} of environment {@code e} on worker {@code w} is begun with {@code
 * seeds.seed("episode", w, e, k)}, and an ended one is followed by the next in the same step.
 */
public final class SyncVectorEnv extends BatchVectorEnv {
    SyncVectorEnv(EnvBatch batch, VectorPlace place, AutoresetMode mode, int limit, @Nullable Seeds seeds) {
        super(batch, place, mode, limit, seeds);
    }

    /**
     * Makes the environments of a rollout worker, each as an {@link Env}; {@link VectorEnvs#ofWorker} takes the vector
     * entry point where there is one.
     *
     * @param id a registered environment
     * @param config its config, the same for all
     * @param numEnvs how many, at least 1
     * @param workerIndex the rollout worker they belong to, at least 0
     * @param numWorkers number of rollout workers, for the environments' context
     * @param seeds where the seeds of all episodes come from
     * @throws IllegalArgumentException for a space without a flat form, or environments with different spaces
     */
    public SyncVectorEnv(
            String id, Map<String, Object> config, int numEnvs, int workerIndex, int numWorkers, Seeds seeds) {
        this(
                VectorEnvs.objects(
                        new VectorPlace(id, workerIndex),
                        Check.atLeast("numEnvs", numEnvs, 1),
                        e -> Envs.makeUnchecked(id, new EnvContext(config, workerIndex, e, numWorkers))),
                new VectorPlace(id, workerIndex),
                AutoresetMode.SAME_STEP,
                0,
                seeds);
    }

    @Override
    void stepSlices(float[] action, VectorStep out) {
        stepSlice(0, numEnvs(), action, out);
    }
}
