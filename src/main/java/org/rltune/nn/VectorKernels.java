package org.rltune.nn;

/**
 * The kernels that cost most, on the Vector API ({@code jdk.incubator.vector}): products, exp, ln, tanh, reductions and
 * Adam. The simple element-wise ones are inherited, since the JIT compiler vectorises them by itself. Same bits as
 * {@link PlainKernels}. Loaded only where the module is present, see {@link KernelChoice}.
 */
final class VectorKernels extends PlainKernels {
    private final ThreadLocal<VectorProducts> products = ThreadLocal.withInitial(VectorProducts::new);
    private final ThreadLocal<float[]> partials = ThreadLocal.withInitial(() -> new float[PARTIAL_SUMS]);

    @Override
    public int panelColumns() {
        return VectorTiles.PANEL;
    }

    @Override
    public void multiply(
            int m,
            int k,
            int n,
            float[] a,
            int aOff,
            int aStride,
            float[] b,
            int bOff,
            int bStride,
            float[] c,
            int cOff,
            int cStride) {
        products.get().multiply(m, k, n, a, aOff, aStride, 1, b, bOff, bStride, c, cOff, cStride, c, cOff, cStride);
    }

    @Override
    public void multiplyTransposed(
            int m,
            int k,
            int n,
            float[] a,
            int aOff,
            int aStride,
            float[] b,
            int bOff,
            int bStride,
            float[] c,
            int cOff,
            int cStride) {
        products.get().multiply(m, k, n, a, aOff, 1, aStride, b, bOff, bStride, c, cOff, cStride, c, cOff, cStride);
    }

    @Override
    public void multiplyFromRow(
            int m,
            int k,
            int n,
            float[] a,
            int aOff,
            int aStride,
            float[] b,
            int bOff,
            int bStride,
            float[] r,
            int rOff,
            float[] c,
            int cOff,
            int cStride) {
        products.get().multiply(m, k, n, a, aOff, aStride, 1, b, bOff, bStride, r, rOff, 0, c, cOff, cStride);
    }

    @Override
    public void multiplyTransposedFromRow(
            int m,
            int k,
            int n,
            float[] a,
            int aOff,
            int aStride,
            float[] b,
            int bOff,
            int bStride,
            float[] r,
            int rOff,
            float[] c,
            int cOff,
            int cStride) {
        products.get().multiply(m, k, n, a, aOff, 1, aStride, b, bOff, bStride, r, rOff, 0, c, cOff, cStride);
    }

    @Override
    public void multiplyByTransposed(
            int m,
            int k,
            int n,
            float[] a,
            int aOff,
            int aStride,
            float[] b,
            int bOff,
            int bStride,
            float[] c,
            int cOff,
            int cStride) {
        products.get().multiplyByTransposed(m, k, n, a, aOff, aStride, b, bOff, bStride, c, cOff, cStride);
    }

    @Override
    public void columnSums(int rows, int columns, float[] x, int xOff, int xStride, float[] c, int cOff) {
        int j = VectorFunctions.columnSums(rows, columns, x, xOff, xStride, c, cOff);
        if (j < columns) {
            super.columnSums(rows, columns - j, x, xOff + j, xStride, c, cOff + j);
        }
    }

    @Override
    public float sum(int n, float[] x, int xOff) {
        float[] partial = clearedPartials();
        int end = VectorFunctions.sum(n, x, xOff, partial);
        for (int i = end; i < n; i++) {
            partial[i - end] += x[xOff + i];
        }
        return halve(partial);
    }

    @Override
    public float sumOfSquares(int n, float[] x, int xOff) {
        float[] partial = clearedPartials();
        int end = VectorFunctions.sumOfSquares(n, x, xOff, partial);
        for (int i = end; i < n; i++) {
            partial[i - end] = Math.fma(x[xOff + i], x[xOff + i], partial[i - end]);
        }
        return halve(partial);
    }

    private float[] clearedPartials() {
        float[] partial = partials.get();
        java.util.Arrays.fill(partial, 0f);
        return partial;
    }

    private static float halve(float[] partial) {
        for (int width = PARTIAL_SUMS / 2; width > 0; width /= 2) {
            for (int i = 0; i < width; i++) {
                partial[i] += partial[i + width];
            }
        }
        return partial[0];
    }

    @Override
    public void exp(int n, float[] x, int xOff, float[] out, int outOff) {
        for (int i = VectorFunctions.exp(n, x, xOff, out, outOff); i < n; i++) {
            out[outOff + i] = Approximations.exp(x[xOff + i]);
        }
    }

    @Override
    public void log(int n, float[] x, int xOff, float[] out, int outOff) {
        for (int i = VectorFunctions.log(n, x, xOff, out, outOff); i < n; i++) {
            out[outOff + i] = Approximations.log(x[xOff + i]);
        }
    }

    @Override
    public void tanh(int n, float[] x, int xOff, float[] out, int outOff) {
        for (int i = VectorFunctions.tanh(n, x, xOff, out, outOff); i < n; i++) {
            out[outOff + i] = Approximations.tanh(x[xOff + i]);
        }
    }

    @Override
    public void tanhGradient(int n, float[] y, int yOff, float[] d, int dOff) {
        for (int i = VectorFunctions.tanhGradient(n, y, yOff, d, dOff); i < n; i++) {
            d[dOff + i] = Math.fma(-y[yOff + i], y[yOff + i], 1f) * d[dOff + i];
        }
    }

    @Override
    public void tanhGradientSums(
            int rows, int columns, float[] y, float[] d, int offset, int stride, float[] c, int cOff) {
        int j = VectorFunctions.tanhGradientSums(rows, columns, y, d, offset, stride, c, cOff);
        if (j < columns) {
            super.tanhGradientSums(rows, columns - j, y, d, offset + j, stride, c, cOff + j);
        }
    }

    @Override
    public void clamp(int n, float low, float high, float[] x, int xOff, float[] out, int outOff) {
        // A comparison does not tell apart the zeros that min and max order.
        int from = low == 0 || high == 0 ? 0 : VectorFunctions.clamp(n, low, high, x, xOff, out, outOff);
        super.clamp(n - from, low, high, x, xOff + from, out, outOff + from);
    }

    @Override
    public void selectLess(
            int n,
            float[] a,
            int aOff,
            float[] b,
            int bOff,
            float[] x,
            int xOff,
            float[] y,
            int yOff,
            float[] out,
            int outOff) {
        int from = VectorFunctions.selectLess(n, a, aOff, b, bOff, x, xOff, y, yOff, out, outOff);
        super.selectLess(n - from, a, aOff + from, b, bOff + from, x, xOff + from, y, yOff + from, out, outOff + from);
    }

    @Override
    public void softmax(
            int rows, int n, float[] x, int xStride, float[] choice, float[] logP, float[] entropy, float[] temporary) {
        int from = VectorSoftmax.evaluate(rows, n, x, xStride, choice, logP, entropy, temporary);
        Softmax.evaluate(from, rows, n, x, xStride, choice, logP, entropy);
    }

    @Override
    public void softmaxGradient(
            int rows,
            int n,
            float[] x,
            int xStride,
            float[] choice,
            float[] dLogP,
            float entropyScale,
            float[] dx,
            float[] temporary) {
        int from = VectorSoftmax.gradient(rows, n, x, xStride, choice, dLogP, entropyScale, dx, temporary);
        Softmax.gradient(from, rows, n, x, xStride, choice, dLogP, entropyScale, dx);
    }

    @Override
    public void adam(
            int n,
            float[] params,
            float[] gradient,
            float[] m,
            float[] v,
            float beta1,
            float beta2,
            float gradientScale,
            float stepSize,
            float inverseRootCorrection,
            float epsilon) {
        float factor1 = (1f - beta1) * gradientScale;
        float factor2 = (1f - beta2) * gradientScale * gradientScale;
        int end = VectorFunctions.adam(
                n, params, gradient, m, v, beta1, beta2, factor1, factor2, stepSize, inverseRootCorrection, epsilon);
        for (int i = end; i < n; i++) {
            m[i] = Math.fma(beta1, m[i], factor1 * gradient[i]);
            v[i] = Math.fma(beta2, v[i], (factor2 * gradient[i]) * gradient[i]);
            float root = (float) Math.sqrt(v[i]);
            params[i] = Math.fma(-stepSize, m[i] / Math.fma(root, inverseRootCorrection, epsilon), params[i]);
        }
    }
}
