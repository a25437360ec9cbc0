package org.rltune.ppo;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.concurrent.ForkJoinPool;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.rltune.nn.ActionDistribution;
import org.rltune.nn.Activation;
import org.rltune.nn.Adam;
import org.rltune.nn.Kernels;
import org.rltune.nn.Mlp;
import org.rltune.nn.MlpConfig;
import org.rltune.random.Pcg64;
import org.rltune.rollout.RolloutBatch;

/** Minibatch steps allocate nothing, by the JVM's own count. */
class LearnerAllocationTest {
    private static final int ROWS = 1024;
    /** Vector kernels put vectors into objects until the compiler has seen them often enough. */
    private static final double SECONDS_TO_WARM_UP = 30;

    @ParameterizedTest
    @CsvSource({"64, false", "300, false", "64, true"})
    void minibatchStepsAllocateNothing(int minibatch, boolean gaussian) throws Exception {
        ForkJoinPool pool = new ForkJoinPool(1);
        long left = pool.submit(() -> allocatedByPasses(minibatch, gaussian)).get();
        pool.shutdown();
        assertThat(left).isZero();
    }

    /** Bytes that twelve passes allocate beyond what two do. */
    private static long allocatedByPasses(int minibatch, boolean gaussian) {
        Pcg64 random = new Pcg64(3);
        ActionDistribution distribution =
                gaussian ? ActionDistribution.diagGaussian(2) : ActionDistribution.categorical(2);
        Mlp network = new Mlp(new MlpConfig(4, 2, List.of(32, 32), Activation.TANH, false, gaussian));
        network.initialize(random, 0);
        PpoLearner learner =
                new PpoLearner(network, distribution, new Adam(Kernels.best(), network.parameters().length, 1e-5));
        RolloutBatch batch = new RolloutBatch(8, 4, distribution.actionSize(), distribution.inputs());
        batch.resize(ROWS / 8);
        for (int i = 0; i < batch.observation.length; i++) {
            batch.observation[i] = (float) random.standardNormal();
        }
        for (int i = 0; i < ROWS; i++) {
            batch.logProb[i] = -0.7f;
            batch.advantage[i] = (float) random.standardNormal();
        }
        long deadline = System.nanoTime() + (long) (SECONDS_TO_WARM_UP * 1e9);
        long extra;
        do {
            long few = allocated(learner, batch, settings(minibatch, 2));
            long many = allocated(learner, batch, settings(minibatch, 12));
            extra = many - few;
        } while (extra != 0 && System.nanoTime() < deadline);
        return extra;
    }

    private static long allocated(PpoLearner learner, RolloutBatch batch, PpoLearner.Settings settings) {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getThreadAllocatedBytes(Thread.currentThread().getId());
        learner.update(batch, settings, new Pcg64(5));
        return threads.getThreadAllocatedBytes(Thread.currentThread().getId()) - before;
    }

    private static PpoLearner.Settings settings(int minibatch, int passes) {
        return new PpoLearner.Settings(0, minibatch, passes, 0.2, 0, 0.5, 0.01, 0, 0, 0.5, true);
    }
}
