package org.rltune.nn;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.rltune.random.Pcg64;

class LayerWeightsTest {
    @Test
    void followsEveryChangeOfASingleParameter() {
        Pcg64 random = new Pcg64(31);
        int offset = 5;
        float[] parameters = Numbers.uniform(offset + 11 * 18 + 3, 1, random);
        LayerWeights weights = new LayerWeights(11, 18, offset);
        for (int change = 0; change < 11 * 18; change++) {
            parameters[offset + change] = change % 2 == 0 ? -0f : random.nextFloat();
            assertThat(back(weights, parameters, 0, 11, 18))
                    .isEqualTo(back(new LayerWeights(11, 18, offset), parameters, 0, 11, 18));
        }
    }

    /** The rows of the transposed weights, one after the other: the gradient of the inputs for a unit vector each. */
    private static float[] back(LayerWeights weights, float[] parameters, long version, int rows, int columns) {
        float[] units = new float[columns * columns];
        for (int j = 0; j < columns; j++) {
            units[j * columns + j] = 1;
        }
        float[] dx = new float[columns * rows];
        Kernels k = Kernels.best();
        weights.multiplyByTransposed(
                k,
                parameters,
                version,
                columns,
                units,
                Panels.inRows(k, columns),
                new float[rows],
                dx,
                Panels.inRows(k, rows));
        return dx;
    }

    @Test
    void transposesWideLayersToo() {
        int rows = 150;
        int columns = 70;
        float[] parameters = Numbers.uniform(rows * columns, 1, new Pcg64(33));
        float[] dx = back(new LayerWeights(rows, columns, 0), parameters, 1, rows, columns);
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < columns; j++) {
                assertThat(dx[j * rows + i]).isEqualTo(parameters[i * columns + j]);
            }
        }
    }

    @Test
    void aWorkspaceSeesParametersThatChangedBetweenForwardAndBackward() {
        Pcg64 random = new Pcg64(32);
        Mlp mlp = new Mlp(new MlpConfig(3, 2, List.of(20, 130, 17), Activation.TANH, false, false));
        mlp.initialize(random, 0);
        float[] observations = Numbers.uniform(40 * 3, 1, random);
        Workspace used = mlp.workspace(40);
        for (int step = 0; step < 4; step++) {
            Workspace fresh = mlp.workspace(40);
            forward(mlp, used, observations);
            forward(mlp, fresh, observations);
            change(mlp);
            mlp.backward(used, observations, 0, 40);
            mlp.backward(fresh, observations, 0, 40);
            assertThat(used.gradient).isEqualTo(fresh.gradient);
        }
    }

    @Test
    void numberedVersionsGiveTheSameBits() {
        Mlp mlp = new Mlp(new MlpConfig(3, 2, List.of(20, 130, 200, 17), Activation.TANH, false, false));
        mlp.initialize(new Pcg64(34), 0);
        float[] observations = Numbers.uniform(40 * 3, 1, new Pcg64(35));
        Workspace numbered = mlp.workspace(40);
        for (int step = 0; step < 6; step++) {
            Workspace fresh = mlp.workspace(40);
            // Two calls for each number, and now and then one that promises nothing.
            numbered.parametersVersion = step == 3 ? 0 : 1 + step / 2;
            forward(mlp, numbered, observations);
            mlp.backward(numbered, observations, 0, 40);
            forward(mlp, fresh, observations);
            mlp.backward(fresh, observations, 0, 40);
            assertThat(numbered.policy).isEqualTo(fresh.policy);
            assertThat(numbered.value).isEqualTo(fresh.value);
            assertThat(numbered.gradient).isEqualTo(fresh.gradient);
            if (step % 2 == 1) {
                change(mlp);
            }
        }
    }

    private static void forward(Mlp mlp, Workspace w, float[] observations) {
        Arrays.fill(w.gradient, 0f);
        Arrays.fill(w.policyGradient, 0.3f);
        Arrays.fill(w.valueGradient, -0.2f);
        mlp.forward(w, observations, 0, 40);
    }

    private static void change(Mlp mlp) {
        for (int i = 0; i < mlp.parameters().length; i++) {
            mlp.parameters()[i] += 0.01f;
        }
    }
}
