package org.rltune.nn;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.rltune.random.Pcg64;

/** Counts bytes by the JVM's own counter of this thread. On plain kernels, which do not depend on the compiler for it. */
class AllocationTest {
    private static final int ROWS = 32;

    private final Kernels k = PlainKernels.INSTANCE;
    private final Pcg64[] random = new Pcg64[ROWS];

    AllocationTest() {
        Arrays.setAll(random, i -> new Pcg64(i));
    }

    @Test
    void aTrainingStepAllocatesNothing() {
        for (boolean continuous : new boolean[] {false, true}) {
            for (boolean shared : new boolean[] {false, true}) {
                Activation activation = shared ? Activation.RELU : Activation.TANH;
                Mlp mlp = new Mlp(new MlpConfig(4, 2, List.of(16, 8), activation, shared, continuous), k);
                mlp.initialize(new Pcg64(1), 0);
                ActionDistribution d =
                        continuous ? ActionDistribution.diagGaussian(2) : ActionDistribution.categorical(2);
                assertThat(bytesOfSteps(mlp, d)).as(mlp.config() + " " + d).isLessThan(100);
            }
        }
    }

    @Test
    void noDistributionAllocatesAnything() {
        List<ActionDistribution> all = List.of(
                ActionDistribution.squashedGaussian(2),
                ActionDistribution.beta(2),
                ActionDistribution.product(
                        List.of(ActionDistribution.categorical(3), ActionDistribution.diagGaussian(2))));
        for (ActionDistribution d : all) {
            int heads = d.inputs() - d.logStds();
            Mlp mlp = new Mlp(new MlpConfig(4, heads, List.of(8), Activation.TANH, false, d.logStds(), false), k);
            mlp.initialize(new Pcg64(1), 0);
            assertThat(bytesOfSteps(mlp, d)).as("%s", d).isLessThan(100);
        }
        Mlp gsde = new Mlp(new MlpConfig(4, 2, List.of(8), Activation.TANH, false, 2, true), k);
        gsde.initialize(new Pcg64(1), 0);
        assertThat(bytesOfSteps(gsde, ActionDistribution.diagGaussian(2)))
                .as("gSDE")
                .isLessThan(100);
    }

    /** Bytes of a hundred steps; a few may come from the counter itself. */
    private long bytesOfSteps(Mlp mlp, ActionDistribution d) {
        Workspace w = mlp.workspace(ROWS);
        Scratch s = d.scratch(ROWS);
        Adam adam = new Adam(k, mlp.parameters().length, Adam.DEFAULT_EPSILON);
        float[] observations = Numbers.uniform(ROWS * 4, 1, random[0]);
        float[] old = new float[w.policy.length];
        float[] actions = new float[ROWS * d.actionSize()];
        float[] logProb = new float[ROWS];
        float[] other = new float[ROWS];
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long least = Long.MAX_VALUE;
        for (int attempt = 0; attempt < 3; attempt++) {
            long before = threads.getThreadAllocatedBytes(Thread.currentThread().getId());
            for (int step = 0; step < 100; step++) {
                mlp.forward(w, observations, 0, ROWS);
                d.sample(s, w.policy, ROWS, ROWS, random, actions, 0, logProb, 0);
                d.mode(s, w.policy, ROWS, ROWS, actions, 0);
                d.evaluate(k, s, w.policy, ROWS, ROWS, actions, logProb, other);
                d.kl(k, s, old, w.policy, ROWS, ROWS, other);
                d.gradient(k, s, w.policy, ROWS, ROWS, actions, logProb, 0.1f, old, 0.1f, w.policyGradient);
                Arrays.fill(w.gradient, 0f);
                mlp.backward(w, observations, 0, ROWS);
                adam.step(mlp.parameters(), w.gradient, 1e-4, 0.5);
            }
            long after = threads.getThreadAllocatedBytes(Thread.currentThread().getId());
            least = Math.min(least, after - before);
        }
        return least;
    }
}
