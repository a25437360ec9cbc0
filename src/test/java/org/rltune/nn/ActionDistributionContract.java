package org.rltune.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.rltune.random.Pcg64;

/** What all distributions do, in several sizes. */
abstract class ActionDistributionContract {
    private static final int ROWS = 67;
    private static final int STRIDE = 70;

    protected abstract List<ActionDistribution> distributions();

    /** Random actions in columns; most of them likely. */
    protected abstract float[] actions(ActionDistribution d, float[] inputs, int stride, int rows, Pcg64 random);

    protected Kernels kernels() {
        return PlainKernels.INSTANCE;
    }

    @Test
    void logProbabilityEntropyAndKlAgreeWithTheDoubleReference() {
        for (ActionDistribution d : distributions()) {
            Batch batch = new Batch(d, 51);
            ReferenceDistribution reference = ReferenceDistribution.of(d);
            float[] logProb = new float[ROWS];
            float[] entropy = new float[ROWS];
            float[] kl = new float[ROWS];
            d.evaluate(kernels(), batch.scratch, batch.inputs, STRIDE, ROWS, batch.actions, logProb, entropy);
            d.kl(kernels(), batch.scratch, batch.old, batch.inputs, STRIDE, ROWS, kl);
            for (int i = 0; i < ROWS; i++) {
                double[] inputs = column(batch.inputs, i, d.inputs());
                double[] old = column(batch.old, i, d.inputs());
                double exact = reference.logProb(inputs, column(batch.actions, i, d.actionSize()));
                assertThat((double) logProb[i]).isCloseTo(exact, within(1e-5 * (1 + Math.abs(exact))));
                assertThat((double) entropy[i]).isCloseTo(reference.entropy(inputs), within(1e-5));
                double divergence = reference.kl(old, inputs);
                assertThat((double) kl[i]).isCloseTo(divergence, within(1e-5 * (1 + divergence)));
            }
        }
    }

    @Test
    void eachTermOfTheGradientAgreesWithFiniteDifferencesOfTheDoubleReference() {
        // log-probability alone, entropy alone, KL alone, all three
        float[][] scales = {{1, 0, 0}, {0, 0.7f, 0}, {0, 0, 0.3f}, {1, -0.2f, 0.5f}};
        for (ActionDistribution d : distributions()) {
            for (float[] scale : scales) {
                checkGradient(d, scale[0], scale[1], scale[2]);
            }
        }
    }

    private void checkGradient(ActionDistribution d, float logProbScale, float entropyScale, float klScale) {
        Batch batch = new Batch(d, 52);
        ReferenceDistribution reference = ReferenceDistribution.of(d);
        float[] dLogProb = Numbers.uniform(ROWS, logProbScale, new Pcg64(53));
        float[] gradient = new float[batch.inputs.length];
        Arrays.fill(gradient, 99f);
        d.gradient(
                kernels(),
                batch.scratch,
                batch.inputs,
                STRIDE,
                ROWS,
                batch.actions,
                dLogProb,
                entropyScale,
                klScale == 0 ? null : batch.old,
                klScale,
                gradient);
        double[] expected = new double[ROWS * d.inputs()];
        for (int i = 0; i < ROWS; i++) {
            double[] inputs = column(batch.inputs, i, d.inputs());
            double[] old = column(batch.old, i, d.inputs());
            double[] action = column(batch.actions, i, d.actionSize());
            for (int j = 0; j < d.inputs(); j++) {
                double[] sides = new double[2];
                double kept = inputs[j];
                for (int side = 0; side < 2; side++) {
                    inputs[j] = kept + (side == 0 ? 1e-5 : -1e-5);
                    sides[side] = dLogProb[i] * reference.logProb(inputs, action)
                            + entropyScale * reference.entropy(inputs)
                            + klScale * reference.kl(old, inputs);
                }
                inputs[j] = kept;
                expected[i * d.inputs() + j] = (sides[0] - sides[1]) / 2e-5;
            }
        }
        double tolerance = 1e-5 * Numbers.largest(expected) + 1e-9;
        for (int i = 0; i < ROWS; i++) {
            for (int j = 0; j < d.inputs(); j++) {
                assertThat((double) gradient[j * STRIDE + i])
                        .as(d + " row " + i + " input " + j + " entropy " + entropyScale + " kl " + klScale)
                        .isCloseTo(expected[i * d.inputs() + j], within(tolerance));
            }
        }
        for (int j = 0; j < d.inputs(); j++) {
            for (int i = ROWS; i < STRIDE; i++) {
                assertThat(gradient[j * STRIDE + i]).as("rows beyond the batch").isEqualTo(99f);
            }
        }
    }

    @Test
    void samplesCarryTheLogProbabilityThatEvaluateGives() {
        for (ActionDistribution d : distributions()) {
            Batch batch = new Batch(d, 54);
            int size = d.actionSize();
            float[] actions = new float[3 + ROWS * size];
            float[] logProb = new float[2 + ROWS];
            Pcg64[] random = streams(ROWS);
            d.sample(batch.scratch, batch.inputs, STRIDE, ROWS, random, actions, 3, logProb, 2);
            float[] columns = new float[STRIDE * size];
            for (int i = 0; i < ROWS; i++) {
                for (int j = 0; j < size; j++) {
                    columns[j * STRIDE + i] = actions[3 + i * size + j];
                }
            }
            float[] evaluated = new float[ROWS];
            d.evaluate(kernels(), batch.scratch, batch.inputs, STRIDE, ROWS, columns, evaluated, new float[ROWS]);
            assertThat(Arrays.copyOfRange(logProb, 2, ROWS + 2)).isEqualTo(evaluated);
        }
    }

    @Test
    void aRowDrawsFromItsOwnStreamOnly() {
        for (ActionDistribution d : distributions()) {
            Batch batch = new Batch(d, 55);
            int size = d.actionSize();
            float[] together = new float[ROWS * size];
            d.sample(batch.scratch, batch.inputs, STRIDE, ROWS, streams(ROWS), together, 0, new float[ROWS], 0);
            Pcg64[] random = streams(ROWS);
            for (int i = ROWS - 1; i >= 0; i--) {
                float[] inputs = new float[d.inputs()];
                for (int j = 0; j < d.inputs(); j++) {
                    inputs[j] = batch.inputs[j * STRIDE + i];
                }
                float[] alone = new float[size];
                d.sample(batch.scratch, inputs, 1, 1, new Pcg64[] {random[i]}, alone, 0, new float[1], 0);
                assertThat(alone).isEqualTo(Arrays.copyOfRange(together, i * size, (i + 1) * size));
            }
        }
    }

    @Test
    void nothingIsInfiniteForAnyFiniteInput() {
        float[] extremes = {-Float.MAX_VALUE, -1e20f, -1000f, -30f, 0f, 30f, 1000f, 1e20f, Float.MAX_VALUE};
        for (ActionDistribution d : distributions()) {
            Pcg64 random = new Pcg64(56);
            for (int round = 0; round < 20; round++) {
                Batch batch = new Batch(d, 57);
                for (int j = 0; j < batch.inputs.length; j++) {
                    batch.inputs[j] = extremes[random.nextInt(extremes.length)];
                    batch.old[j] = extremes[random.nextInt(extremes.length)];
                }
                float[] oldLogProb = new float[ROWS];
                float[] logProb = new float[ROWS];
                float[] entropy = new float[ROWS];
                float[] kl = new float[ROWS];
                float[] ratio = new float[ROWS];
                d.evaluate(kernels(), batch.scratch, batch.old, STRIDE, ROWS, batch.actions, oldLogProb, entropy);
                d.evaluate(kernels(), batch.scratch, batch.inputs, STRIDE, ROWS, batch.actions, logProb, entropy);
                d.kl(kernels(), batch.scratch, batch.old, batch.inputs, STRIDE, ROWS, kl);
                kernels().subtract(ROWS, logProb, 0, oldLogProb, 0, ratio, 0);
                kernels().exp(ROWS, ratio, 0, ratio, 0);
                float[] gradient = new float[batch.inputs.length];
                float[] ones = new float[ROWS];
                Arrays.fill(ones, 1f);
                d.gradient(
                        kernels(),
                        batch.scratch,
                        batch.inputs,
                        STRIDE,
                        ROWS,
                        batch.actions,
                        ones,
                        0.1f,
                        batch.old,
                        0.1f,
                        gradient);
                for (float[] result : new float[][] {logProb, entropy, kl, ratio, gradient}) {
                    for (float x : result) {
                        assertThat(x).isFinite();
                    }
                }
            }
        }
    }

    @Test
    void aKlTermWithoutOldInputsIsRefused() {
        for (ActionDistribution d : distributions()) {
            Batch batch = new Batch(d, 58);
            float[] ones = new float[ROWS];
            float[] out = new float[batch.inputs.length];
            assertThatThrownBy(() -> d.gradient(
                            kernels(),
                            batch.scratch,
                            batch.inputs,
                            STRIDE,
                            ROWS,
                            batch.actions,
                            ones,
                            0,
                            null,
                            0.2f,
                            out))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("oldInputs is null, but klScale is 0.2");
        }
    }

    private final class Batch {
        final Scratch scratch;
        final float[] inputs;
        final float[] old;
        final float[] actions;

        Batch(ActionDistribution d, long seed) {
            Pcg64 random = new Pcg64(seed);
            scratch = d.scratch(STRIDE);
            inputs = Numbers.uniform(STRIDE * d.inputs(), 1.5, random);
            old = Numbers.uniform(STRIDE * d.inputs(), 1.5, random);
            actions = actions(d, inputs, STRIDE, ROWS, random);
        }
    }

    private static Pcg64[] streams(int n) {
        Pcg64[] random = new Pcg64[n];
        for (int i = 0; i < n; i++) {
            random[i] = new Pcg64(1000 + i);
        }
        return random;
    }

    private static double[] column(float[] x, int i, int size) {
        double[] row = new double[size];
        for (int j = 0; j < size; j++) {
            row[j] = x[j * STRIDE + i];
        }
        return row;
    }
}
