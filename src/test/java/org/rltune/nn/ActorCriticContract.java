package org.rltune.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.rltune.random.Pcg64;

/** What every {@link Mlp} does, for all shapes, on the kernels that a subclass names. */
abstract class ActorCriticContract {
    private static final long INITIAL_HASH = -2084500930091954313L;
    private static final long TRAINED_HASH = 7177118583788499362L;

    protected abstract Kernels kernels();

    static List<MlpConfig> shapes() {
        return List.of(
                new MlpConfig(4, 2, List.of(64, 64), Activation.TANH, false, false),
                new MlpConfig(4, 2, List.of(64, 64), Activation.TANH, true, false),
                new MlpConfig(3, 1, List.of(64, 64), Activation.TANH, false, true),
                new MlpConfig(24, 4, List.of(17, 33, 5), Activation.RELU, true, true),
                new MlpConfig(5, 7, List.of(20), Activation.RELU, false, false),
                new MlpConfig(3, 2, List.of(130, 128, 7), Activation.TANH, false, false),
                new MlpConfig(6, 3, List.of(), Activation.TANH, false, true),
                new MlpConfig(1, 1, List.of(1), Activation.TANH, true, false));
    }

    private Mlp network(MlpConfig config, Pcg64 random) {
        Mlp mlp = new Mlp(config, kernels());
        mlp.initialize(random, -0.5);
        // Biases and heads far from their initial zeros, so that every term counts.
        for (int i = 0; i < mlp.parameters().length; i++) {
            mlp.parameters()[i] += (float) random.uniform(-0.2, 0.2);
        }
        return mlp;
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void outputsAndGradientsAgreeWithTheDoubleReference(MlpConfig config) {
        Pcg64 random = new Pcg64(21);
        Mlp mlp = network(config, random);
        ReferenceNetwork reference = new ReferenceNetwork(mlp);
        int rows = 37;
        int outputs = mlp.policyOutputs();
        float[] observations = Numbers.uniform(5 + rows * mlp.observationSize(), 2, random);
        Workspace w = mlp.workspace(40);
        mlp.forward(w, observations, 5, rows);
        randomOutputGradients(w, random);
        mlp.backward(w, observations, 5, rows);
        double[] expected = new double[reference.parameters.length];
        for (int i = 0; i < rows; i++) {
            double[] observation = row(observations, 5, i, mlp.observationSize());
            double[] out = reference.forward(observation);
            double[] dOut = new double[outputs + 1];
            for (int j = 0; j < outputs; j++) {
                assertThat((double) w.policy[j * w.capacity + i]).isCloseTo(out[j], within(2e-6));
                dOut[j] = w.policyGradient[j * w.capacity + i];
            }
            assertThat((double) w.value[i]).isCloseTo(out[outputs], within(2e-6));
            dOut[outputs] = w.valueGradient[i];
            reference.backward(observation, dOut, expected);
        }
        double tolerance = 1e-5 * Numbers.largest(expected);
        for (int p = 0; p < expected.length; p++) {
            assertThat(Math.abs(w.gradient[p] - expected[p]))
                    .as("parameter " + p)
                    .isLessThan(tolerance);
        }
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void theReferenceAgreesWithFiniteDifferences(MlpConfig config) {
        Pcg64 random = new Pcg64(22);
        Mlp mlp = network(config, random);
        ReferenceNetwork reference = new ReferenceNetwork(mlp);
        double[] observation = row(Numbers.uniform(mlp.observationSize(), 2, random), 0, 0, mlp.observationSize());
        double[] dOut = row(Numbers.uniform(mlp.policyOutputs() + 1, 1, random), 0, 0, mlp.policyOutputs() + 1);
        double[] gradient = new double[reference.parameters.length];
        reference.backward(observation, dOut, gradient);
        double tolerance = 1e-6 * Numbers.largest(gradient);
        int step = Math.max(1, gradient.length / 500);
        for (int p = 0; p < gradient.length; p += step) {
            double kept = reference.parameters[p];
            reference.parameters[p] = kept + 1e-5;
            double up = dot(dOut, reference.forward(observation));
            reference.parameters[p] = kept - 1e-5;
            double down = dot(dOut, reference.forward(observation));
            reference.parameters[p] = kept;
            assertThat(Math.abs((up - down) / 2e-5 - gradient[p]))
                    .as("parameter " + p)
                    .isLessThan(tolerance);
        }
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void oneRowGivesTheSameBitsAsManyAndChunksTheSameGradient(MlpConfig config) {
        Pcg64 random = new Pcg64(23);
        Mlp mlp = network(config, random);
        int rows = 131;
        int size = mlp.observationSize();
        float[] observations = Numbers.uniform(rows * size, 2, random);
        Workspace whole = mlp.workspace(rows);
        mlp.forward(whole, observations, 0, rows);
        randomOutputGradients(whole, random);
        mlp.backward(whole, observations, 0, rows);
        for (int chunk : new int[] {1, 3, 8, 64, 130}) {
            Workspace w = mlp.workspace(chunk);
            Arrays.fill(w.gradient, Float.NaN);
            for (int first = 0; first < rows; first += chunk) {
                int count = Math.min(chunk, rows - first);
                mlp.forward(w, observations, first * size, count);
                for (int j = 0; j < mlp.policyOutputs(); j++) {
                    int from = j * rows + first;
                    assertThat(Arrays.copyOfRange(w.policy, j * chunk, j * chunk + count))
                            .isEqualTo(Arrays.copyOfRange(whole.policy, from, from + count));
                    System.arraycopy(whole.policyGradient, from, w.policyGradient, j * chunk, count);
                }
                assertThat(Arrays.copyOf(w.value, count))
                        .isEqualTo(Arrays.copyOfRange(whole.value, first, first + count));
                System.arraycopy(whole.valueGradient, first, w.valueGradient, 0, count);
                w.beginsGradient = first == 0;
                mlp.backward(w, observations, first * size, count);
            }
            assertThat(w.gradient).isEqualTo(whole.gradient);
        }
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void refusesForeignWorkspacesTooManyRowsAndBackwardWithoutForward(MlpConfig config) {
        Mlp mlp = new Mlp(config, kernels());
        float[] observations = new float[10 * mlp.observationSize()];
        Workspace w = mlp.workspace(4);
        assertThatThrownBy(() -> mlp.backward(w, observations, 0, 2))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("Call forward");
        assertThatThrownBy(() -> mlp.forward(w, observations, 0, 5))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("rows is 5, but it must lie in [1, 4]");
        Workspace foreign = new Mlp(config, kernels()).workspace(4);
        assertThatThrownBy(() -> mlp.forward(foreign, observations, 0, 2))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("another network");
    }

    @Test
    void givesTheSameBitsOnEveryMachine() {
        Pcg64 random = new Pcg64(31);
        Mlp mlp = new Mlp(new MlpConfig(4, 2, List.of(64, 64), Activation.TANH, false, false), kernels());
        mlp.initialize(random, 0);
        assertThat(Numbers.hash(mlp.parameters())).isEqualTo(INITIAL_HASH);
        Workspace w = mlp.workspace(100);
        Adam adam = new Adam(kernels(), mlp.parameters().length, Adam.DEFAULT_EPSILON);
        for (int step = 0; step < 20; step++) {
            int rows = step % 3 == 0 ? 37 : 100;
            float[] observations = Numbers.uniform(rows * 4, 1, random);
            mlp.forward(w, observations, 0, rows);
            System.arraycopy(w.policy, 0, w.policyGradient, 0, w.policy.length);
            System.arraycopy(w.value, 0, w.valueGradient, 0, w.value.length);
            Arrays.fill(w.gradient, 0f);
            mlp.backward(w, observations, 0, rows);
            adam.step(mlp.parameters(), w.gradient, 1e-3, 0.5);
        }
        assertThat(Numbers.hash(mlp.parameters(), adam.firstMoments(), adam.secondMoments()))
                .isEqualTo(TRAINED_HASH);
    }

    private static void randomOutputGradients(Workspace w, Pcg64 random) {
        System.arraycopy(
                Numbers.uniform(w.policyGradient.length, 1, random), 0, w.policyGradient, 0, w.policyGradient.length);
        System.arraycopy(
                Numbers.uniform(w.valueGradient.length, 1, random), 0, w.valueGradient, 0, w.valueGradient.length);
    }

    private static double[] row(float[] x, int offset, int i, int size) {
        double[] row = new double[size];
        for (int j = 0; j < size; j++) {
            row[j] = x[offset + i * size + j];
        }
        return row;
    }

    private static double dot(double[] x, double[] y) {
        double sum = 0;
        for (int i = 0; i < x.length; i++) {
            sum += x[i] * y[i];
        }
        return sum;
    }
}
