package org.rltune.nn;

/**
 * Kernels in plain Java. The matrix products, exp, log, tanh, the sums and Adam are written for the compiler to
 * vectorise; the other element-wise operations run once per sample of a minibatch and are simple loops.
 */
class PlainKernels implements Kernels {
    static final PlainKernels INSTANCE = new PlainKernels();

    /** Working memory of one thread: about 160 kB, made at the first use. */
    private final ThreadLocal<PlainProducts> products = ThreadLocal.withInitial(PlainProducts::new);

    private final ThreadLocal<PlainFunctions> functions = ThreadLocal.withInitial(PlainFunctions::new);

    PlainKernels() {}

    @Override
    public int panelColumns() {
        return Integer.MAX_VALUE;
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
        functions.get().columnSums(rows, columns, x, xOff, xStride, c, cOff);
    }

    @Override
    public void rowSums(int rows, int columns, float[] x, int xOff, int xStride, float[] c, int cOff) {
        for (int i = 0; i < rows; i++) {
            float sum = c[cOff + i];
            for (int j = xOff + i * xStride, end = j + columns; j < end; j++) {
                sum = sum + x[j];
            }
            c[cOff + i] = sum;
        }
    }

    @Override
    public float sum(int n, float[] x, int xOff) {
        return functions.get().sum(n, x, xOff);
    }

    @Override
    public float sumOfSquares(int n, float[] x, int xOff) {
        return functions.get().sumOfSquares(n, x, xOff);
    }

    @Override
    public void exp(int n, float[] x, int xOff, float[] out, int outOff) {
        functions.get().exp(n, x, xOff, out, outOff);
    }

    @Override
    public void log(int n, float[] x, int xOff, float[] out, int outOff) {
        functions.get().log(n, x, xOff, out, outOff);
    }

    @Override
    public void tanh(int n, float[] x, int xOff, float[] out, int outOff) {
        functions.get().tanh(n, x, xOff, out, outOff);
    }

    @Override
    public void relu(int n, float[] x, int xOff, float[] out, int outOff) {
        if (xOff == outOff) {
            for (int i = xOff, end = xOff + n; i < end; i++) {
                out[i] = Math.max(0f, x[i]);
            }
        } else {
            for (int i = 0; i < n; i++) {
                out[outOff + i] = Math.max(0f, x[xOff + i]);
            }
        }
    }

    @Override
    public void scale(int n, float factor, float[] x, int xOff, float[] out, int outOff) {
        for (int i = 0; i < n; i++) {
            out[outOff + i] = factor * x[xOff + i];
        }
    }

    @Override
    public void affine(int n, float factor, float shift, float[] x, int xOff, float[] out, int outOff) {
        for (int i = 0; i < n; i++) {
            out[outOff + i] = Math.fma(factor, x[xOff + i], shift);
        }
    }

    @Override
    public void clamp(int n, float low, float high, float[] x, int xOff, float[] out, int outOff) {
        for (int i = 0; i < n; i++) {
            out[outOff + i] = Math.max(low, Math.min(high, x[xOff + i]));
        }
    }

    @Override
    public void tanhGradient(int n, float[] y, int yOff, float[] d, int dOff) {
        if (yOff == dOff) {
            for (int i = yOff, end = yOff + n; i < end; i++) {
                d[i] = Math.fma(-y[i], y[i], 1f) * d[i];
            }
        } else {
            for (int i = 0; i < n; i++) {
                d[dOff + i] = Math.fma(-y[yOff + i], y[yOff + i], 1f) * d[dOff + i];
            }
        }
    }

    @Override
    public void tanhGradientSums(
            int rows, int columns, float[] y, float[] d, int offset, int stride, float[] c, int cOff) {
        if (stride == columns) {
            tanhGradient(rows * columns, y, offset, d, offset);
            columnSums(rows, columns, d, offset, stride, c, cOff);
        } else {
            Kernels.super.tanhGradientSums(rows, columns, y, d, offset, stride, c, cOff);
        }
    }

    @Override
    public void reluGradient(int n, float[] y, int yOff, float[] d, int dOff) {
        for (int i = 0; i < n; i++) {
            int bits = Float.floatToRawIntBits(y[yOff + i]);
            // All ones where y > 0: a branch would be mispredicted half of the time.
            int positive = (-bits & ~bits) >> 31;
            d[dOff + i] = Float.intBitsToFloat(Float.floatToRawIntBits(d[dOff + i]) & positive);
        }
    }

    @Override
    public void add(int n, float[] x, int xOff, float[] y, int yOff, float[] out, int outOff) {
        for (int i = 0; i < n; i++) {
            out[outOff + i] = x[xOff + i] + y[yOff + i];
        }
    }

    @Override
    public void subtract(int n, float[] x, int xOff, float[] y, int yOff, float[] out, int outOff) {
        for (int i = 0; i < n; i++) {
            out[outOff + i] = x[xOff + i] - y[yOff + i];
        }
    }

    @Override
    public void multiply(int n, float[] x, int xOff, float[] y, int yOff, float[] out, int outOff) {
        for (int i = 0; i < n; i++) {
            out[outOff + i] = x[xOff + i] * y[yOff + i];
        }
    }

    @Override
    public void divide(int n, float[] x, int xOff, float[] y, int yOff, float[] out, int outOff) {
        for (int i = 0; i < n; i++) {
            out[outOff + i] = x[xOff + i] / y[yOff + i];
        }
    }

    @Override
    public void min(int n, float[] x, int xOff, float[] y, int yOff, float[] out, int outOff) {
        for (int i = 0; i < n; i++) {
            out[outOff + i] = Math.min(x[xOff + i], y[yOff + i]);
        }
    }

    @Override
    public void max(int n, float[] x, int xOff, float[] y, int yOff, float[] out, int outOff) {
        for (int i = 0; i < n; i++) {
            out[outOff + i] = Math.max(x[xOff + i], y[yOff + i]);
        }
    }

    @Override
    public void addScaled(int n, float factor, float[] x, int xOff, float[] y, int yOff) {
        for (int i = 0; i < n; i++) {
            y[yOff + i] = Math.fma(factor, x[xOff + i], y[yOff + i]);
        }
    }

    @Override
    public void addProduct(int n, float[] x, int xOff, float[] y, int yOff, float[] sum, int sumOff) {
        for (int i = 0; i < n; i++) {
            sum[sumOff + i] = Math.fma(x[xOff + i], y[yOff + i], sum[sumOff + i]);
        }
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
        for (int i = 0; i < n; i++) {
            out[outOff + i] = a[aOff + i] < b[bOff + i] ? x[xOff + i] : y[yOff + i];
        }
    }

    @Override
    public void selectEqual(
            int n,
            float[] a,
            int aOff,
            float value,
            float[] x,
            int xOff,
            float[] y,
            int yOff,
            float[] out,
            int outOff) {
        for (int i = 0; i < n; i++) {
            out[outOff + i] = a[aOff + i] == value ? x[xOff + i] : y[yOff + i];
        }
    }

    @Override
    public void softmax(
            int rows, int n, float[] x, int xStride, float[] choice, float[] logP, float[] entropy, float[] temporary) {
        Softmax.evaluate(0, rows, n, x, xStride, choice, logP, entropy);
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
        Softmax.gradient(0, rows, n, x, xStride, choice, dLogP, entropyScale, dx);
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
        // Three loops, one output each: a loop with three is not vectorised.
        for (int i = 0; i < n; i++) {
            m[i] = Math.fma(beta1, m[i], factor1 * gradient[i]);
        }
        for (int i = 0; i < n; i++) {
            v[i] = Math.fma(beta2, v[i], (factor2 * gradient[i]) * gradient[i]);
        }
        for (int i = 0; i < n; i++) {
            float root = (float) Math.sqrt(v[i]);
            params[i] = Math.fma(-stepSize, m[i] / Math.fma(root, inverseRootCorrection, epsilon), params[i]);
        }
    }
}
