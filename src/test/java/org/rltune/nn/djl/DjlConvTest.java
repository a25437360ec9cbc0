package org.rltune.nn.djl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.pytorch.jni.JniUtils;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.rltune.nn.Workspace;
import org.rltune.policy.ConvFilters;
import org.rltune.policy.ModelConfig;
import org.rltune.policy.NetworkSize;
import org.rltune.random.Pcg64;
import org.rltune.space.ArrayBox;
import org.rltune.space.Box;
import org.rltune.space.Space;

/** Networks with convolutions: sizes, outputs and gradients by another route, and that they repeat. */
final class DjlConvTest {
    private static final int OUTPUTS = 3;

    static ModelConfig model(Object filters, List<Integer> dense, boolean shared) {
        return ModelConfig.convolutions(ConvFilters.parse(filters), dense, shared);
    }

    static DjlActorCritic network(ModelConfig model, Space<?> space, long seed) {
        return DjlNetworks.create(model, new NetworkSize(space.flatSize(), OUTPUTS, 0), space, 0, 0, new Pcg64(seed));
    }

    private static List<List<Object>> layers(Object... numbers) {
        List<List<Object>> layers = new ArrayList<>();
        for (int i = 0; i < numbers.length; i += 3) {
            layers.add(List.of(numbers[i], numbers[i + 1], numbers[i + 2]));
        }
        return layers;
    }

    static List<Arguments> networks() {
        return List.of(
                Arguments.of("nature", List.of(), ArrayBox.uint8(0, 255, 44, 48, 2)),
                Arguments.of("small", List.of(), ArrayBox.uint8(0, 255, 9, 10, 3)),
                Arguments.of(layers(4, 4, 2, 5, 3, 2, 6, 2, 1), List.of(7), ArrayBox.uint8(0, 255, 13, 12, 2)),
                Arguments.of(layers(3, List.of(5, 2), 2, 4, 2, 1), List.of(), ArrayBox.uint8(0, 255, 7, 9)),
                Arguments.of(layers(3, 3, 1), List.of(5, 4), Box.of(-1, 1, 2, 6, 5)));
    }

    @ParameterizedTest
    @MethodSource("networks")
    void outputsAreThoseOfTheDefinitionAndGradientsThoseOfFiniteDifferences(
            Object filters, List<Integer> dense, Space<?> space) {
        ModelConfig model = model(filters, dense, true);
        DjlActorCritic network = network(model, space, 5);
        Pcg64 random = new Pcg64(6);
        for (int i = 0; i < network.parameters().length; i++) {
            network.parameters()[i] += (float) random.uniform(-0.05, 0.05);
        }
        ReferenceConvNet reference = new ReferenceConvNet(
                ImageShape.of(space), model.convFilters().layers(), model.dense(), OUTPUTS, network.parameters());
        int rows = 2;
        int size = space.flatSize();
        float[] pixels = new float[rows * size];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = (float) random.uniform(0, 1);
        }
        Workspace w = network.workspace(3);
        network.forward(w, pixels, 0, rows);
        double[][] inputs = new double[rows][size];
        double[][] seeds = new double[rows][OUTPUTS + 1];
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < size; j++) {
                inputs[i][j] = pixels[i * size + j];
            }
            double[] expected = reference.forward(inputs[i]);
            for (int j = 0; j <= OUTPUTS; j++) {
                float actual = j < OUTPUTS ? w.policy[j * 3 + i] : w.value[i];
                assertThat((double) actual).isCloseTo(expected[j], within(1e-5 * Math.max(1, Math.abs(expected[j]))));
                seeds[i][j] = (float) random.uniform(-1, 1);
                if (j < OUTPUTS) {
                    w.policyGradient[j * 3 + i] = (float) seeds[i][j];
                } else {
                    w.valueGradient[i] = (float) seeds[i][j];
                }
            }
        }
        network.backward(w, pixels, 0, rows);
        float largest = 0;
        for (float g : w.gradient) {
            largest = Math.max(largest, Math.abs(g));
        }
        for (ParameterTable.Entry entry : network.table().entries()) {
            for (int probe = 0; probe < 4; probe++) {
                int p = entry.offset() + random.nextInt(entry.size());
                double kept = reference.parameters[p];
                reference.parameters[p] = kept + 1e-6;
                double above = dot(reference, inputs, seeds);
                reference.parameters[p] = kept - 1e-6;
                double below = dot(reference, inputs, seeds);
                reference.parameters[p] = kept;
                assertThat(Math.abs((above - below) / 2e-6 - w.gradient[p]))
                        .as("%s, parameter %d", entry.name(), p)
                        .isLessThan(1e-5 * largest);
            }
        }
    }

    private static double dot(ReferenceConvNet reference, double[][] inputs, double[][] seeds) {
        double sum = 0;
        for (int i = 0; i < inputs.length; i++) {
            double[] out = reference.forward(inputs[i]);
            for (int j = 0; j < out.length; j++) {
                sum += seeds[i][j] * out[j];
            }
        }
        return sum;
    }

    @Test
    void theNatureNetworkHasItsWeights() {
        // 84x84x4: 8,224 + 32,832 + 36,928 in the convolutions, 1,606,144 in the layer of 512 (Mnih et al. 2015).
        Bodies bodies = new Bodies(model("nature", List.of(), true), ArrayBox.uint8(0, 255, 84, 84, 4), 28_224);
        assertThat(bodies.weights()).isEqualTo(8_224 + 32_832 + 36_928 + 1_606_144);
        // RLlib's default for 84x84 ends in one pixel: 84 -> 21 -> 11 -> 1.
        Bodies rllib = new Bodies(
                model(layers(16, 8, 4, 32, 4, 2, 256, 11, 1), List.of(), true),
                ArrayBox.uint8(0, 255, 84, 84, 4),
                28_224);
        assertThat(rllib.outputs()).isEqualTo(256);
    }

    @Test
    void theCountBeforehandIsThatOfTheNetwork() {
        for (boolean shared : new boolean[] {true, false}) {
            for (Arguments one : networks()) {
                Space<?> space = (Space<?>) one.get()[2];
                DjlActorCritic network =
                        network(model(one.get()[0], numbers(one.get()[1]), shared), space, 1); // refuses a wrong count
                assertThat(network.parameters().length)
                        .isEqualTo(network.table().size());
                DjlActorCritic again = DjlNetworks.restore(network.describe(), space, network.parameters().length);
                assertThat(again.describe()).isEqualTo(network.describe());
            }
        }
    }

    @SuppressWarnings("unchecked")
    private static List<Integer> numbers(Object list) {
        return (List<Integer>) list;
    }

    @Test
    void repeatsItsBitsInEveryThread() throws Exception {
        Space<?> space = ArrayBox.uint8(0, 255, 20, 20, 3);
        DjlActorCritic network = network(model(layers(16, 3, 2, 32, 3, 2), List.of(64), false), space, 5);
        float[] pixels = new float[64 * space.flatSize()];
        Pcg64 random = new Pcg64(1);
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = (float) random.uniform(0, 1);
        }
        Callable<float[]> step = () -> {
            Workspace w = network.workspace(64);
            for (int i = 0; i < 3; i++) {
                network.forward(w, pixels, 0, 64);
                System.arraycopy(w.policy, 0, w.policyGradient, 0, w.policy.length);
                System.arraycopy(w.value, 0, w.valueGradient, 0, w.value.length);
                network.backward(w, pixels, 0, 64);
            }
            return w.gradient;
        };
        float[] here = step.call();
        JniUtils.setNumThreads(2); // as ND4J does when it starts: the setting of a thread in OpenMP, which both share
        assertThat(Arrays.equals(step.call(), here)).as("the same bits").isTrue();
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            List<Future<float[]>> others = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                others.add(threads.submit(step));
            }
            for (Future<float[]> other : others) {
                assertThat(Arrays.equals(other.get(), here)).as("the same bits").isTrue();
            }
        } finally {
            threads.shutdown();
        }
    }

    @Test
    void whatDoesNotFitIsNamed() {
        Space<?> space = ArrayBox.uint8(0, 255, 10, 10, 1);
        assertThatThrownBy(() -> network(model(layers(4, 4, 2, 8, 6, 1), List.of(), true), space, 1))
                .hasMessageContaining("the kernel of layer 2 is 6x6, but the image that it would see is 5x5")
                .hasMessageContaining("smaller kernel");
        assertThatThrownBy(() -> network(model("nature", List.of(), true), Box.of(0, 1, 7), 1))
                .hasMessageContaining("conv_filters need an image, a Box of 2 or 3 dimensions");
        assertThatThrownBy(() -> ConvFilters.parse("natur")).hasMessageContaining("nature, small, or a list");
        assertThatThrownBy(() -> ConvFilters.parse(layers(4, 0, 2)))
                .hasMessageContaining("Element 0 has 0, which is no whole number from 1 to 65536");
        assertThatThrownBy(() -> ConvFilters.parse(List.of(List.of(3, 3)))).hasMessageContaining("Element 0 is [3, 3]");
    }

    @Test
    void theAxisOfTheChannelsIsFound() {
        assertThat(ImageShape.of(ArrayBox.uint8(0, 255, 84, 90, 3))).isEqualTo(new ImageShape(84, 90, 3, false));
        assertThat(ImageShape.of(ArrayBox.uint8(0, 255, 4, 84, 90))).isEqualTo(new ImageShape(84, 90, 4, true));
        assertThat(ImageShape.of(Box.of(0, 1, 8, 9))).isEqualTo(new ImageShape(8, 9, 1, false));
    }
}
