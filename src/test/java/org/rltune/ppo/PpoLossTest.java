package org.rltune.ppo;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.rltune.nn.ActionDistribution;
import org.rltune.nn.Activation;
import org.rltune.nn.Adam;
import org.rltune.nn.Kernels;
import org.rltune.nn.Mlp;
import org.rltune.nn.MlpConfig;
import org.rltune.random.Pcg64;
import org.rltune.rollout.RolloutBatch;

/** Each term of the loss against a double-precision reference, and that reference against finite differences. */
class PpoLossTest {
    private static final int ROWS = 70; // more than one chunk of the learner, the second one short

    /** One term of the loss alone; the others have weight 0. */
    private enum Term {
        SURROGATE(settings(0, 0, 0, 0, false), true),
        NORMALIZED_SURROGATE(settings(0, 0, 0, 0, true), true),
        VALUE(settings(0, 0.5, 0, 0, false), false),
        CLIPPED_VALUE(settings(0.3, 0.5, 0, 0, false), false),
        ENTROPY(settings(0, 0, 0.1, 0, false), false),
        KL(settings(0, 0, 0, 0.7, false), false),
        ALL_TOGETHER(settings(0.3, 0.5, 0.01, 0.2, true), true);

        private final PpoLearner.Settings settings;
        private final boolean advantages;

        Term(PpoLearner.Settings settings, boolean advantages) {
            this.settings = settings;
            this.advantages = advantages;
        }

        private static PpoLearner.Settings settings(
                double vfClip, double vfLoss, double entropy, double kl, boolean normalize) {
            return new PpoLearner.Settings(1e-3, ROWS, 1, 0.2, vfClip, vfLoss, entropy, kl, 0, 0, normalize);
        }
    }

    static Stream<Arguments> cases() {
        return Arrays.stream(Term.values())
                .flatMap(term -> Stream.of(true, false)
                        .flatMap(gaussian -> Stream.of(
                                Arguments.of(term, gaussian, Activation.TANH, false),
                                Arguments.of(term, gaussian, Activation.TANH, true),
                                Arguments.of(term, gaussian, Activation.RELU, false))));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void theGradientIsThatOfTheReference(Term term, boolean gaussian, Activation activation, boolean shared) {
        long seed = 20260 + term.ordinal();
        Problem problem = new Problem(seed, gaussian, activation, shared, term.advantages);
        ReferenceLoss reference = new ReferenceLoss(problem.network, gaussian, problem.batch, term.settings);
        double[] parameters = problem.parameters();
        double[] expected = reference.gradient(parameters);
        double largest = Arrays.stream(expected).map(Math::abs).max().orElseThrow();
        assertThat(largest).as("seed %d: the term has a gradient", seed).isGreaterThan(1e-4);

        Pcg64 random = new Pcg64(seed);
        for (int probe = 0; probe < 40; probe++) {
            int i = (int) random.integers(0, parameters.length);
            double h = 1e-5;
            double kept = parameters[i];
            parameters[i] = kept + h;
            double above = reference.value(parameters);
            parameters[i] = kept - h;
            double below = reference.value(parameters);
            parameters[i] = kept;
            assertThat(Math.abs((above - below) / (2 * h) - expected[i]))
                    .as("seed %d, parameter %d: reference against finite differences", seed, i)
                    .isLessThanOrEqualTo(1e-6 * Math.max(1, largest));
        }

        float[] actual = problem.gradient(term.settings);
        for (int i = 0; i < expected.length; i++) {
            assertThat(Math.abs(actual[i] - expected[i]))
                    .as("seed %d, parameter %d: %s against %s", seed, i, actual[i], expected[i])
                    .isLessThanOrEqualTo(1e-5 * largest);
        }
    }

    @Test
    void theReportedLossIsThatOfTheReference() {
        for (boolean gaussian : new boolean[] {true, false}) {
            Problem problem = new Problem(7, gaussian, Activation.TANH, false, true);
            PpoLearner.Settings settings = Term.ALL_TOGETHER.settings;
            ReferenceLoss reference = new ReferenceLoss(problem.network, gaussian, problem.batch, settings);
            double expected = reference.value(problem.parameters());
            LearnerStats stats = problem.learner.loss(problem.batch, settings, ROWS);
            assertThat((double) stats.metrics(settings).get("total_loss"))
                    .isCloseTo(expected, org.assertj.core.data.Offset.offset(1e-5 * Math.max(1, Math.abs(expected))));
        }
    }

    /** A small network and a batch with ratios on both sides of the clip. */
    private static final class Problem {
        final Mlp network;
        final RolloutBatch batch;
        final PpoLearner learner;

        Problem(long seed, boolean gaussian, Activation activation, boolean shared, boolean advantages) {
            Pcg64 random = new Pcg64(seed);
            int actionSize = gaussian ? 2 : 1;
            ActionDistribution distribution =
                    gaussian ? ActionDistribution.diagGaussian(2) : ActionDistribution.categorical(3);
            int inputs = distribution.inputs();
            network = new Mlp(new MlpConfig(3, gaussian ? 2 : 3, List.of(7, 5), activation, shared, gaussian));
            network.initialize(random, -0.3);
            for (int i = 0; i < network.parameters().length; i++) {
                network.parameters()[i] += (float) (0.2 * random.standardNormal());
            }
            batch = new RolloutBatch(1, 3, actionSize, inputs);
            batch.resize(ROWS);
            fill(batch.observation, random, 1);
            fill(batch.policyInput, random, 0.4);
            fill(batch.value, random, 1);
            fill(batch.valueTarget, random, 1);
            if (advantages) {
                fill(batch.advantage, random, 1.5);
            }
            for (int i = 0; i < batch.action.length; i++) {
                batch.action[i] = gaussian ? (float) random.standardNormal() : random.integers(0, 3);
            }
            learner =
                    new PpoLearner(network, distribution, new Adam(Kernels.best(), network.parameters().length, 1e-5));
            float[] entropy = new float[1];
            var workspace = network.workspace(1);
            for (int i = 0; i < ROWS; i++) {
                float[] logProb = new float[1];
                float[] action = Arrays.copyOfRange(batch.action, i * actionSize, (i + 1) * actionSize);
                network.forward(workspace, batch.observation, i * 3, 1);
                distribution.evaluate(
                        Kernels.best(), distribution.scratch(1), workspace.policy, 1, 1, action, logProb, entropy);
                batch.logProb[i] = logProb[0] + (float) (0.25 * random.standardNormal());
            }
        }

        private static void fill(float[] column, Pcg64 random, double scale) {
            for (int i = 0; i < column.length; i++) {
                column[i] = (float) (scale * random.standardNormal());
            }
        }

        double[] parameters() {
            double[] parameters = new double[network.parameters().length];
            Arrays.setAll(parameters, i -> network.parameters()[i]);
            return parameters;
        }

        float[] gradient(PpoLearner.Settings settings) {
            learner.loss(batch, settings, ROWS);
            return learner.gradient();
        }
    }
}
