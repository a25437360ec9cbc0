package org.rltune.nn;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.rltune.random.Pcg64;

class VectorKernelsTest extends KernelsContract {
    @Override
    protected Kernels kernels() {
        return new VectorKernels();
    }

    @Test
    void areTheBestWhereTheirModuleIsPresentAndNobodyAsksForPlainOnes() {
        assertThat(KernelChoice.vectorModulePresent()).isTrue();
        boolean plain = "plain".equals(System.getProperty("rltune.kernels"));
        assertThat(Kernels.best() instanceof VectorKernels).isEqualTo(!plain);
    }

    /** The first products of panels are made in another way than later ones, see {@link EarlyCalls}. */
    @Test
    void productsOfPanelsAreTheSameEarlyAndLate() {
        Pcg64 random = new Pcg64(17);
        int n = 64;
        float[] a = Numbers.uniform(n * n, 1, random);
        float[] b = Numbers.uniform(n * n, 1, random);
        float[] start = Numbers.uniform(n * n, 1, random);
        Kernels vector = kernels();
        for (int kind = 0; kind < 3; kind++) {
            float[] expected = product(kind, PlainKernels.INSTANCE, n, a, b, start);
            for (int i = 0; i < 2100; i++) {
                assertThat(product(kind, vector, n, a, b, start))
                        .as("kind %d, product %d", kind, i)
                        .isEqualTo(expected);
            }
        }
    }

    private static float[] product(int kind, Kernels k, int n, float[] a, float[] b, float[] start) {
        float[] c = start.clone();
        switch (kind) {
            case 0 -> k.multiplyFromRow(n, n, n, a, 0, n, b, 0, n, start, 0, c, 0, n);
            case 1 -> k.multiplyTransposedFromRow(n, n, n, a, 0, n, b, 0, n, start, 0, c, 0, n);
            default -> k.multiplyTransposed(n, n, n, a, 0, n, b, 0, n, c, 0, n);
        }
        return c;
    }
}
