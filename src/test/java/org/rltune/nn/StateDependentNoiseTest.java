package org.rltune.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.rltune.random.Pcg64;

class StateDependentNoiseTest {
    private static final int ROWS = 6;
    private static final int ACTIONS = 2;

    /** Wide enough for features in several panels, with and without layers, shared and separate. */
    private static final List<MlpConfig> CONFIGS = List.of(
            new MlpConfig(3, ACTIONS, List.of(5), Activation.TANH, false, ACTIONS, true),
            new MlpConfig(3, ACTIONS, List.of(7, 150), Activation.TANH, true, ACTIONS, true),
            new MlpConfig(3, ACTIONS, List.of(), Activation.TANH, false, ACTIONS, true));

    private final float[] observations = Numbers.uniform(ROWS * 3, 1.5, new Pcg64(81));

    private static Mlp network(MlpConfig config) {
        Mlp network = new Mlp(config);
        Pcg64 random = new Pcg64(82);
        network.initialize(random, -0.7);
        for (int i = 0; i < network.parameters().length; i++) {
            network.parameters()[i] += (float) (0.2 * random.standardNormal());
        }
        return network;
    }

    private static ParameterSegment logStd(Mlp network) {
        return network.segments().get(network.segments().size() - 1);
    }

    private static float logStdOf(Workspace w, int row, int j) {
        return w.policy[(ACTIONS + j) * w.capacity + row];
    }

    @Test
    void theNoiseHasTheDeviationThatTheDistributionIsGiven() {
        long seed = 83;
        for (MlpConfig config : CONFIGS) {
            Mlp network = network(config);
            Workspace w = network.workspace(ROWS);
            network.forward(w, observations, 0, ROWS);
            int draws = 4000;
            double[][] squares = new double[ROWS][ACTIONS];
            float[] theta = new float[network.noiseSize()];
            float[] noise = new float[ACTIONS];
            Pcg64 random = new Pcg64(seed);
            for (int n = 0; n < draws; n++) {
                network.drawNoise(random, theta, 0);
                for (int i = 0; i < ROWS; i++) {
                    network.noise(w, observations, 0, i, theta, 0, noise);
                    for (int j = 0; j < ACTIONS; j++) {
                        squares[i][j] += (double) noise[j] * noise[j] / draws;
                    }
                }
            }
            for (int i = 0; i < ROWS; i++) {
                for (int j = 0; j < ACTIONS; j++) {
                    double variance = StrictMath.exp(2 * logStdOf(w, i, j));
                    // Squares of normal numbers have the deviation sqrt(2) times their mean; five standard errors.
                    assertThat(squares[i][j])
                            .as("%s, seed %d, row %d", config, seed, i)
                            .isCloseTo(variance, within(5 * variance * Math.sqrt(2.0 / draws) + 1e-5));
                }
            }
        }
    }

    @Test
    void equalStatesGetEqualNoiseAndOthersOtherNoise() {
        Mlp network = network(CONFIGS.get(0));
        float[] twice = {1, 2, 3, 1, 2, 3, 1, 2, 2};
        Workspace w = network.workspace(3);
        network.forward(w, twice, 0, 3);
        float[] theta = new float[network.noiseSize()];
        network.drawNoise(new Pcg64(84), theta, 0);
        float[][] noise = new float[3][ACTIONS];
        for (int i = 0; i < 3; i++) {
            network.noise(w, twice, 0, i, theta, 0, noise[i]);
        }
        assertThat(noise[1]).isEqualTo(noise[0]);
        assertThat(noise[2]).isNotEqualTo(noise[0]);
    }

    /** ln of the deviation in double precision from the network's features, which a network without layers shows. */
    @Test
    void theDeviationIsThatOfTheFormula() {
        Mlp network = network(CONFIGS.get(2));
        Workspace w = network.workspace(ROWS);
        network.forward(w, observations, 0, ROWS);
        int offset = logStd(network).offset();
        for (int i = 0; i < ROWS; i++) {
            for (int j = 0; j < ACTIONS; j++) {
                double variance = 1e-6;
                for (int l = 0; l < 3; l++) {
                    double x = observations[i * 3 + l];
                    variance += x * x * StrictMath.exp(2 * network.parameters()[offset + l * ACTIONS + j]);
                }
                assertThat((double) logStdOf(w, i, j)).isCloseTo(0.5 * StrictMath.log(variance), within(1e-5));
            }
        }
    }

    @Test
    void itsGradientAgreesWithFiniteDifferences() {
        for (MlpConfig config : CONFIGS) {
            Mlp network = network(config);
            Workspace w = network.workspace(ROWS);
            float[] weight = Numbers.uniform(ROWS * ACTIONS, 1, new Pcg64(85));
            network.forward(w, observations, 0, ROWS);
            for (int i = 0; i < ROWS; i++) {
                for (int j = 0; j < ACTIONS; j++) {
                    w.policyGradient[(ACTIONS + j) * ROWS + i] = weight[i * ACTIONS + j];
                }
            }
            network.backward(w, observations, 0, ROWS);
            float[] gradient = w.gradient.clone();
            ParameterSegment segment = logStd(network);
            assertThat(segment.name()).isEqualTo("log_std");
            float step = 0x1p-6f;
            for (int p = segment.offset(); p < segment.offset() + segment.size(); p++) {
                float kept = network.parameters()[p];
                double[] sides = new double[2];
                for (int side = 0; side < 2; side++) {
                    network.parameters()[p] = kept + (side == 0 ? step : -step);
                    network.forward(w, observations, 0, ROWS);
                    for (int i = 0; i < ROWS; i++) {
                        for (int j = 0; j < ACTIONS; j++) {
                            sides[side] += (double) weight[i * ACTIONS + j] * logStdOf(w, i, j);
                        }
                    }
                }
                network.parameters()[p] = kept;
                // Float outputs over a step of 1/64, whose own error is of its square.
                assertThat((double) gradient[p])
                        .as("%s parameter %d", config, p)
                        .isCloseTo((sides[0] - sides[1]) / (2 * step), within(5e-4));
            }
            // The features are left alone: nothing but log_std has a gradient of the deviation.
            for (int p = 0; p < segment.offset(); p++) {
                assertThat(gradient[p]).as("%s parameter %d", config, p).isZero();
            }
        }
    }

    @Test
    void cuttingABatchIntoCallsChangesNothing() {
        Mlp network = network(CONFIGS.get(1));
        float[][] results = new float[2][];
        for (int cut = 0; cut < 2; cut++) {
            Workspace w = network.workspace(ROWS);
            Arrays.fill(w.gradient, Float.NaN);
            for (int from = 0; from < ROWS; from += cut == 0 ? ROWS : 2) {
                int rows = cut == 0 ? ROWS : 2;
                w.beginsGradient = from == 0;
                network.forward(w, observations, from * 3, rows);
                Arrays.fill(w.policyGradient, 0.5f);
                network.backward(w, observations, from * 3, rows);
            }
            results[cut] = w.gradient.clone();
        }
        assertThat(results[1]).isEqualTo(results[0]);
    }

    @Test
    void describesItselfAndRefusesOtherActions() {
        MlpConfig config = CONFIGS.get(1);
        assertThat(MlpConfig.of(config.toMap())).isEqualTo(config);
        MlpConfig some = new MlpConfig(3, 5, List.of(4), Activation.TANH, false, 2, false);
        assertThat(MlpConfig.of(some.toMap())).isEqualTo(some);
        CONFIGS.forEach(one -> assertThat(one.parameterCount()).isEqualTo(new Mlp(one).parameters().length));
        assertThatThrownBy(() -> new MlpConfig(3, 5, List.of(4), Activation.TANH, false, 2, true))
                .hasMessageContaining("use_gsde needs a log standard deviation for each of the 5 head outputs");
    }
}
