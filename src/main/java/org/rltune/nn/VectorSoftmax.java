package org.rltune.nn;

import static org.rltune.nn.Kernels.LOG_FLOOR;
import static org.rltune.nn.VectorTiles.LANES;
import static org.rltune.nn.VectorTiles.SPECIES;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;

/**
 * {@link Softmax} with a row in each lane. Each method works on the rows that fill whole vectors and returns their number.
 *
 * <p>Loops over the rows of one column, without a vector that lives on from one turn to the next and without a method for
 * the exponential function: C2 puts the former into an object where the loop over columns is short, and vectors that a
 * method takes and returns where it has a poor profile (JDK 17).
 */
final class VectorSoftmax {
    private VectorSoftmax() {}

    static int evaluate(
            int rows, int n, float[] x, int xStride, float[] choice, float[] logP, float[] entropy, float[] temporary) {
        int end = SPECIES.loopBound(rows);
        maxAndLogSum(end, rows, n, x, xStride, temporary);
        Arrays.fill(logP, 0, end, 0f);
        Arrays.fill(entropy, 0, end, 0f);
        for (int a = 0; a < n; a++) {
            addColumn(end, rows, a, x, a * xStride, choice, logP, entropy, temporary);
        }
        return end;
    }

    static int gradient(
            int rows,
            int n,
            float[] x,
            int xStride,
            float[] choice,
            float[] dLogP,
            float entropyScale,
            float[] dx,
            float[] temporary) {
        int end = SPECIES.loopBound(rows);
        maxAndLogSum(end, rows, n, x, xStride, temporary);
        Arrays.fill(temporary, 2 * rows, 2 * rows + end, 0f);
        for (int a = 0; a < n; a++) {
            columnGradient(end, rows, a, x, a * xStride, choice, dLogP, dx, temporary);
        }
        for (int a = 0; entropyScale != 0f && a < n; a++) {
            addEntropyGradient(end, rows, x, a * xStride, entropyScale, dx, temporary);
        }
        return end;
    }

    /** The greatest number of each row goes to the first part of {@code temporary}, the logarithm of the sum to the second. */
    private static void maxAndLogSum(int end, int rows, int n, float[] x, int xStride, float[] temporary) {
        System.arraycopy(x, 0, temporary, 0, end);
        for (int a = 1; a < n; a++) {
            addMax(end, x, a * xStride, temporary);
        }
        Arrays.fill(temporary, rows, rows + end, 0f);
        for (int a = 0; a < n; a++) {
            addExp(end, rows, x, a * xStride, temporary);
        }
        VectorFunctions.log(end, temporary, rows, temporary, rows);
    }

    private static void addMax(int end, float[] x, int xOff, float[] temporary) {
        for (int i = 0; i < end; i += LANES) {
            FloatVector.fromArray(SPECIES, temporary, i)
                    .max(FloatVector.fromArray(SPECIES, x, xOff + i))
                    .intoArray(temporary, i);
        }
    }

    private static void addExp(int end, int rows, float[] x, int xOff, float[] temporary) {
        int work = 3 * rows;
        for (int i = 0; i < end; i += LANES) {
            FloatVector.fromArray(SPECIES, x, xOff + i)
                    .sub(FloatVector.fromArray(SPECIES, temporary, i))
                    .intoArray(temporary, work + i);
        }
        VectorFunctions.exp(end, temporary, work, temporary, work);
        for (int i = 0; i < end; i += LANES) {
            FloatVector.fromArray(SPECIES, temporary, rows + i)
                    .add(FloatVector.fromArray(SPECIES, temporary, work + i))
                    .intoArray(temporary, rows + i);
        }
    }

    /** The probabilities of a column go to the fourth part of {@code temporary}. */
    private static void probabilities(int end, int rows, float[] x, int xOff, float[] temporary) {
        int work = 3 * rows;
        for (int i = 0; i < end; i += LANES) {
            FloatVector.fromArray(SPECIES, x, xOff + i)
                    .sub(FloatVector.fromArray(SPECIES, temporary, i))
                    .sub(FloatVector.fromArray(SPECIES, temporary, rows + i))
                    .min(0f)
                    .max(LOG_FLOOR)
                    .intoArray(temporary, work + i);
        }
        VectorFunctions.exp(end, temporary, work, temporary, work);
    }

    private static void addColumn(
            int end,
            int rows,
            int a,
            float[] x,
            int xOff,
            float[] choice,
            float[] logP,
            float[] entropy,
            float[] temporary) {
        probabilities(end, rows, x, xOff, temporary);
        for (int i = 0; i < end; i += LANES) {
            FloatVector l = FloatVector.fromArray(SPECIES, x, xOff + i)
                    .sub(FloatVector.fromArray(SPECIES, temporary, i))
                    .sub(FloatVector.fromArray(SPECIES, temporary, rows + i))
                    .min(0f)
                    .max(LOG_FLOOR);
            FloatVector.fromArray(SPECIES, temporary, 3 * rows + i)
                    .neg()
                    .fma(l, FloatVector.fromArray(SPECIES, entropy, i))
                    .intoArray(entropy, i);
            FloatVector.fromArray(SPECIES, logP, i)
                    .blend(
                            l,
                            FloatVector.fromArray(SPECIES, choice, i)
                                    .compare(VectorOperators.EQ, FloatVector.broadcast(SPECIES, (float) a)))
                    .intoArray(logP, i);
        }
    }

    /** The gradient without that of the entropy, which is added up in the third part of {@code temporary}. */
    private static void columnGradient(
            int end,
            int rows,
            int a,
            float[] x,
            int xOff,
            float[] choice,
            float[] dLogP,
            float[] dx,
            float[] temporary) {
        probabilities(end, rows, x, xOff, temporary);
        for (int i = 0; i < end; i += LANES) {
            FloatVector l = FloatVector.fromArray(SPECIES, x, xOff + i)
                    .sub(FloatVector.fromArray(SPECIES, temporary, i))
                    .sub(FloatVector.fromArray(SPECIES, temporary, rows + i))
                    .min(0f)
                    .max(LOG_FLOOR);
            FloatVector p = FloatVector.fromArray(SPECIES, temporary, 3 * rows + i);
            p.neg()
                    .fma(l, FloatVector.fromArray(SPECIES, temporary, 2 * rows + i))
                    .intoArray(temporary, 2 * rows + i);
            FloatVector d = FloatVector.fromArray(SPECIES, dLogP, i);
            FloatVector.broadcast(SPECIES, 0f)
                    .blend(
                            d,
                            FloatVector.fromArray(SPECIES, choice, i)
                                    .compare(VectorOperators.EQ, FloatVector.broadcast(SPECIES, (float) a)))
                    .sub(d.mul(p))
                    .intoArray(dx, xOff + i);
        }
    }

    private static void addEntropyGradient(
            int end, int rows, float[] x, int xOff, float entropyScale, float[] dx, float[] temporary) {
        probabilities(end, rows, x, xOff, temporary);
        for (int i = 0; i < end; i += LANES) {
            FloatVector l = FloatVector.fromArray(SPECIES, x, xOff + i)
                    .sub(FloatVector.fromArray(SPECIES, temporary, i))
                    .sub(FloatVector.fromArray(SPECIES, temporary, rows + i))
                    .min(0f)
                    .max(LOG_FLOOR);
            FloatVector h = FloatVector.fromArray(SPECIES, temporary, 2 * rows + i);
            FloatVector p = FloatVector.fromArray(SPECIES, temporary, 3 * rows + i);
            FloatVector.broadcast(SPECIES, -entropyScale)
                    .fma(p.mul(l.add(h)), FloatVector.fromArray(SPECIES, dx, xOff + i))
                    .intoArray(dx, xOff + i);
        }
    }
}
