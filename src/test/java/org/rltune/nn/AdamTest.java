package org.rltune.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.rltune.random.Pcg64;

class AdamTest {
    private static final double NO_CLIPPING = Double.POSITIVE_INFINITY;

    /** The textbook form, Algorithm 1 of the paper with torch's place for epsilon, in double; betas as floats. */
    private static final class Reference {
        final double[] params;
        final double[] m;
        final double[] v;
        int t;

        Reference(float[] start) {
            params = new double[start.length];
            m = new double[start.length];
            v = new double[start.length];
            for (int i = 0; i < start.length; i++) {
                params[i] = start[i];
            }
        }

        double step(float[] gradient, double lr, double maxNorm, double epsilon) {
            t++;
            double norm = 0;
            for (float g : gradient) {
                norm += (double) g * g;
            }
            norm = StrictMath.sqrt(norm);
            double factor = norm > maxNorm ? maxNorm / (norm + 1e-6) : 1;
            double beta1 = 0.9f;
            double beta2 = 0.999f;
            for (int i = 0; i < params.length; i++) {
                double g = gradient[i] * factor;
                m[i] = beta1 * m[i] + (1 - beta1) * g;
                v[i] = beta2 * v[i] + (1 - beta2) * g * g;
                double mHat = m[i] / (1 - StrictMath.pow(beta1, t));
                double vHat = v[i] / (1 - StrictMath.pow(beta2, t));
                params[i] -= lr * mHat / (StrictMath.sqrt(vHat) + epsilon);
            }
            return norm;
        }
    }

    @Test
    void followsTheDoubleReferenceOverAHundredSteps() {
        for (double maxNorm : new double[] {NO_CLIPPING, 0.5, 3}) {
            for (double epsilon : new double[] {1e-5, 1e-8}) {
                Pcg64 random = new Pcg64(41);
                float[] params = Numbers.uniform(777, 1, random);
                Reference reference = new Reference(params);
                Adam adam = new Adam(Kernels.best(), 777, epsilon);
                for (int step = 0; step < 100; step++) {
                    double lr = 1e-3 * (100 - step) / 100;
                    float[] gradient = Numbers.uniform(777, step % 10 == 0 ? 1 : 0.01, random);
                    double expected = reference.step(gradient, lr, maxNorm, epsilon);
                    assertThat(adam.step(params, gradient, lr, maxNorm)).isCloseTo(expected, within(1e-6 * expected));
                }
                for (int i = 0; i < 777; i++) {
                    assertThat((double) params[i]).isCloseTo(reference.params[i], within(1e-5));
                    assertThat((double) adam.firstMoments()[i]).isCloseTo(reference.m[i], within(1e-7));
                    assertThat((double) adam.secondMoments()[i]).isCloseTo(reference.v[i], within(1e-8));
                }
                assertThat(adam.steps()).isEqualTo(100);
            }
        }
    }

    @Test
    void goesOnFromARestoredStateAsIfNothingHadHappened() {
        Pcg64 random = new Pcg64(42);
        float[] params = Numbers.uniform(50, 1, random);
        float[] first = Numbers.uniform(50, 1, random);
        float[] second = Numbers.uniform(50, 1, random);
        Adam straight = new Adam(Kernels.best(), 50, 1e-5);
        for (int step = 0; step < 30; step++) {
            straight.step(params, first, 1e-3, NO_CLIPPING);
        }
        float[] saved = params.clone();
        Adam resumed = new Adam(Kernels.best(), 50, 1e-5);
        resumed.step(first.clone(), second, 1e-3, NO_CLIPPING);
        resumed.restore(straight.firstMoments(), straight.secondMoments(), straight.steps());
        for (int step = 0; step < 5; step++) {
            straight.step(params, second, 1e-3, NO_CLIPPING);
            resumed.step(saved, second, 1e-3, NO_CLIPPING);
        }
        assertThat(resumed.steps()).isEqualTo(35);
        assertThat(saved).isEqualTo(params);
    }

    @Test
    void aLearningRateOfZeroChangesNoParameter() {
        float[] params = {1f, -2f};
        Adam adam = new Adam(Kernels.best(), 2, 1e-5);
        adam.step(params, new float[] {3f, 4f}, 0, NO_CLIPPING);
        assertThat(params).containsExactly(1f, -2f);
        assertThat(adam.firstMoments()[0]).isPositive();
    }

    @Test
    void refusesWhatMakesNoSense() {
        Adam adam = new Adam(Kernels.best(), 2, 1e-5);
        float[] params = {1f, 2f};
        assertThatThrownBy(() -> adam.step(params, new float[] {Float.NaN, 0f}, 1e-3, NO_CLIPPING))
                .isInstanceOf(ArithmeticException.class)
                .hasMessageContaining("NaN at step 1");
        assertThat(adam.steps()).isZero();
        assertThatThrownBy(() -> adam.step(params, params, -1, NO_CLIPPING)).hasMessageContaining("lr is -1.0");
        assertThatThrownBy(() -> adam.step(params, params, 1e-3, 0)).hasMessageContaining("grad_clip is 0.0");
        assertThatThrownBy(() -> adam.restore(new float[3], new float[2], 1)).hasMessageContaining("3 and 2 elements");
        assertThatThrownBy(() -> new Adam(Kernels.best(), 2, 0)).hasMessageContaining("epsilon is 0.0");
    }
}
