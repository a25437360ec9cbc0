package org.rltune.env;

import java.util.Map;
import java.util.Optional;
import java.util.function.IntFunction;
import org.rltune.check.Check;
import org.rltune.random.Seeds;

/** Makes vector environments. */
public final class VectorEnvs {
    private VectorEnvs() {}

    /**
     * The environments of one rollout worker: the vector entry point of the spec where it has one, else one {@link Env}
     * each, stepped one after the other. Both give the same bits. Ended episodes are followed by the next in the same
     * step, and episode {@code k} of environment {@code e} begins with {@code seeds.seed("episode", workerIndex, e, k)}.
     *
     * @param id a registered environment
     * @param config its config, the same for all
     * @param numEnvs how many, at least 1
     * @param workerIndex the rollout worker they belong to, at least 0
     * @param numWorkers number of rollout workers, for the environments' context
     * @param seeds where the seeds of all episodes come from
     * @throws IllegalArgumentException for a space without a flat form, or environments with different spaces
     */
    public static VectorEnv ofWorker(
            String id, Map<String, Object> config, int numEnvs, int workerIndex, int numWorkers, Seeds seeds) {
        Check.atLeast("numEnvs", numEnvs, 1);
        EnvSpec spec = Envs.spec(id);
        Optional<EnvBatchCreator> entryPoint = spec.vectorEntryPoint();
        if (entryPoint.isEmpty() || !spec.additionalWrappers().isEmpty()) {
            return new SyncVectorEnv(id, config, numEnvs, workerIndex, numWorkers, seeds);
        }
        EnvContext context = new EnvContext(config, workerIndex, 0, numWorkers);
        return new SyncVectorEnv(
                batch(spec, entryPoint.get(), context, numEnvs),
                new VectorPlace(id, workerIndex),
                AutoresetMode.SAME_STEP,
                spec.maxEpisodeSteps().orElse(0),
                seeds);
    }

    static EnvObjects objects(VectorPlace place, int numEnvs, IntFunction<Env<?, ?>> maker) {
        return new EnvObjects(place.id(), numEnvs, maker, e -> place.of(e, 0, 0));
    }

    static EnvBatch batch(EnvSpec spec, EnvBatchCreator entryPoint, EnvContext context, int numEnvs) {
        EnvBatch batch;
        try {
            batch = entryPoint.create(context.withConfig(spec.completeConfig(context.config())), numEnvs);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(spec.id() + " refuses its config: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new EnvException("The vector entry point of " + spec.id() + " was interrupted", e);
        } catch (Exception e) {
            throw new EnvException("The vector entry point of " + spec.id() + " failed: " + e, e);
        }
        if (batch == null || batch.numEnvs() != numEnvs) {
            throw new EnvException(
                    "The vector entry point of " + spec.id() + " must return a batch of " + numEnvs
                            + " environments, but returned "
                            + (batch == null ? "null" : "one of " + batch.numEnvs()),
                    null);
        }
        return batch;
    }
}
