package org.rltune.nn;

import static org.rltune.nn.Approximations.EXP_LIMIT;
import static org.rltune.nn.Approximations.LN2_HIGH;
import static org.rltune.nn.Approximations.LN2_LOW;
import static org.rltune.nn.Approximations.LOG2_E;
import static org.rltune.nn.Approximations.ROUNDER;
import static org.rltune.nn.Kernels.LOG_FLOOR;
import static org.rltune.nn.VectorTiles.LANES;
import static org.rltune.nn.VectorTiles.SPECIES;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;

/**
 * {@link Softmax} with a row in each lane. Each method works on the rows that fill whole vectors and returns their number.
 *
 * <p>In few passes over a chunk, where a dozen element-wise kernels took five times as long: with 64 rows the time is that
 * of the calls. Each pass has one exponential function: with three, the compiler reached its limit of nodes, called the
 * last one as a method and allocated its vectors.
 */
final class VectorSoftmax {
    private static final int EXP_BITS = Float.floatToRawIntBits(EXP_LIMIT);

    private VectorSoftmax() {}

    static int evaluate(int rows, int n, float[] x, int xStride, float[] choice, float[] logP, float[] entropy) {
        int end = SPECIES.loopBound(rows);
        maxAndSum(end, n, x, xStride, logP, entropy, 0);
        VectorFunctions.log(end, entropy, 0, entropy, 0);
        chosenAndEntropy(end, n, x, xStride, choice, logP, entropy);
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
        maxAndSum(end, n, x, xStride, temporary, temporary, rows);
        VectorFunctions.log(end, temporary, rows, temporary, rows);
        chosenGradient(end, rows, n, x, xStride, choice, dLogP, dx, temporary);
        if (entropyScale != 0f) {
            entropyGradient(end, rows, n, x, xStride, entropyScale, dx, temporary);
        }
        return end;
    }

    private static void maxAndSum(int end, int n, float[] x, int xStride, float[] maxima, float[] sums, int sumOff) {
        for (int i = 0; i < end; i += LANES) {
            FloatVector max = FloatVector.fromArray(SPECIES, x, i);
            for (int a = 1; a < n; a++) {
                max = max.max(FloatVector.fromArray(SPECIES, x, a * xStride + i));
            }
            FloatVector sum = FloatVector.broadcast(SPECIES, 0f);
            for (int a = 0; a < n; a++) {
                sum = sum.add(
                        exp(FloatVector.fromArray(SPECIES, x, a * xStride + i).sub(max)));
            }
            max.intoArray(maxima, i);
            sum.intoArray(sums, sumOff + i);
        }
    }

    /** Replaces the maxima in {@code logP} and the logarithms of the sums in {@code entropy} by what the names say. */
    private static void chosenAndEntropy(
            int end, int n, float[] x, int xStride, float[] choice, float[] logP, float[] entropy) {
        for (int i = 0; i < end; i += LANES) {
            FloatVector max = FloatVector.fromArray(SPECIES, logP, i);
            FloatVector logSum = FloatVector.fromArray(SPECIES, entropy, i);
            FloatVector index = FloatVector.fromArray(SPECIES, choice, i);
            FloatVector chosen = FloatVector.broadcast(SPECIES, 0f);
            FloatVector h = FloatVector.broadcast(SPECIES, 0f);
            for (int a = 0; a < n; a++) {
                FloatVector l = FloatVector.fromArray(SPECIES, x, a * xStride + i)
                        .sub(max)
                        .sub(logSum)
                        .min(0f)
                        .max(LOG_FLOOR);
                h = exp(l).neg().fma(l, h);
                chosen = chosen.blend(l, index.compare(VectorOperators.EQ, (float) a));
            }
            chosen.intoArray(logP, i);
            h.intoArray(entropy, i);
        }
    }

    /** The gradient without that of the entropy, which is left in the third part of {@code temporary}. */
    private static void chosenGradient(
            int end,
            int rows,
            int n,
            float[] x,
            int xStride,
            float[] choice,
            float[] dLogP,
            float[] dx,
            float[] temporary) {
        for (int i = 0; i < end; i += LANES) {
            FloatVector max = FloatVector.fromArray(SPECIES, temporary, i);
            FloatVector logSum = FloatVector.fromArray(SPECIES, temporary, rows + i);
            FloatVector index = FloatVector.fromArray(SPECIES, choice, i);
            FloatVector d = FloatVector.fromArray(SPECIES, dLogP, i);
            FloatVector h = FloatVector.broadcast(SPECIES, 0f);
            for (int a = 0; a < n; a++) {
                FloatVector l = FloatVector.fromArray(SPECIES, x, a * xStride + i)
                        .sub(max)
                        .sub(logSum)
                        .min(0f)
                        .max(LOG_FLOOR);
                FloatVector p = exp(l);
                h = p.neg().fma(l, h);
                FloatVector ofChosen =
                        FloatVector.broadcast(SPECIES, 0f).blend(d, index.compare(VectorOperators.EQ, (float) a));
                ofChosen.sub(d.mul(p)).intoArray(dx, a * xStride + i);
            }
            h.intoArray(temporary, 2 * rows + i);
        }
    }

    private static void entropyGradient(
            int end, int rows, int n, float[] x, int xStride, float entropyScale, float[] dx, float[] temporary) {
        for (int i = 0; i < end; i += LANES) {
            FloatVector max = FloatVector.fromArray(SPECIES, temporary, i);
            FloatVector logSum = FloatVector.fromArray(SPECIES, temporary, rows + i);
            FloatVector h = FloatVector.fromArray(SPECIES, temporary, 2 * rows + i);
            for (int a = 0; a < n; a++) {
                FloatVector l = FloatVector.fromArray(SPECIES, x, a * xStride + i)
                        .sub(max)
                        .sub(logSum)
                        .min(0f)
                        .max(LOG_FLOOR);
                FloatVector.broadcast(SPECIES, -entropyScale)
                        .fma(exp(l).mul(l.add(h)), FloatVector.fromArray(SPECIES, dx, a * xStride + i))
                        .intoArray(dx, a * xStride + i);
            }
        }
    }

    /** As {@link VectorFunctions#exp}. */
    private static FloatVector exp(FloatVector unclamped) {
        IntVector b = unclamped.reinterpretAsInts();
        FloatVector x = b.and(0x7fffffff).min(EXP_BITS).or(b.and(0x80000000)).reinterpretAsFloats();
        FloatVector rounded = x.fma(FloatVector.broadcast(SPECIES, LOG2_E), FloatVector.broadcast(SPECIES, ROUNDER));
        FloatVector e = rounded.sub(FloatVector.broadcast(SPECIES, ROUNDER));
        FloatVector r =
                e.fma(FloatVector.broadcast(SPECIES, -LN2_LOW), e.fma(FloatVector.broadcast(SPECIES, -LN2_HIGH), x));
        FloatVector y = FloatVector.broadcast(SPECIES, 1.9875691500E-4f)
                .fma(r, FloatVector.broadcast(SPECIES, 1.3981999507E-3f));
        y = y.fma(r, FloatVector.broadcast(SPECIES, 8.3334519073E-3f));
        y = y.fma(r, FloatVector.broadcast(SPECIES, 4.1665795894E-2f));
        y = y.fma(r, FloatVector.broadcast(SPECIES, 1.6666665459E-1f));
        y = y.fma(r, FloatVector.broadcast(SPECIES, 5.0000001201E-1f));
        y = y.fma(r.mul(r), r).add(FloatVector.broadcast(SPECIES, 1f));
        IntVector shift = rounded.reinterpretAsInts().lanewise(VectorOperators.LSHL, 23);
        return y.reinterpretAsInts().add(shift).reinterpretAsFloats();
    }
}
