package org.rltune.nn;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.rltune.random.Pcg64;

class TransposedWeightsTest {
    @Test
    void followsEveryChangeOfASingleParameter() {
        Pcg64 random = new Pcg64(31);
        int offset = 5;
        float[] parameters = Numbers.uniform(offset + 11 * 18 + 3, 1, random);
        TransposedWeights weights = new TransposedWeights(11, 18);
        for (int change = 0; change < 11 * 18; change++) {
            parameters[offset + change] = change % 2 == 0 ? -0f : random.nextFloat();
            float[] transposed = weights.of(parameters, offset);
            for (int i = 0; i < 11; i++) {
                for (int j = 0; j < 18; j++) {
                    assertThat(Float.floatToRawIntBits(transposed[j * 11 + i]))
                            .isEqualTo(Float.floatToRawIntBits(parameters[offset + i * 18 + j]));
                }
            }
        }
    }

    @Test
    void tellsPlusFromMinusZero() {
        TransposedWeights weights = new TransposedWeights(1, 2);
        assertThat(weights.of(new float[] {0f, 0f}, 0)).containsExactly(0f, 0f);
        float[] transposed = weights.of(new float[] {0f, -0f}, 0);
        assertThat(Float.floatToRawIntBits(transposed[1])).isEqualTo(Float.floatToRawIntBits(-0f));
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
            for (Workspace w : new Workspace[] {used, fresh}) {
                Arrays.fill(w.gradient, 0f);
                Arrays.fill(w.policyGradient, 0.3f);
                Arrays.fill(w.valueGradient, -0.2f);
                mlp.forward(w, observations, 0, 40);
            }
            for (int i = 0; i < mlp.parameters().length; i++) {
                mlp.parameters()[i] += 0.01f;
            }
            mlp.backward(used, observations, 0, 40);
            mlp.backward(fresh, observations, 0, 40);
            assertThat(used.gradient).isEqualTo(fresh.gradient);
        }
    }
}
