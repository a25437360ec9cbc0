package org.rltune.env;

import java.util.Map;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.function.UnaryOperator;
import org.rltune.check.Check;
import org.rltune.random.Seeds;

/** Makes vector environments: for rollout workers here, for users by {@link Envs#makeVec}. */
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
        return ofWorker(id, config, numEnvs, workerIndex, numWorkers, seeds, false);
    }

    /**
     * As above; with {@code restartFailed} an environment that throws or breaks its own spaces is made anew and begins its
     * next episode, see {@link VectorStep#failed}. A vector entry point has no parts that could be made anew: its failure
     * is an error as before.
     */
    public static VectorEnv ofWorker(
            String id,
            Map<String, Object> config,
            int numEnvs,
            int workerIndex,
            int numWorkers,
            Seeds seeds,
            boolean restartFailed) {
        Check.atLeast("numEnvs", numEnvs, 1);
        EnvSpec spec = Envs.spec(id);
        Optional<EnvBatchCreator> entryPoint = spec.vectorEntryPoint();
        if (entryPoint.isEmpty() || !spec.additionalWrappers().isEmpty()) {
            SyncVectorEnv env = new SyncVectorEnv(id, config, numEnvs, workerIndex, numWorkers, seeds);
            if (restartFailed) {
                env.restartFailed();
            }
            return env;
        }
        EnvContext context = new EnvContext(config, workerIndex, 0, numWorkers);
        return new SyncVectorEnv(
                batch(spec, entryPoint.get(), context, numEnvs),
                new VectorPlace(id, workerIndex),
                AutoresetMode.SAME_STEP,
                spec.maxEpisodeSteps().orElse(0),
                seeds);
    }

    /** For a user, as {@link Envs#makeVec(EnvSpec, int, VectorOptions)} says. */
    static VectorEnv ofUser(EnvSpec spec, int numEnvs, VectorOptions options) {
        Check.atLeast("numEnvs", numEnvs, 1);
        boolean wrapped =
                !options.wrappers().isEmpty() || !spec.additionalWrappers().isEmpty();
        boolean batch = spec.vectorEntryPoint().isPresent() && !wrapped;
        VectorMode mode = options.mode().orElse(batch ? VectorMode.VECTOR_ENTRY_POINT : VectorMode.SYNC);
        EnvContext context = EnvContext.of(options.config());
        VectorPlace place = new VectorPlace(spec.id(), 0);
        if (mode == VectorMode.VECTOR_ENTRY_POINT) {
            if (wrapped) {
                throw new IllegalArgumentException(spec.id()
                        + ": wrappers go around single environments, but the mode is VECTOR_ENTRY_POINT. Choose SYNC or"
                        + " THREADED, or wrap the whole vector (org.rltune.env.vector)");
            }
            EnvBatchCreator entryPoint = spec.vectorEntryPoint()
                    .orElseThrow(() -> new IllegalArgumentException(
                            spec.id() + " has no vector entry point. Choose the mode SYNC or THREADED"));
            int limit = spec.maxEpisodeSteps().orElse(0);
            return new SyncVectorEnv(
                    batch(spec, entryPoint, context, numEnvs), place, options.autoreset(), limit, null);
        }
        EnvObjects objects = objects(place, numEnvs, e -> {
            Env<?, ?> env = Envs.make(spec, new EnvContext(options.config(), 0, e, 0));
            for (UnaryOperator<Env<?, ?>> wrapper : options.wrappers()) {
                env = wrapper.apply(env);
            }
            return env;
        });
        if (mode == VectorMode.SYNC) {
            return new SyncVectorEnv(objects, place, options.autoreset(), 0, null);
        }
        int threads =
                options.threads() > 0 ? options.threads() : Runtime.getRuntime().availableProcessors();
        return new ThreadedVectorEnv(objects, place, options.autoreset(), 0, null, threads);
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
