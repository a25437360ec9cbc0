package org.rltune.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.rltune.random.Pcg64;

class MlpTest extends ActorCriticContract {
    @Override
    protected Kernels kernels() {
        return PlainKernels.INSTANCE;
    }

    @Test
    void namesEveryParameterOnceInOrder() {
        Mlp separate = new Mlp(new MlpConfig(3, 2, List.of(5), Activation.TANH, false, true));
        assertThat(separate.segments())
                .containsExactly(
                        new ParameterSegment("policy.hidden.0.weight", 0, 3, 5),
                        new ParameterSegment("policy.hidden.0.bias", 15, 1, 5),
                        new ParameterSegment("policy.head.weight", 20, 2, 5),
                        new ParameterSegment("policy.head.bias", 30, 1, 2),
                        new ParameterSegment("value.hidden.0.weight", 32, 3, 5),
                        new ParameterSegment("value.hidden.0.bias", 47, 1, 5),
                        new ParameterSegment("value.head.weight", 52, 1, 5),
                        new ParameterSegment("value.head.bias", 57, 1, 1),
                        new ParameterSegment("log_std", 58, 1, 2));
        assertThat(separate.parameters()).hasSize(60);
        Mlp shared = new Mlp(new MlpConfig(3, 2, List.of(5), Activation.TANH, true, false));
        assertThat(shared.segments().stream().map(ParameterSegment::name))
                .containsExactly(
                        "trunk.hidden.0.weight",
                        "trunk.hidden.0.bias",
                        "policy.head.weight",
                        "policy.head.bias",
                        "value.head.weight",
                        "value.head.bias");
    }

    @Test
    void initialWeightsAreOrthogonalWithTheGainsOfStableBaselines3() {
        Mlp mlp = new Mlp(new MlpConfig(4, 3, List.of(64, 32), Activation.TANH, false, true));
        mlp.initialize(new Pcg64(5), -0.7);
        for (ParameterSegment segment : mlp.segments()) {
            if (segment.name().endsWith(".weight")) {
                double gain = segment.name().equals("policy.head.weight")
                        ? 0.01
                        : segment.name().equals("value.head.weight") ? 1 : StrictMath.sqrt(2);
                assertOrthogonal(mlp.parameters(), segment, gain);
            } else {
                float expected = segment.name().equals("log_std") ? -0.7f : 0f;
                float[] part =
                        Arrays.copyOfRange(mlp.parameters(), segment.offset(), segment.offset() + segment.size());
                assertThat(part).containsOnly(expected);
            }
        }
    }

    /** The vectors along the longer dimension are orthogonal, with squared length gain^2. */
    private static void assertOrthogonal(float[] p, ParameterSegment s, double gain) {
        boolean wide = s.columns() >= s.rows();
        int count = Math.min(s.rows(), s.columns());
        int length = Math.max(s.rows(), s.columns());
        for (int a = 0; a < count; a++) {
            for (int b = 0; b <= a; b++) {
                double product = 0;
                for (int i = 0; i < length; i++) {
                    int first = wide ? a * s.columns() + i : i * s.columns() + a;
                    int second = wide ? b * s.columns() + i : i * s.columns() + b;
                    product += (double) p[s.offset() + first] * p[s.offset() + second];
                }
                assertThat(product).isCloseTo(a == b ? gain * gain : 0, within(1e-6 * gain * gain));
            }
        }
    }

    @Test
    void aSquareWeightFollowsTheSignRuleOfTorch() {
        // With a positive diagonal of R, the first vector is the first draw divided by its length, sign included.
        float[] weight = new float[16];
        Orthogonal.fill(weight, 0, 4, 4, 1, new Pcg64(9));
        Pcg64 random = new Pcg64(9);
        double[] first = new double[4];
        double norm = 0;
        for (int i = 0; i < 4; i++) {
            first[i] = random.standardNormal();
            norm += first[i] * first[i];
        }
        for (int i = 0; i < 4; i++) {
            assertThat((double) weight[i]).isCloseTo(first[i] / StrictMath.sqrt(norm), within(1e-7));
        }
    }

    @Test
    void itsDescriptionBuildsTheSameShape() {
        for (MlpConfig config : shapes()) {
            Map<String, Object> described = new Mlp(config).describe();
            assertThat(MlpConfig.of(described)).isEqualTo(config);
        }
    }

    @Test
    void aDamagedDescriptionIsRefusedByName() {
        Map<String, Object> good = shapes().get(0).toMap();
        Map<String, Object> bad = new LinkedHashMap<>(good);
        bad.put("fcnet_hiddens", List.of(64L, 1.5));
        assertThatThrownBy(() -> MlpConfig.of(bad)).hasMessageContaining("1.5 in fcnet_hiddens");
        bad.remove("fcnet_hiddens");
        assertThatThrownBy(() -> MlpConfig.of(bad)).hasMessageContaining("fcnet_hiddens = null");
        bad.put("type", "cnn");
        assertThatThrownBy(() -> MlpConfig.of(bad)).hasMessageContaining("type is 'cnn'");
    }

    @Test
    void anUnknownActivationIsRefusedWithASuggestion() {
        assertThat(Activation.parse("ReLU")).isEqualTo(Activation.RELU);
        assertThatThrownBy(() -> Activation.parse("tahn"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("fcnet_activation is 'tahn', but it must be one of [tanh, relu]. Maybe 'tanh'?");
    }

    @Test
    void aWidthBelowOneIsRefused() {
        assertThatThrownBy(() -> new MlpConfig(4, 2, List.of(64, 0), Activation.TANH, false, false))
                .hasMessageContaining("fcnet_hiddens[1] is 0");
    }
}
