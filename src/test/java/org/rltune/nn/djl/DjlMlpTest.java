package org.rltune.nn.djl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.rltune.nn.Activation;
import org.rltune.nn.Mlp;
import org.rltune.nn.MlpConfig;
import org.rltune.nn.Workspace;
import org.rltune.policy.ModelConfig;
import org.rltune.policy.NetworkSize;
import org.rltune.random.Pcg64;
import org.rltune.space.Box;

/** MLPs on DJL against the same ones on our own kernels: each is the other's second opinion. */
final class DjlMlpTest {
    static List<MlpConfig> shapes() {
        return List.of(
                new MlpConfig(4, 2, List.of(64, 64), Activation.TANH, false, false),
                new MlpConfig(4, 2, List.of(64, 64), Activation.TANH, true, false),
                new MlpConfig(3, 1, List.of(64, 64), Activation.TANH, false, true),
                new MlpConfig(24, 4, List.of(17, 33, 5), Activation.RELU, true, true),
                new MlpConfig(5, 7, List.of(20), Activation.RELU, false, false),
                new MlpConfig(6, 3, List.of(), Activation.TANH, false, true),
                new MlpConfig(6, 3, List.of(), Activation.TANH, true, true),
                new MlpConfig(1, 1, List.of(1), Activation.TANH, true, false));
    }

    private static DjlActorCritic onDjl(MlpConfig shape, long seed) {
        return DjlNetworks.create(
                ModelConfig.mlp(shape.hiddens(), shape.activation(), shape.vfShareLayers()),
                new NetworkSize(shape.observationSize(), shape.headOutputs(), shape.logStds()),
                Box.of(-1, 1, shape.observationSize()),
                -0.5,
                0,
                new Pcg64(seed));
    }

    private static float[] uniform(int n, double most, Pcg64 random) {
        float[] numbers = new float[n];
        for (int i = 0; i < n; i++) {
            numbers[i] = (float) random.uniform(-most, most);
        }
        return numbers;
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void startsWithTheWeightsOfOurOwnNetwork(MlpConfig shape) {
        Mlp mlp = new Mlp(shape);
        mlp.initialize(new Pcg64(7), -0.5);
        assertThat(onDjl(shape, 7).parameters()).isEqualTo(TurnedWeights.toDjl(mlp, mlp.parameters()));
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void givesTheOutputsAndGradientsOfOurOwnNetwork(MlpConfig shape) {
        Pcg64 random = new Pcg64(21);
        Mlp mlp = new Mlp(shape);
        System.arraycopy(
                uniform(mlp.parameters().length, 0.5, random), 0, mlp.parameters(), 0, mlp.parameters().length);
        DjlActorCritic djl = onDjl(shape, 1);
        float[] turned = TurnedWeights.toDjl(mlp, mlp.parameters());
        System.arraycopy(turned, 0, djl.parameters(), 0, turned.length);
        int rows = 37;
        float[] observations = uniform(5 + rows * shape.observationSize(), 2, random);
        Workspace ours = mlp.workspace(40);
        Workspace theirs = djl.workspace(40);
        mlp.forward(ours, observations, 5, rows);
        djl.forward(theirs, observations, 5, rows);
        for (int j = 0; j < shape.policyOutputs(); j++) {
            for (int i = 0; i < rows; i++) {
                int at = j * 40 + i;
                assertThat(theirs.policy[at]).isCloseTo(ours.policy[at], within(5e-6f));
            }
        }
        for (int i = 0; i < rows; i++) {
            assertThat(theirs.value[i]).isCloseTo(ours.value[i], within(5e-6f));
        }
        float[] dPolicy = uniform(ours.policyGradient.length, 1, random);
        float[] dValue = uniform(ours.valueGradient.length, 1, random);
        for (Workspace w : new Workspace[] {ours, theirs}) {
            System.arraycopy(dPolicy, 0, w.policyGradient, 0, dPolicy.length);
            System.arraycopy(dValue, 0, w.valueGradient, 0, dValue.length);
            Arrays.fill(w.gradient, 1f); // backward adds
        }
        mlp.backward(ours, observations, 5, rows);
        djl.backward(theirs, observations, 5, rows);
        float[] expected = TurnedWeights.toDjl(mlp, ours.gradient);
        float largest = 0;
        for (float g : expected) {
            largest = Math.max(largest, Math.abs(g - 1));
        }
        for (int p = 0; p < expected.length; p++) {
            assertThat(Math.abs(theirs.gradient[p] - expected[p]))
                    .as("parameter %d: %s against %s", p, theirs.gradient[p], expected[p])
                    .isLessThan(1e-5f * largest);
        }
    }

    @Test
    void takesAnythingWrittenIntoTheParametersUnlessAVersionPromisesThatNothingWas() {
        DjlActorCritic djl = onDjl(shapes().get(1), 3);
        Workspace w = djl.workspace(1);
        float[] observation = {0.1f, 0.2f, 0.3f, 0.4f};
        djl.forward(w, observation, 0, 1);
        float before = w.value[0];
        Arrays.fill(djl.parameters(), 0.25f);
        djl.forward(w, observation, 0, 1);
        float after = w.value[0];
        assertThat(after).isNotEqualTo(before);
        w.parametersVersion = 4;
        djl.forward(w, observation, 0, 1);
        assertThat(w.value[0]).isEqualTo(after);
        Arrays.fill(djl.parameters(), 0f);
        djl.forward(w, observation, 0, 1);
        assertThat(w.value[0]).isEqualTo(after);
        w.parametersVersion = 5;
        djl.forward(w, observation, 0, 1);
        assertThat(w.value[0]).isZero();
    }

    @Test
    void addsUpOverCallsAndForgetsNothingBetweenThem() {
        DjlActorCritic djl = onDjl(shapes().get(0), 3);
        float[] observations = uniform(8 * 4, 1, new Pcg64(1));
        Workspace w = djl.workspace(8);
        Arrays.fill(w.policyGradient, 1f);
        Arrays.fill(w.valueGradient, 1f);
        djl.forward(w, observations, 0, 8);
        djl.backward(w, observations, 0, 8);
        float[] once = w.gradient.clone();
        djl.forward(w, observations, 0, 8);
        djl.backward(w, observations, 0, 8);
        for (int p = 0; p < once.length; p++) {
            assertThat(w.gradient[p]).isEqualTo(2 * once[p]);
        }
    }

    @Test
    void refusesForeignWorkspacesTooManyRowsAndBackwardWithoutForward() {
        DjlActorCritic djl = onDjl(shapes().get(0), 3);
        float[] observations = new float[40];
        Workspace w = djl.workspace(4);
        assertThatThrownBy(() -> djl.backward(w, observations, 0, 2))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("Call forward");
        assertThatThrownBy(() -> djl.forward(w, observations, 0, 5))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("rows is 5, but it must lie in [1, 4]");
        Workspace foreign = onDjl(shapes().get(0), 3).workspace(4);
        assertThatThrownBy(() -> djl.forward(foreign, observations, 0, 2))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("another network");
        w.forwardOnly = true;
        djl.forward(w, observations, 0, 2);
        assertThatThrownBy(() -> djl.backward(w, observations, 0, 2)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void holdsNoMoreArraysAfterAHundredStepsThanAfterOne() {
        DjlActorCritic djl = onDjl(shapes().get(0), 3);
        DjlWorkspace w = (DjlWorkspace) djl.workspace(8);
        float[] observations = uniform(8 * 4, 1, new Pcg64(1));
        djl.forward(w, observations, 0, 8);
        djl.backward(w, observations, 0, 8);
        int after = w.arrays();
        assertThat(after).isEqualTo(djl.table().entries().size());
        for (int i = 0; i < 100; i++) {
            djl.forward(w, observations, 0, 8);
            djl.forward(w, observations, 0, 3);
            djl.backward(w, observations, 0, 3);
            djl.forwardPolicy(w, observations, 0, 8);
            assertThat(w.arrays()).isEqualTo(after);
        }
    }

    @Test
    void isRestoredFromItsDescription() {
        for (MlpConfig shape : shapes()) {
            DjlActorCritic djl = onDjl(shape, 3);
            Box space = Box.of(-1, 1, shape.observationSize());
            Map<String, Object> description = djl.describe();
            DjlActorCritic other = DjlNetworks.restore(description, space, djl.parameters().length);
            assertThat(other.describe()).isEqualTo(description);
            assertThatThrownBy(() -> DjlNetworks.restore(description, space, djl.parameters().length + 1))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("do not belong together");
        }
    }
}
