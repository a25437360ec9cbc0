package org.rltune.nn;

import static org.rltune.nn.Kernels.LOG_FLOOR;

/** {@link Kernels#softmax} and its gradient, one row after the other; rows {@code from} to {@code rows - 1}. */
final class Softmax {
    private Softmax() {}

    static void evaluate(
            int from, int rows, int n, float[] x, int xStride, float[] choice, float[] logP, float[] entropy) {
        for (int i = from; i < rows; i++) {
            float max = max(n, x, i, xStride);
            float logSum = logSum(n, x, i, xStride, max);
            float chosen = 0;
            float h = 0;
            for (int a = 0; a < n; a++) {
                float l = clamp((x[a * xStride + i] - max) - logSum);
                h = Math.fma(-Approximations.exp(l), l, h);
                chosen = choice[i] == a ? l : chosen;
            }
            logP[i] = chosen;
            entropy[i] = h;
        }
    }

    static void gradient(
            int from,
            int rows,
            int n,
            float[] x,
            int xStride,
            float[] choice,
            float[] dLogP,
            float entropyScale,
            float[] dx) {
        for (int i = from; i < rows; i++) {
            float max = max(n, x, i, xStride);
            float logSum = logSum(n, x, i, xStride, max);
            float h = entropyScale == 0f ? 0f : entropy(n, x, i, xStride, max, logSum);
            for (int a = 0; a < n; a++) {
                float l = clamp((x[a * xStride + i] - max) - logSum);
                float p = Approximations.exp(l);
                float d = (choice[i] == a ? dLogP[i] : 0f) - dLogP[i] * p;
                dx[a * xStride + i] = entropyScale == 0f ? d : Math.fma(-entropyScale, p * (l + h), d);
            }
        }
    }

    private static float max(int n, float[] x, int i, int xStride) {
        float max = x[i];
        for (int a = 1; a < n; a++) {
            max = Math.max(max, x[a * xStride + i]);
        }
        return max;
    }

    private static float logSum(int n, float[] x, int i, int xStride, float max) {
        float sum = Approximations.exp(x[i] - max);
        for (int a = 1; a < n; a++) {
            sum = sum + Approximations.exp(x[a * xStride + i] - max);
        }
        return Approximations.log(sum);
    }

    private static float entropy(int n, float[] x, int i, int xStride, float max, float logSum) {
        float h = 0;
        for (int a = 0; a < n; a++) {
            float l = clamp((x[a * xStride + i] - max) - logSum);
            h = Math.fma(-Approximations.exp(l), l, h);
        }
        return h;
    }

    private static float clamp(float l) {
        return Math.max(LOG_FLOOR, Math.min(0f, l));
    }
}
