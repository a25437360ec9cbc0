package org.rltune.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.rltune.random.Pcg64;

/**
 * What every implementation of {@link Kernels} must do, to the bit. The expected values are written from the contract:
 * one scalar {@code Math.fma} per term, in ascending order; sums in double check that order makes sense at all. The
 * hashes were taken from the plain kernels once (JDK 17, x86-64) and hold for every other implementation and machine.
 */
abstract class KernelsContract {
    private static final int[] SIZES = {1, 2, 3, 5, 17, 64, 65, 130};
    /** Larger than one block of any implementation that we know of. */
    private static final int LONG = 1333;

    private static final long PRODUCT_HASH = -7639635186179912247L;
    private static final long TANH_HASH = -6718158128803818660L;
    private static final long EXP_HASH = 8330478722076421131L;
    private static final long LOG_HASH = 386772197840720049L;
    private static final long SUM_HASH = 1077007804417108L;

    protected abstract Kernels kernels();

    private enum Product {
        PLAIN,
        A_TRANSPOSED,
        B_TRANSPOSED,
        FROM_ROW,
        A_TRANSPOSED_FROM_ROW
    }

    @Test
    void productsAddTheirTermsInAscendingOrder() {
        Pcg64 random = new Pcg64(11);
        for (Product product : Product.values()) {
            for (int m : SIZES) {
                for (int k : SIZES) {
                    for (int n : SIZES) {
                        if (Math.max(m, Math.max(k, n)) < 130 || m + n + k < 280) {
                            checkProduct(product, m, k, n, random);
                        }
                    }
                }
            }
            for (int k = 1; k <= 9; k++) {
                for (int n : new int[] {7, 16, 63, 64, 66, 128, 200}) {
                    checkProduct(product, 11, k, n, random);
                }
            }
            checkProduct(product, 6, 300, 7, random);
            checkProduct(product, 7, 3, 531, random);
            checkProduct(product, 301, 4, 9, random);
            checkProduct(product, 9, 257, 259, random);
        }
    }

    /** Rows of activations lie a panel apart, and those of weights and gradients as they are wide. */
    @Test
    void productsOfPanelsAddTheirTermsInAscendingOrder() {
        Pcg64 random = new Pcg64(16);
        for (Product product : Product.values()) {
            for (int m : new int[] {1, 4, 5, 6, 8, 11, 12, 16, 23, 24, 28, 60, 64}) {
                for (int k : new int[] {1, 5, 63, 64}) {
                    for (int n : new int[] {16, 63, 64}) {
                        checkProduct(product, m, k, n, 64, 64, random);
                        checkProduct(product, m, k, n, 64, 256, random);
                    }
                }
            }
        }
    }

    private void checkProduct(Product product, int m, int k, int n, Pcg64 random) {
        checkProduct(product, m, k, n, 0, 0, random);
    }

    /** With strides of A and B, and of C; where they are 0, a little more than the rows are long. */
    private void checkProduct(Product product, int m, int k, int n, int stride, int outStride, Pcg64 random) {
        boolean turned = product == Product.A_TRANSPOSED || product == Product.A_TRANSPOSED_FROM_ROW;
        boolean fromRow = product == Product.FROM_ROW || product == Product.A_TRANSPOSED_FROM_ROW;
        int aColumns = turned ? m : k;
        int aRows = turned ? k : m;
        int bColumns = product == Product.B_TRANSPOSED ? k : n;
        int bRows = product == Product.B_TRANSPOSED ? n : k;
        int aStride = stride > 0 ? stride : aColumns + 3;
        int bStride = stride > 0 ? stride : bColumns + 1;
        int cStride = outStride > 0 ? outStride : n + 2;
        float[] a = Numbers.uniform(5 + aRows * aStride, 1, random);
        float[] b = Numbers.uniform(2 + bRows * bStride, 1, random);
        float[] c = Numbers.uniform(7 + m * cStride, 1, random);
        float[] row = Numbers.uniform(3 + n, 1, random);
        float[] expected = c.clone();
        double worst = 0;
        for (int i = 0; i < m; i++) {
            for (int j = 0; j < n; j++) {
                float sum = fromRow ? row[3 + j] : c[7 + i * cStride + j];
                double exact = sum;
                for (int p = 0; p < k; p++) {
                    float x = a[turned ? 5 + p * aStride + i : 5 + i * aStride + p];
                    float y = b[product == Product.B_TRANSPOSED ? 2 + j * bStride + p : 2 + p * bStride + j];
                    sum = Math.fma(x, y, sum);
                    exact += (double) x * y;
                }
                expected[7 + i * cStride + j] = sum;
                worst = Math.max(worst, Math.abs(sum - exact));
            }
        }
        switch (product) {
            case PLAIN -> kernels().multiply(m, k, n, a, 5, aStride, b, 2, bStride, c, 7, cStride);
            case A_TRANSPOSED -> kernels().multiplyTransposed(m, k, n, a, 5, aStride, b, 2, bStride, c, 7, cStride);
            case B_TRANSPOSED -> kernels().multiplyByTransposed(m, k, n, a, 5, aStride, b, 2, bStride, c, 7, cStride);
            case FROM_ROW -> kernels().multiplyFromRow(m, k, n, a, 5, aStride, b, 2, bStride, row, 3, c, 7, cStride);
            case A_TRANSPOSED_FROM_ROW ->
                kernels().multiplyTransposedFromRow(m, k, n, a, 5, aStride, b, 2, bStride, row, 3, c, 7, cStride);
        }
        assertThat(c).as(product + " m=" + m + " k=" + k + " n=" + n).isEqualTo(expected);
        assertThat(worst).isLessThan(1e-6 * (k + 10));
    }

    @Test
    void addsRowsAndColumnsOneAfterTheOther() {
        Pcg64 random = new Pcg64(12);
        for (int rows : SIZES) {
            for (int columns : new int[] {1, 2, 17, 65, LONG}) {
                int stride = columns + 3;
                float[] x = Numbers.uniform(4 + rows * stride, 1, random);
                float[] ofColumns = Numbers.uniform(columns + 3, 1, random);
                float[] ofRows = Numbers.uniform(rows + 3, 1, random);
                float[] expectedColumns = ofColumns.clone();
                float[] expectedRows = ofRows.clone();
                for (int i = 0; i < rows; i++) {
                    for (int j = 0; j < columns; j++) {
                        expectedColumns[2 + j] += x[4 + i * stride + j];
                        expectedRows[1 + i] += x[4 + i * stride + j];
                    }
                }
                kernels().columnSums(rows, columns, x, 4, stride, ofColumns, 2);
                kernels().rowSums(rows, columns, x, 4, stride, ofRows, 1);
                assertThat(ofColumns).isEqualTo(expectedColumns);
                assertThat(ofRows).isEqualTo(expectedRows);
            }
        }
    }

    @Test
    void turnsGradientsBeforeTanhAndAddsThemInOnePass() {
        Pcg64 random = new Pcg64(14);
        for (int rows : SIZES) {
            for (int columns : new int[] {1, 15, 16, 64, 65, 130, LONG}) {
                for (int stride : new int[] {columns, columns + 5}) {
                    float[] y = Numbers.uniform(3 + rows * stride, 1, random);
                    float[] d = Numbers.uniform(3 + rows * stride, 1, random);
                    float[] sums = Numbers.uniform(2 + columns, 1, random);
                    float[] expected = d.clone();
                    float[] expectedSums = sums.clone();
                    for (int i = 0; i < rows; i++) {
                        for (int j = 0; j < columns; j++) {
                            int at = 3 + i * stride + j;
                            expected[at] *= Math.fma(-y[at], y[at], 1);
                            expectedSums[1 + j] += expected[at];
                        }
                    }
                    kernels().tanhGradientSums(rows, columns, y, d, 3, stride, sums, 1);
                    assertThat(d).isEqualTo(expected);
                    assertThat(sums).isEqualTo(expectedSums);
                }
            }
        }
    }

    @Test
    void reducesOverSixtyFourPartialSumsCountedFromTheOffset() {
        Pcg64 random = new Pcg64(13);
        for (int n : new int[] {0, 1, 2, 5, 63, 64, 65, 130, LONG}) {
            for (int offset : new int[] {0, 3}) {
                float[] x = Numbers.uniform(n + 5, 1, random);
                float[] sums = new float[64];
                float[] squares = new float[64];
                double exact = 0;
                for (int i = 0; i < n; i++) {
                    float value = x[offset + i];
                    sums[i % 64] += value;
                    squares[i % 64] = Math.fma(value, value, squares[i % 64]);
                    exact += (double) value * value;
                }
                assertThat(kernels().sum(n, x, offset)).isEqualTo(tree(sums, 0, 1));
                assertThat(kernels().sumOfSquares(n, x, offset)).isEqualTo(tree(squares, 0, 1));
                assertThat((double) kernels().sumOfSquares(n, x, offset)).isCloseTo(exact, within(1e-4));
            }
        }
    }

    /** Halving p[i] += p[i + width / 2] written from the root down: the sum of all elements first, first + step, ... */
    private static float tree(float[] p, int first, int step) {
        return step == 64 ? p[first] : tree(p, first, 2 * step) + tree(p, first + step, 2 * step);
    }

    private interface Unary {
        float of(float x);
    }

    private interface UnaryKernel {
        void run(int n, float[] x, int xOff, float[] out, int outOff);
    }

    private interface Binary {
        float of(float x, float y);
    }

    private interface BinaryKernel {
        void run(int n, float[] x, int xOff, float[] y, int yOff, float[] out, int outOff);
    }

    @Test
    void functionsOfOneVariableAreThoseOfTheContract() {
        Kernels k = kernels();
        check(k::exp, Approximations::exp);
        check(k::tanh, Approximations::tanh);
        check(k::log, Approximations::log);
        check(k::relu, x -> x > 0 ? x : 0);
        check((n, x, xOff, out, outOff) -> k.scale(n, -1.7f, x, xOff, out, outOff), x -> -1.7f * x);
        check((n, x, xOff, out, outOff) -> k.affine(n, 0.3f, -2f, x, xOff, out, outOff), x -> Math.fma(0.3f, x, -2f));
        check(
                (n, x, xOff, out, outOff) -> k.clamp(n, -0.5f, 0.25f, x, xOff, out, outOff),
                x -> x < -0.5f ? -0.5f : x > 0.25f ? 0.25f : x);
    }

    private void check(UnaryKernel kernel, Unary function) {
        Pcg64 random = new Pcg64(14);
        for (int n : new int[] {0, 1, 3, 17, 65, LONG}) {
            for (int outOff : new int[] {2, 4}) {
                float[] x = special(n + 6, random);
                float[] out = Numbers.uniform(n + 6, 1, random);
                float[] expected = out.clone();
                for (int i = 0; i < n; i++) {
                    expected[outOff + i] = function.of(x[2 + i]);
                }
                kernel.run(n, x, 2, out, outOff);
                assertThat(out).isEqualTo(expected);
            }
        }
    }

    @Test
    void functionsOfOneVariableWorkInPlace() {
        Kernels k = kernels();
        for (UnaryKernel kernel : new UnaryKernel[] {k::exp, k::log, k::tanh, k::relu}) {
            float[] x = special(LONG + 6, new Pcg64(15));
            float[] out = new float[LONG + 6];
            kernel.run(LONG, x, 3, out, 3);
            kernel.run(LONG, x, 3, x, 3);
            assertThat(Arrays.copyOfRange(x, 3, LONG + 3)).isEqualTo(Arrays.copyOfRange(out, 3, LONG + 3));
        }
    }

    @Test
    void functionsOfTwoVariablesAreThoseOfTheContract() {
        Kernels k = kernels();
        check(k::add, (x, y) -> x + y);
        check(k::subtract, (x, y) -> x - y);
        check(k::multiply, (x, y) -> x * y);
        check(k::divide, (x, y) -> x / y);
        check(k::min, Math::min);
        check(k::max, Math::max);
        check(
                (n, x, xOff, y, yOff, out, outOff) -> {
                    System.arraycopy(y, yOff, out, outOff, n);
                    k.addScaled(n, 0.7f, x, xOff, out, outOff);
                },
                (x, y) -> Math.fma(0.7f, x, y));
        check(
                (n, x, xOff, y, yOff, out, outOff) -> {
                    Arrays.fill(out, outOff, outOff + n, 0.125f);
                    k.addProduct(n, x, xOff, y, yOff, out, outOff);
                },
                (x, y) -> Math.fma(x, y, 0.125f));
        check(
                (n, x, xOff, y, yOff, out, outOff) -> {
                    System.arraycopy(x, xOff, out, outOff, n);
                    k.tanhGradient(n, y, yOff, out, outOff);
                },
                (x, y) -> Math.fma(-y, y, 1f) * x);
        check(
                (n, x, xOff, y, yOff, out, outOff) -> {
                    System.arraycopy(x, xOff, out, outOff, n);
                    k.reluGradient(n, y, yOff, out, outOff);
                },
                (x, y) -> y > 0 ? x : 0);
        check(
                (n, x, xOff, y, yOff, out, outOff) -> k.selectLess(n, x, xOff, y, yOff, y, yOff, x, xOff, out, outOff),
                (x, y) -> x < y ? y : x);
        check(
                (n, x, xOff, y, yOff, out, outOff) -> k.selectEqual(n, x, xOff, 2f, y, yOff, x, xOff, out, outOff),
                (x, y) -> x == 2f ? y : x);
    }

    private void check(BinaryKernel kernel, Binary function) {
        Pcg64 random = new Pcg64(16);
        for (int n : new int[] {0, 1, 3, 17, 65, LONG}) {
            for (int offset : new int[] {2, 5}) {
                float[] x = finite(special(n + 8, random));
                float[] y = finite(special(n + 8, random));
                float[] out = Numbers.uniform(n + 8, 1, random);
                float[] expected = out.clone();
                for (int i = 0; i < n; i++) {
                    if (y[offset + i] == 0f) {
                        y[offset + i] = i % 2 == 0 ? 0.5f : -0.5f;
                    }
                    expected[2 + i] = function.of(x[2 + i], y[offset + i]);
                }
                kernel.run(n, x, 2, y, offset, out, 2);
                assertThat(out).isEqualTo(expected);
            }
        }
    }

    /** Ordinary numbers of many magnitudes, with the special ones between them. */
    private static float[] special(int n, Pcg64 random) {
        float[] special = {0f, -0f, Float.MIN_VALUE, -Float.MIN_NORMAL, 1f, -1f, 2f, 87f, -100f, Float.MAX_VALUE};
        float[] x = new float[n];
        for (int i = 0; i < n; i++) {
            boolean ordinary = random.nextDouble() < 0.8;
            x[i] = ordinary
                    ? (float) (random.uniform(-1, 1) * StrictMath.pow(10, random.uniform(-3, 3)))
                    : special[random.nextInt(special.length)];
        }
        if (n > 20) {
            x[9] = Float.POSITIVE_INFINITY;
            x[13] = Float.NEGATIVE_INFINITY;
        }
        return x;
    }

    private static float[] finite(float[] x) {
        for (int i = 0; i < x.length; i++) {
            x[i] = Math.max(-1e15f, Math.min(1e15f, x[i]));
        }
        return x;
    }

    @Test
    void softmaxAndItsGradientAreThoseOfTheContract() {
        Pcg64 random = new Pcg64(19);
        for (int rows : new int[] {1, 5, 16, 64, 67}) {
            for (int n : new int[] {1, 2, 3, 19}) {
                for (float entropyScale : new float[] {0f, 0.3f}) {
                    checkSoftmax(rows, n, entropyScale, random);
                }
            }
        }
    }

    private void checkSoftmax(int rows, int n, float entropyScale, Pcg64 random) {
        int stride = rows + 3;
        float[] x = Numbers.uniform(n * stride, 3, random);
        float[] choice = new float[rows];
        for (int i = 0; i < rows; i++) {
            choice[i] = random.nextInt(n);
            // Equal columns, one that is out of the question, and one below the range of exp.
            x[i] = i % 7 == 3 ? x[(n - 1) * stride + i] : i % 7 == 4 ? -500f : i % 7 == 5 ? 80f : x[i];
        }
        float[] dLogP = Numbers.uniform(rows, 1, random);
        float[] logP = new float[rows];
        float[] entropy = new float[rows];
        float[] dx = Numbers.uniform(n * stride, 1, random);
        float[] expected = dx.clone();
        kernels().softmax(rows, n, x, stride, choice, logP, entropy, new float[4 * rows]);
        kernels().softmaxGradient(rows, n, x, stride, choice, dLogP, entropyScale, dx, new float[4 * rows]);
        for (int i = 0; i < rows; i++) {
            float max = x[i];
            for (int a = 1; a < n; a++) {
                max = Math.max(max, x[a * stride + i]);
            }
            float sum = 0;
            for (int a = 0; a < n; a++) {
                sum += Approximations.exp(x[a * stride + i] - max);
            }
            float[] l = new float[n];
            float h = 0;
            for (int a = 0; a < n; a++) {
                l[a] = Math.max(-87f, Math.min(0f, (x[a * stride + i] - max) - Approximations.log(sum)));
                h = Math.fma(-Approximations.exp(l[a]), l[a], h);
            }
            assertThat(logP[i]).isEqualTo(l[(int) choice[i]]);
            assertThat(entropy[i]).isEqualTo(h);
            for (int a = 0; a < n; a++) {
                float p = Approximations.exp(l[a]);
                float d = (a == (int) choice[i] ? dLogP[i] : 0f) - dLogP[i] * p;
                expected[a * stride + i] = entropyScale == 0f ? d : Math.fma(-entropyScale, p * (l[a] + h), d);
            }
        }
        assertThat(dx).isEqualTo(expected);
    }

    @Test
    void adamIsThatOfTheContract() {
        Pcg64 random = new Pcg64(17);
        for (int n : new int[] {1, 5, 65, LONG}) {
            float[] params = Numbers.uniform(n, 1, random);
            float[] g = Numbers.uniform(n, 1, random);
            float[] m = Numbers.uniform(n, 1, random);
            float[] v = new float[n];
            kernels().multiply(n, m, 0, m, 0, v, 0);
            float[][] expected = {params.clone(), m.clone(), v.clone()};
            float c1 = (1f - 0.9f) * 0.5f;
            float c2 = (1f - 0.999f) * 0.5f * 0.5f;
            for (int i = 0; i < n; i++) {
                expected[1][i] = Math.fma(0.9f, m[i], c1 * g[i]);
                expected[2][i] = Math.fma(0.999f, v[i], c2 * g[i] * g[i]);
                float denominator = Math.fma((float) Math.sqrt(expected[2][i]), 3f, 1e-5f);
                expected[0][i] = Math.fma(-0.01f, expected[1][i] / denominator, params[i]);
            }
            kernels().adam(n, params, g, m, v, 0.9f, 0.999f, 0.5f, 0.01f, 3f, 1e-5f);
            assertThat(new float[][] {params, m, v}).isDeepEqualTo(expected);
        }
    }

    @Test
    void givesTheSameBitsAsEveryOtherImplementation() {
        Kernels k = kernels();
        Pcg64 random = new Pcg64(18);
        float[] a = Numbers.uniform(70 * 70, 1, random);
        float[] b = Numbers.uniform(70 * 70, 1, random);
        float[] c = new float[70 * 70];
        k.multiply(70, 70, 70, a, 0, 70, b, 0, 70, c, 0, 70);
        assertThat(Numbers.hash(c)).isEqualTo(PRODUCT_HASH);
        k.tanh(4900, c, 0, c, 0);
        assertThat(Numbers.hash(c)).isEqualTo(TANH_HASH);
        k.exp(4900, c, 0, c, 0);
        assertThat(Numbers.hash(c)).isEqualTo(EXP_HASH);
        k.log(4900, c, 0, c, 0);
        assertThat(Numbers.hash(c)).isEqualTo(LOG_HASH);
        float[] sums = {k.sum(4900, a, 0), k.sumOfSquares(4899, a, 1)};
        assertThat(Numbers.hash(sums)).isEqualTo(SUM_HASH);
    }
}
