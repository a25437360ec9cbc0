package org.rltune.ppo;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.rltune.nn.Adam;
import org.rltune.nn.Kernels;
import org.rltune.policy.MeanStdFilter;
import org.rltune.policy.Policy;
import org.rltune.random.Seeds;
import org.rltune.rollout.AgentBatches;
import org.rltune.rollout.Gae;
import org.rltune.rollout.MultiAgentWorker;
import org.rltune.rollout.RolloutBatch;
import org.rltune.space.Space;

/** One policy of a multi-agent trainer: its network, and where it learns, its optimiser, its batch and its KL penalty. */
final class NamedPolicy {
    final String name;
    /** The configured policy whose settings it has: itself, unless it was added as a copy. */
    final String like;

    final boolean learns;
    final Policy policy;
    final Adam adam;

    private final PpoLearner learner;
    private final RolloutBatch batch;
    private final Divergence divergence;
    private int[] slots = {};
    private double klCoeff;

    /** Makes it with first weights of its own. */
    NamedPolicy(
            String trialId,
            String name,
            String like,
            boolean learns,
            PpoConfig config,
            Space<?> observationSpace,
            Space<?> actionSpace,
            Seeds seeds) {
        this.name = name;
        this.like = like;
        this.learns = learns;
        this.klCoeff = config.klCoeff();
        policy = PpoTrainer.makePolicy(config, observationSpace, actionSpace, seeds.stream("init"));
        adam = new Adam(Kernels.best(), policy.network().parameters().length, config.adamEpsilon());
        learner = new PpoLearner(policy.network(), policy.distribution(), adam);
        batch = new RolloutBatch(
                1,
                policy.network().observationSize(),
                policy.distribution().actionSize(),
                policy.distribution().inputs());
        divergence = new Divergence(
                trialId + ", policy " + name,
                batch,
                policy.network(),
                row -> "trajectory " + slots[row] + ", sample " + row);
    }

    double klCoeff() {
        return klCoeff;
    }

    void klCoeff(double coeff) {
        klCoeff = coeff;
    }

    /** Takes over weights and filter of another one with the same network; the optimiser begins anew. */
    void copyFrom(NamedPolicy other) {
        float[] from = other.policy.network().parameters();
        System.arraycopy(from, 0, policy.network().parameters(), 0, from.length);
        MeanStdFilter own = policy.filter();
        MeanStdFilter theirs = other.policy.filter();
        if (own != null && theirs != null) {
            own.take(theirs);
        }
        int n = adam.firstMoments().length;
        adam.restore(new float[n], new float[n], 0);
    }

    /** Takes in what the workers' filters have seen. */
    void mergeFilters(List<MultiAgentWorker> workers, int number) {
        MeanStdFilter shared = policy.filter();
        for (MultiAgentWorker worker : workers) {
            MeanStdFilter own = worker.filter(number);
            if (learns && shared != null && own != null) {
                shared.merge(own);
            }
        }
    }

    /**
     * Learns from what the workers have collected for it.
     *
     * @param number its number with the workers
     * @param iteration its trainer's iteration, from 1, for errors
     * @param timesteps environment steps behind the weights, for schedules
     * @return its metrics; those that there are not are replaced by the reason
     */
    Map<String, Object> learn(
            PpoConfig config, List<MultiAgentWorker> workers, int number, long iteration, long timesteps, Seeds seeds) {
        PpoLearner.Settings settings = PpoSettings.read(config, timesteps, klCoeff);
        Map<String, Object> metrics = new LinkedHashMap<>();
        slots = AgentBatches.merge(workers, number, batch);
        metrics.put("num_samples", batch.rows());
        if (batch.rows() == 0) {
            metrics.put("total_loss_absent", "no sample of this policy was completed in this iteration");
        } else {
            Gae.compute(batch, slots, AgentBatches.slots(workers), config.gamma(), config.lambda());
            OptionalDouble explained = ExplainedVariance.of(batch);
            LearnerStats stats = divergence.checked(
                    iteration, () -> learner.update(batch, settings, seeds.stream("shuffle", iteration - 1)));
            metrics.putAll(stats.metrics(settings));
            explained.ifPresent(value -> metrics.put("vf_explained_var", value));
            klCoeff = config.klCoeff() > 0 ? KlController.next(klCoeff, stats.meanKl(), config.klTarget()) : klCoeff;
        }
        metrics.putAll(PpoSettings.current(settings));
        return metrics;
    }
}
