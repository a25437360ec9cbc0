package org.rltune.experiments.bench;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.rltune.nn.ActionDistribution;
import org.rltune.nn.Adam;
import org.rltune.nn.Kernels;
import org.rltune.nn.Scratch;
import org.rltune.random.Pcg64;

/**
 * Single kernels, as the learner calls them: chunks of 64 rows, layers of 64 and 256, as many parameters as separate
 * networks of 2x64 have. {@link VectorKernelsJmh} and {@link PlainKernelsJmh} run them, each in JVMs of its own.
 *
 * <p>From the root of the repository, all of them (some five minutes), or those that match a pattern:
 *
 * <pre>
 *   mvn -q -Pjmh process-test-classes
 *   mvn -q -Pjmh process-test-classes -Djmh.args="VectorKernelsJmh.multiply.* -f 1"
 * </pre>
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 5, time = 1)
public abstract class KernelsJmh {
    private static final int ROWS = 64;
    private static final int WIDE = 256;
    private static final int PARAMETERS = 9155;

    private final Kernels kernels = Kernels.best();
    private final float[] a = normals(ROWS * WIDE);
    private final float[] b = normals(WIDE * WIDE);
    private final float[] c = new float[ROWS * WIDE];
    private final float[] x = normals(PARAMETERS);
    private final float[] out = new float[PARAMETERS];
    private final float[] gradient = normals(PARAMETERS);
    private final Adam adam = new Adam(kernels, PARAMETERS, 1e-5);

    private final ActionDistribution policy = ActionDistribution.categorical(2);
    private final Scratch scratch = policy.scratch(ROWS);
    private final float[] logits = normals(2 * ROWS);
    private final float[] actions = new float[ROWS];
    private final float[] logProb = new float[ROWS];
    private final float[] entropy = new float[ROWS];
    private final float[] dLogits = new float[2 * ROWS];

    private static float[] normals(int n) {
        Pcg64 random = new Pcg64(n);
        float[] values = new float[n];
        for (int i = 0; i < n; i++) {
            values[i] = (float) random.standardNormal();
        }
        return values;
    }

    /** 0.52 million operations. */
    @Benchmark
    public float[] multiply64x64x64() {
        kernels.multiply(ROWS, ROWS, ROWS, a, 0, ROWS, b, 0, ROWS, c, 0, ROWS);
        return c;
    }

    /** 8.4 million operations: 64 rows through a layer of 256, its weights kept in panels. */
    @Benchmark
    public float[] multiply64x256x256() {
        int panel = Math.min(WIDE, kernels.panelColumns());
        for (int column = 0; column < WIDE; column += panel) {
            kernels.multiply(ROWS, WIDE, panel, a, 0, WIDE, b, column * WIDE, panel, c, column, WIDE);
        }
        return c;
    }

    /** 0.52 million operations: the gradient of a layer's weights. */
    @Benchmark
    public float[] multiplyTransposed64x64x64() {
        kernels.multiplyTransposed(ROWS, ROWS, ROWS, a, 0, ROWS, b, 0, ROWS, c, 0, ROWS);
        return c;
    }

    /** 4096 elements. */
    @Benchmark
    public float[] tanh() {
        kernels.tanh(ROWS * ROWS, x, 0, out, 0);
        return out;
    }

    /** 4096 elements. */
    @Benchmark
    public float[] exp() {
        kernels.exp(ROWS * ROWS, x, 0, out, 0);
        return out;
    }

    /** Log-probabilities and entropies of 64 actions out of two. */
    @Benchmark
    public float[] evaluateCategorical() {
        policy.evaluate(kernels, scratch, logits, ROWS, ROWS, actions, logProb, entropy);
        return logProb;
    }

    /** Their gradient with respect to the logits. */
    @Benchmark
    public float[] gradientCategorical() {
        policy.gradient(kernels, scratch, logits, ROWS, ROWS, actions, logProb, 0.01f, null, 0, dLogits);
        return dLogits;
    }

    /** 9155 parameters. */
    @Benchmark
    public float norm() {
        return kernels.sumOfSquares(PARAMETERS, gradient, 0);
    }

    /** 9155 parameters. */
    @Benchmark
    public float[] adam() {
        adam.step(x, gradient, 1e-6, 1);
        return x;
    }
}
