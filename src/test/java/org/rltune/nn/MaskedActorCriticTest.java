package org.rltune.nn;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.rltune.random.Pcg64;

class MaskedActorCriticTest {
    private static final int ROWS = 40;
    private static final int ACTIONS = 5;
    private final Mlp inner = new Mlp(new MlpConfig(3, ACTIONS, List.of(8), Activation.TANH, false, false));
    private final MaskedActorCritic network = new MaskedActorCritic(inner);
    private final Categorical distribution = new Categorical(ACTIONS);
    private final float[] observations = new float[ROWS * (3 + ACTIONS)];
    private final float[] bare = new float[ROWS * 3];
    private final boolean[][] allowed = new boolean[ROWS][ACTIONS];
    private final Workspace w = network.workspace(ROWS);

    MaskedActorCriticTest() {
        Pcg64 random = new Pcg64(71);
        inner.initialize(random, 0);
        for (int i = 0; i < inner.parameters().length; i++) {
            inner.parameters()[i] += (float) (0.5 * random.standardNormal());
        }
        for (int i = 0; i < ROWS; i++) {
            for (int j = 0; j < 3; j++) {
                bare[i * 3 + j] = (float) random.uniform(-2, 2);
                observations[i * 8 + j] = bare[i * 3 + j];
            }
            int sure = random.nextInt(ACTIONS);
            for (int a = 0; a < ACTIONS; a++) {
                allowed[i][a] = a == sure || random.nextDouble() < 0.4;
                observations[i * 8 + 3 + a] = allowed[i][a] ? 1 : 0;
            }
        }
        network.forward(w, observations, 0, ROWS);
    }

    @Test
    void forbiddenChoicesAreNeverDrawnAndAllowedOnesKeepTheirRatios() {
        long seed = 72;
        Pcg64[] random = new Pcg64[ROWS];
        Arrays.setAll(random, i -> new Pcg64(seed + i));
        int draws = 4000;
        int[][] counts = new int[ROWS][ACTIONS];
        float[] actions = new float[ROWS];
        float[] logProb = new float[ROWS];
        Scratch s = distribution.scratch(ROWS);
        for (int n = 0; n < draws; n++) {
            distribution.sample(s, w.policy, ROWS, ROWS, random, actions, 0, logProb, 0);
            for (int i = 0; i < ROWS; i++) {
                counts[i][(int) actions[i]]++;
            }
        }
        Workspace plain = inner.workspace(ROWS);
        inner.forward(plain, bare, 0, ROWS);
        for (int i = 0; i < ROWS; i++) {
            double sum = 0;
            for (int a = 0; a < ACTIONS; a++) {
                sum += allowed[i][a] ? StrictMath.exp(plain.policy[a * ROWS + i]) : 0;
            }
            for (int a = 0; a < ACTIONS; a++) {
                double p = allowed[i][a] ? StrictMath.exp(plain.policy[a * ROWS + i]) / sum : 0;
                assertThat((double) counts[i][a])
                        .as("seed %d, row %d, choice %d", seed, i, a)
                        .isBetween(
                                draws * p - 5 * Math.sqrt(draws * p * (1 - p)),
                                draws * p + 5 * Math.sqrt(draws * p * (1 - p)));
            }
        }
    }

    /** A generator's least number, 0, comes once in 2^53 draws; a floor of the probability would be drawn then. */
    @Test
    void evenTheLeastRandomNumberDrawsAnAllowedChoice() {
        float forbidden = Categorical.FORBIDDEN;
        float[] logits = {forbidden, forbidden, 1, forbidden, 2};
        Pcg64 zero = new Pcg64(0);
        for (int i = 0; i < 200; i++) {
            float[] action = new float[1];
            distribution.sample(distribution.scratch(1), logits, 1, 1, new Pcg64[] {zero}, action, 0, new float[1], 0);
            assertThat(action[0]).isIn(2f, 4f);
        }
        float[] last = {1, forbidden, forbidden, forbidden, forbidden};
        float[] action = {9};
        distribution.sample(distribution.scratch(1), last, 1, 1, new Pcg64[] {zero}, action, 0, new float[1], 0);
        assertThat(action[0]).isZero();
        distribution.mode(distribution.scratch(1), logits, 1, 1, action, 0);
        assertThat(action[0]).isEqualTo(4);
    }

    @Test
    void entropyAndKlAreThoseOfTheAllowedChoices() {
        float[] entropy = new float[ROWS];
        float[] kl = new float[ROWS];
        float[] actions = new float[ROWS];
        Scratch s = distribution.scratch(ROWS);
        distribution.mode(s, w.policy, ROWS, ROWS, actions, 0);
        distribution.evaluate(PlainKernels.INSTANCE, s, w.policy, ROWS, ROWS, actions, new float[ROWS], entropy);
        float[] other = w.policy.clone();
        for (int i = 0; i < ROWS; i++) {
            int a = (int) actions[i];
            other[a * ROWS + i] += 0.7f;
        }
        distribution.kl(PlainKernels.INSTANCE, s, other, w.policy, ROWS, ROWS, kl);
        for (int i = 0; i < ROWS; i++) {
            double[] p = allowedOnly(w.policy, i);
            double[] q = allowedOnly(other, i);
            ReferenceDistribution reference = ReferenceDistribution.of(distribution);
            assertThat((double) entropy[i])
                    .isCloseTo(reference.entropy(p), org.assertj.core.api.Assertions.within(1e-5));
            assertThat((double) kl[i]).isCloseTo(reference.kl(q, p), org.assertj.core.api.Assertions.within(1e-5));
        }
    }

    private double[] allowedOnly(float[] columns, int i) {
        double[] logits = new double[ACTIONS];
        int n = 0;
        for (int a = 0; a < ACTIONS; a++) {
            if (allowed[i][a]) {
                logits[n++] = columns[a * ROWS + i];
            }
        }
        return Arrays.copyOf(logits, n);
    }

    @Test
    void noGradientPassesThroughAForbiddenChoice() {
        // A row at a time: the bias of a choice's logit gets a gradient exactly if the choice is allowed.
        int bias = inner.segments().stream()
                .filter(segment -> segment.name().equals("policy.head.bias"))
                .findFirst()
                .orElseThrow()
                .offset();
        for (int i = 0; i < ROWS; i++) {
            Workspace own = network.workspace(1);
            network.forward(own, observations, i * 8, 1);
            Arrays.fill(own.policyGradient, 1f);
            Arrays.fill(own.valueGradient, 0f);
            network.backward(own, observations, i * 8, 1);
            for (int a = 0; a < ACTIONS; a++) {
                assertThat(own.gradient[bias + a]).as("row %d choice %d", i, a).isEqualTo(allowed[i][a] ? 1f : 0f);
            }
        }
    }

    @Test
    void theValueDoesNotSeeTheMask() {
        Workspace plain = inner.workspace(ROWS);
        inner.forward(plain, bare, 0, ROWS);
        assertThat(Arrays.copyOf(w.value, ROWS)).isEqualTo(Arrays.copyOf(plain.value, ROWS));
    }
}
