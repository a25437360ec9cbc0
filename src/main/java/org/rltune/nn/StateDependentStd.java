package org.rltune.nn;

import java.util.Arrays;
import org.rltune.random.Pcg64;

/**
 * The deviations of {@link StateDependentNoise}: logStd[j](s) = ln(sum over i of latent[i](s)^2 exp(L[i][j])^2 + 1e-6) / 2,
 * with L (latent, actions) among the parameters.
 */
final class StateDependentStd {
    private static final float EPSILON = 1e-6f;
    private static final float LIMIT = DiagGaussian.LOG_STD_LIMIT;

    private final int latent;
    private final int actions;
    private final int offset;

    /** For L at {@code offset} of the parameters. */
    StateDependentStd(int latent, int actions, int offset) {
        this.latent = latent;
        this.actions = actions;
        this.offset = offset;
    }

    int size() {
        return latent * actions;
    }

    /** Variances of the elements of L, and of the noise of each row. */
    final class Memory {
        private final float[] elements = new float[size()];
        private final float[] variances;

        Memory(int maxRows) {
            variances = new float[maxRows * actions];
        }
    }

    private float logStd(float[] parameters, int at) {
        return Math.max(-LIMIT, Math.min(LIMIT, parameters[offset + at]));
    }

    /** Index of latent feature {@code l} of a row, counted from the first feature. */
    private static int index(Panels panels, int row, int l) {
        int p = l / panels.columns();
        return panels.at(p) + row * panels.stride() + l - p * panels.columns();
    }

    /** Writes log standard deviations to the columns of {@code out} from {@code column} on. */
    void forward(
            float[] parameters,
            float[] x,
            int xOff,
            Panels panels,
            int rows,
            Memory memory,
            float[] out,
            int column,
            int capacity) {
        for (int at = 0; at < memory.elements.length; at++) {
            memory.elements[at] = Approximations.exp(2f * logStd(parameters, at));
        }
        float[] variances = memory.variances;
        Arrays.fill(variances, 0, rows * actions, EPSILON);
        for (int i = 0; i < rows; i++) {
            for (int l = 0; l < latent; l++) {
                float feature = x[xOff + index(panels, i, l)];
                float square = feature * feature;
                for (int j = 0; j < actions; j++) {
                    int at = i * actions + j;
                    variances[at] = Math.fma(square, memory.elements[l * actions + j], variances[at]);
                }
            }
            for (int j = 0; j < actions; j++) {
                out[(column + j) * capacity + i] = 0.5f * Approximations.log(variances[i * actions + j]);
            }
        }
    }

    /** Adds dLoss / dL, row after row: dlogStd[j] / dL[i][j] = latent[i]^2 exp(L[i][j])^2 / variance[j]. */
    void backward(
            float[] parameters,
            float[] x,
            int xOff,
            Panels panels,
            int rows,
            Memory memory,
            float[] dOut,
            int column,
            int capacity,
            float[] gradient) {
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < actions; j++) {
                float share = dOut[(column + j) * capacity + i] / memory.variances[i * actions + j];
                for (int l = 0; l < latent; l++) {
                    int at = l * actions + j;
                    float feature = x[xOff + index(panels, i, l)];
                    if (Math.abs(parameters[offset + at]) <= LIMIT) {
                        gradient[offset + at] =
                                Math.fma(share * memory.elements[at], feature * feature, gradient[offset + at]);
                    }
                }
            }
        }
    }

    void draw(float[] parameters, Pcg64 random, float[] theta, int at) {
        for (int i = 0; i < size(); i++) {
            theta[at + i] = Approximations.exp(logStd(parameters, i)) * (float) random.standardNormal();
        }
    }

    void noise(float[] x, int xOff, Panels panels, int row, float[] theta, int at, float[] noise) {
        Arrays.fill(noise, 0, actions, 0f);
        for (int l = 0; l < latent; l++) {
            float feature = x[xOff + index(panels, row, l)];
            for (int j = 0; j < actions; j++) {
                noise[j] = Math.fma(feature, theta[at + l * actions + j], noise[j]);
            }
        }
    }
}
