package org.rltune.nn;

import static org.rltune.nn.Approximations.EXP_LIMIT;
import static org.rltune.nn.Approximations.LN2_HIGH;
import static org.rltune.nn.Approximations.LN2_LOW;
import static org.rltune.nn.Approximations.LOG2_E;
import static org.rltune.nn.Approximations.ROUNDER;
import static org.rltune.nn.Approximations.SQRT_HALF_BITS;
import static org.rltune.nn.Kernels.LOG_FLOOR;
import static org.rltune.nn.VectorTiles.LANES;
import static org.rltune.nn.VectorTiles.SPECIES;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;

/**
 * {@link Softmax} with a row in each lane. Each method works on the rows that fill whole vectors and returns their number.
 *
 * <p>In one pass over a chunk, where a dozen element-wise kernels took five times as long: with 64 rows the time is that of
 * the calls.
 */
final class VectorSoftmax {
    private static final int EXP_BITS = Float.floatToRawIntBits(EXP_LIMIT);

    private VectorSoftmax() {}

    static int evaluate(int rows, int n, float[] x, int xStride, float[] choice, float[] logP, float[] entropy) {
        int end = SPECIES.loopBound(rows);
        for (int i = 0; i < end; i += LANES) {
            FloatVector max = FloatVector.fromArray(SPECIES, x, i);
            for (int a = 1; a < n; a++) {
                max = max.max(FloatVector.fromArray(SPECIES, x, a * xStride + i));
            }
            FloatVector sum = exp(FloatVector.fromArray(SPECIES, x, i).sub(max));
            for (int a = 1; a < n; a++) {
                sum = sum.add(
                        exp(FloatVector.fromArray(SPECIES, x, a * xStride + i).sub(max)));
            }
            FloatVector logSum = log(sum);
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
        return end;
    }

    static int gradient(
            int rows, int n, float[] x, int xStride, float[] choice, float[] dLogP, float entropyScale, float[] dx) {
        int end = SPECIES.loopBound(rows);
        for (int i = 0; i < end; i += LANES) {
            FloatVector max = FloatVector.fromArray(SPECIES, x, i);
            for (int a = 1; a < n; a++) {
                max = max.max(FloatVector.fromArray(SPECIES, x, a * xStride + i));
            }
            FloatVector sum = exp(FloatVector.fromArray(SPECIES, x, i).sub(max));
            for (int a = 1; a < n; a++) {
                sum = sum.add(
                        exp(FloatVector.fromArray(SPECIES, x, a * xStride + i).sub(max)));
            }
            FloatVector logSum = log(sum);
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
            for (int a = 0; entropyScale != 0f && a < n; a++) {
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
        return end;
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

    /** As {@link VectorFunctions#log}, for normal numbers. */
    private static FloatVector log(FloatVector x) {
        IntVector bits = x.reinterpretAsInts();
        IntVector over = bits.sub(SQRT_HALF_BITS);
        FloatVector e = (FloatVector) over.lanewise(VectorOperators.ASHR, 23).convert(VectorOperators.I2F, 0);
        FloatVector f = bits.sub(over.and(0xff800000)).reinterpretAsFloats().sub(FloatVector.broadcast(SPECIES, 1f));
        FloatVector z = f.mul(f);
        FloatVector y = FloatVector.broadcast(SPECIES, 7.0376836292E-2f)
                .fma(f, FloatVector.broadcast(SPECIES, -1.1514610310E-1f));
        y = y.fma(f, FloatVector.broadcast(SPECIES, 1.1676998740E-1f));
        y = y.fma(f, FloatVector.broadcast(SPECIES, -1.2420140846E-1f));
        y = y.fma(f, FloatVector.broadcast(SPECIES, 1.4249322787E-1f));
        y = y.fma(f, FloatVector.broadcast(SPECIES, -1.6668057665E-1f));
        y = y.fma(f, FloatVector.broadcast(SPECIES, 2.0000714765E-1f));
        y = y.fma(f, FloatVector.broadcast(SPECIES, -2.4999993993E-1f));
        y = y.fma(f, FloatVector.broadcast(SPECIES, 3.3333331174E-1f));
        y = e.fma(FloatVector.broadcast(SPECIES, LN2_LOW), y.mul(f).mul(z));
        y = z.fma(FloatVector.broadcast(SPECIES, -0.5f), y);
        return e.fma(FloatVector.broadcast(SPECIES, LN2_HIGH), f.add(y));
    }
}
