package org.rltune.nn;

import static org.rltune.nn.Approximations.EXP_LIMIT;
import static org.rltune.nn.Approximations.LN2_HIGH;
import static org.rltune.nn.Approximations.LN2_LOW;
import static org.rltune.nn.Approximations.LOG2_E;
import static org.rltune.nn.Approximations.ROUNDER;
import static org.rltune.nn.Approximations.SQRT_HALF_BITS;
import static org.rltune.nn.Approximations.TANH_LIMIT;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * {@link Approximations} on vector registers: the same operations in the same order, so the same bits.
 *
 * <p>Each method works on the part of the {@code n} elements that fills whole vectors and returns its length.
 *
 * <p>Ranges are clamped on the bit patterns, where the order of positive floats is that of integers: the float minimum of
 * the vector API costs several times as much, because it also has to order zeros and NaN.
 */
final class VectorFunctions {
    private static final VectorSpecies<Float> SPECIES = VectorTiles.SPECIES;
    private static final int LANES = VectorTiles.LANES;
    private static final int TANH_BITS = Float.floatToRawIntBits(TANH_LIMIT);
    private static final int EXP_BITS = Float.floatToRawIntBits(EXP_LIMIT);
    private static final int NORMAL_BITS = Float.floatToRawIntBits(Float.MIN_NORMAL);
    private static final int MAX_BITS = Float.floatToRawIntBits(Float.MAX_VALUE);

    private VectorFunctions() {}

    /** Two vectors at a time. Too long for the compiler to inline, which made it more than twice as slow in its callers. */
    static int tanh(int n, float[] in, int inOff, float[] out, int outOff) {
        int end = SPECIES.loopBound(n);
        int i = 0;
        for (; i + 2 * LANES <= end; i += 2 * LANES) {
            IntVector b0 = FloatVector.fromArray(SPECIES, in, inOff + i).reinterpretAsInts();
            IntVector b1 = FloatVector.fromArray(SPECIES, in, inOff + i + LANES).reinterpretAsInts();
            FloatVector x0 =
                    b0.and(0x7fffffff).min(TANH_BITS).or(b0.and(0x80000000)).reinterpretAsFloats();
            FloatVector x1 =
                    b1.and(0x7fffffff).min(TANH_BITS).or(b1.and(0x80000000)).reinterpretAsFloats();
            FloatVector q0 = x0.mul(x0);
            FloatVector q1 = x1.mul(x1);
            FloatVector y0 = FloatVector.broadcast(SPECIES, -2.76076847742355e-16f)
                    .fma(q0, FloatVector.broadcast(SPECIES, 2.00018790482477e-13f));
            FloatVector y1 = FloatVector.broadcast(SPECIES, -2.76076847742355e-16f)
                    .fma(q1, FloatVector.broadcast(SPECIES, 2.00018790482477e-13f));
            y0 = y0.fma(q0, FloatVector.broadcast(SPECIES, -8.60467152213735e-11f));
            y1 = y1.fma(q1, FloatVector.broadcast(SPECIES, -8.60467152213735e-11f));
            y0 = y0.fma(q0, FloatVector.broadcast(SPECIES, 5.12229709037114e-08f));
            y1 = y1.fma(q1, FloatVector.broadcast(SPECIES, 5.12229709037114e-08f));
            y0 = y0.fma(q0, FloatVector.broadcast(SPECIES, 1.48572235717979e-05f));
            y1 = y1.fma(q1, FloatVector.broadcast(SPECIES, 1.48572235717979e-05f));
            y0 = y0.fma(q0, FloatVector.broadcast(SPECIES, 6.37261928875436e-04f));
            y1 = y1.fma(q1, FloatVector.broadcast(SPECIES, 6.37261928875436e-04f));
            y0 = y0.fma(q0, FloatVector.broadcast(SPECIES, 4.89352455891786e-03f));
            y1 = y1.fma(q1, FloatVector.broadcast(SPECIES, 4.89352455891786e-03f));
            FloatVector d0 = FloatVector.broadcast(SPECIES, 1.19825839466702e-06f)
                    .fma(q0, FloatVector.broadcast(SPECIES, 1.18534705686654e-04f));
            FloatVector d1 = FloatVector.broadcast(SPECIES, 1.19825839466702e-06f)
                    .fma(q1, FloatVector.broadcast(SPECIES, 1.18534705686654e-04f));
            d0 = d0.fma(q0, FloatVector.broadcast(SPECIES, 2.26843463243900e-03f));
            d1 = d1.fma(q1, FloatVector.broadcast(SPECIES, 2.26843463243900e-03f));
            d0 = d0.fma(q0, FloatVector.broadcast(SPECIES, 4.89352518554385e-03f));
            d1 = d1.fma(q1, FloatVector.broadcast(SPECIES, 4.89352518554385e-03f));
            y0.mul(x0).div(d0).intoArray(out, outOff + i);
            y1.mul(x1).div(d1).intoArray(out, outOff + i + LANES);
        }
        if (i < end) {
            IntVector b0 = FloatVector.fromArray(SPECIES, in, inOff + i).reinterpretAsInts();
            FloatVector x0 =
                    b0.and(0x7fffffff).min(TANH_BITS).or(b0.and(0x80000000)).reinterpretAsFloats();
            FloatVector q0 = x0.mul(x0);
            FloatVector y0 = FloatVector.broadcast(SPECIES, -2.76076847742355e-16f)
                    .fma(q0, FloatVector.broadcast(SPECIES, 2.00018790482477e-13f));
            y0 = y0.fma(q0, FloatVector.broadcast(SPECIES, -8.60467152213735e-11f));
            y0 = y0.fma(q0, FloatVector.broadcast(SPECIES, 5.12229709037114e-08f));
            y0 = y0.fma(q0, FloatVector.broadcast(SPECIES, 1.48572235717979e-05f));
            y0 = y0.fma(q0, FloatVector.broadcast(SPECIES, 6.37261928875436e-04f));
            y0 = y0.fma(q0, FloatVector.broadcast(SPECIES, 4.89352455891786e-03f));
            FloatVector d0 = FloatVector.broadcast(SPECIES, 1.19825839466702e-06f)
                    .fma(q0, FloatVector.broadcast(SPECIES, 1.18534705686654e-04f));
            d0 = d0.fma(q0, FloatVector.broadcast(SPECIES, 2.26843463243900e-03f));
            d0 = d0.fma(q0, FloatVector.broadcast(SPECIES, 4.89352518554385e-03f));
            y0.mul(x0).div(d0).intoArray(out, outOff + i);
        }
        return end;
    }

    /** Four vectors at a time, and so not inlined either. */
    static int tanhGradient(int n, float[] y, int yOff, float[] d, int dOff) {
        int end = SPECIES.loopBound(n);
        FloatVector one = FloatVector.broadcast(SPECIES, 1f);
        int i = 0;
        for (; i + 4 * LANES <= end; i += 4 * LANES) {
            int yi = yOff + i;
            int di = dOff + i;
            FloatVector y0 = FloatVector.fromArray(SPECIES, y, yi), y1 = FloatVector.fromArray(SPECIES, y, yi + LANES);
            FloatVector y2 = FloatVector.fromArray(SPECIES, y, yi + 2 * LANES),
                    y3 = FloatVector.fromArray(SPECIES, y, yi + 3 * LANES);
            FloatVector d0 = FloatVector.fromArray(SPECIES, d, di), d1 = FloatVector.fromArray(SPECIES, d, di + LANES);
            FloatVector d2 = FloatVector.fromArray(SPECIES, d, di + 2 * LANES),
                    d3 = FloatVector.fromArray(SPECIES, d, di + 3 * LANES);
            y0.neg().fma(y0, one).mul(d0).intoArray(d, di);
            y1.neg().fma(y1, one).mul(d1).intoArray(d, di + LANES);
            y2.neg().fma(y2, one).mul(d2).intoArray(d, di + 2 * LANES);
            y3.neg().fma(y3, one).mul(d3).intoArray(d, di + 3 * LANES);
        }
        for (; i < end; i += LANES) {
            FloatVector y0 = FloatVector.fromArray(SPECIES, y, yOff + i);
            FloatVector d0 = FloatVector.fromArray(SPECIES, d, dOff + i);
            y0.neg().fma(y0, one).mul(d0).intoArray(d, dOff + i);
        }
        return end;
    }

    /** {@link Kernels#tanhGradientSums} of the columns that fill four vectors; returns their number. */
    static int tanhGradientSums(
            int rows, int columns, float[] y, float[] d, int offset, int stride, float[] c, int cOff) {
        int end = columns - columns % (4 * LANES);
        FloatVector one = FloatVector.broadcast(SPECIES, 1f);
        for (int j = 0; j < end; j += 4 * LANES) {
            int to = cOff + j;
            FloatVector s0 = FloatVector.fromArray(SPECIES, c, to), s1 = FloatVector.fromArray(SPECIES, c, to + LANES);
            FloatVector s2 = FloatVector.fromArray(SPECIES, c, to + 2 * LANES),
                    s3 = FloatVector.fromArray(SPECIES, c, to + 3 * LANES);
            for (int i = 0; i < rows; i++) {
                int at = offset + j + i * stride;
                FloatVector y0 = FloatVector.fromArray(SPECIES, y, at),
                        y1 = FloatVector.fromArray(SPECIES, y, at + LANES);
                FloatVector y2 = FloatVector.fromArray(SPECIES, y, at + 2 * LANES),
                        y3 = FloatVector.fromArray(SPECIES, y, at + 3 * LANES);
                FloatVector d0 = y0.neg().fma(y0, one).mul(FloatVector.fromArray(SPECIES, d, at));
                FloatVector d1 = y1.neg().fma(y1, one).mul(FloatVector.fromArray(SPECIES, d, at + LANES));
                FloatVector d2 = y2.neg().fma(y2, one).mul(FloatVector.fromArray(SPECIES, d, at + 2 * LANES));
                FloatVector d3 = y3.neg().fma(y3, one).mul(FloatVector.fromArray(SPECIES, d, at + 3 * LANES));
                d0.intoArray(d, at);
                d1.intoArray(d, at + LANES);
                d2.intoArray(d, at + 2 * LANES);
                d3.intoArray(d, at + 3 * LANES);
                s0 = s0.add(d0);
                s1 = s1.add(d1);
                s2 = s2.add(d2);
                s3 = s3.add(d3);
            }
            s0.intoArray(c, to);
            s1.intoArray(c, to + LANES);
            s2.intoArray(c, to + 2 * LANES);
            s3.intoArray(c, to + 3 * LANES);
        }
        return end;
    }

    /** Neither limit is zero. */
    static int clamp(int n, float low, float high, float[] x, int xOff, float[] out, int outOff) {
        int end = SPECIES.loopBound(n);
        FloatVector least = FloatVector.broadcast(SPECIES, low);
        FloatVector most = FloatVector.broadcast(SPECIES, high);
        for (int i = 0; i < end; i += LANES) {
            FloatVector v = FloatVector.fromArray(SPECIES, x, xOff + i);
            v = v.blend(most, v.compare(VectorOperators.GT, most));
            v.blend(least, v.compare(VectorOperators.LT, least)).intoArray(out, outOff + i);
        }
        return end;
    }

    static int selectLess(
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
        int end = SPECIES.loopBound(n);
        for (int i = 0; i < end; i += LANES) {
            FloatVector v = FloatVector.fromArray(SPECIES, a, aOff + i);
            FloatVector.fromArray(SPECIES, y, yOff + i)
                    .blend(
                            FloatVector.fromArray(SPECIES, x, xOff + i),
                            v.compare(VectorOperators.LT, FloatVector.fromArray(SPECIES, b, bOff + i)))
                    .intoArray(out, outOff + i);
        }
        return end;
    }

    static int exp(int n, float[] in, int inOff, float[] out, int outOff) {
        int end = SPECIES.loopBound(n);
        for (int i = 0; i < end; i += LANES) {
            IntVector b = FloatVector.fromArray(SPECIES, in, inOff + i).reinterpretAsInts();
            FloatVector x =
                    b.and(0x7fffffff).min(EXP_BITS).or(b.and(0x80000000)).reinterpretAsFloats();
            FloatVector rounded =
                    x.fma(FloatVector.broadcast(SPECIES, LOG2_E), FloatVector.broadcast(SPECIES, ROUNDER));
            FloatVector e = rounded.sub(FloatVector.broadcast(SPECIES, ROUNDER));
            FloatVector r = e.fma(
                    FloatVector.broadcast(SPECIES, -LN2_LOW), e.fma(FloatVector.broadcast(SPECIES, -LN2_HIGH), x));
            FloatVector y = FloatVector.broadcast(SPECIES, 1.9875691500E-4f)
                    .fma(r, FloatVector.broadcast(SPECIES, 1.3981999507E-3f));
            y = y.fma(r, FloatVector.broadcast(SPECIES, 8.3334519073E-3f));
            y = y.fma(r, FloatVector.broadcast(SPECIES, 4.1665795894E-2f));
            y = y.fma(r, FloatVector.broadcast(SPECIES, 1.6666665459E-1f));
            y = y.fma(r, FloatVector.broadcast(SPECIES, 5.0000001201E-1f));
            y = y.fma(r.mul(r), r).add(FloatVector.broadcast(SPECIES, 1f));
            IntVector shift = rounded.reinterpretAsInts().lanewise(VectorOperators.LSHL, 23);
            y.reinterpretAsInts().add(shift).reinterpretAsFloats().intoArray(out, outOff + i);
        }
        return end;
    }

    static int log(int n, float[] in, int inOff, float[] out, int outOff) {
        int end = SPECIES.loopBound(n);
        for (int i = 0; i < end; i += LANES) {
            IntVector bits = FloatVector.fromArray(SPECIES, in, inOff + i)
                    .reinterpretAsInts()
                    .max(NORMAL_BITS)
                    .min(MAX_BITS);
            IntVector over = bits.sub(SQRT_HALF_BITS);
            FloatVector e =
                    (FloatVector) over.lanewise(VectorOperators.ASHR, 23).convert(VectorOperators.I2F, 0);
            FloatVector f =
                    bits.sub(over.and(0xff800000)).reinterpretAsFloats().sub(FloatVector.broadcast(SPECIES, 1f));
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
            e.fma(FloatVector.broadcast(SPECIES, LN2_HIGH), f.add(y)).intoArray(out, outOff + i);
        }
        return end;
    }

    /** Adds the whole blocks of 64 elements to the 64 partial sums and returns how many elements that were. */
    static int sum(int n, float[] x, int xOff, float[] partial) {
        int end = n - n % Kernels.PARTIAL_SUMS;
        for (int lane = 0; lane < Kernels.PARTIAL_SUMS; lane += 4 * LANES) {
            FloatVector s0 = FloatVector.fromArray(SPECIES, partial, lane),
                    s1 = FloatVector.fromArray(SPECIES, partial, lane + LANES);
            FloatVector s2 = FloatVector.fromArray(SPECIES, partial, lane + 2 * LANES),
                    s3 = FloatVector.fromArray(SPECIES, partial, lane + 3 * LANES);
            for (int i = xOff + lane; i < xOff + end; i += Kernels.PARTIAL_SUMS) {
                s0 = s0.add(FloatVector.fromArray(SPECIES, x, i));
                s1 = s1.add(FloatVector.fromArray(SPECIES, x, i + LANES));
                s2 = s2.add(FloatVector.fromArray(SPECIES, x, i + 2 * LANES));
                s3 = s3.add(FloatVector.fromArray(SPECIES, x, i + 3 * LANES));
            }
            s0.intoArray(partial, lane);
            s1.intoArray(partial, lane + LANES);
            s2.intoArray(partial, lane + 2 * LANES);
            s3.intoArray(partial, lane + 3 * LANES);
        }
        return end;
    }

    /** As {@link #sum}, for squares. */
    static int sumOfSquares(int n, float[] x, int xOff, float[] partial) {
        int end = n - n % Kernels.PARTIAL_SUMS;
        for (int lane = 0; lane < Kernels.PARTIAL_SUMS; lane += 4 * LANES) {
            FloatVector s0 = FloatVector.fromArray(SPECIES, partial, lane),
                    s1 = FloatVector.fromArray(SPECIES, partial, lane + LANES);
            FloatVector s2 = FloatVector.fromArray(SPECIES, partial, lane + 2 * LANES),
                    s3 = FloatVector.fromArray(SPECIES, partial, lane + 3 * LANES);
            for (int i = xOff + lane; i < xOff + end; i += Kernels.PARTIAL_SUMS) {
                FloatVector v0 = FloatVector.fromArray(SPECIES, x, i),
                        v1 = FloatVector.fromArray(SPECIES, x, i + LANES);
                FloatVector v2 = FloatVector.fromArray(SPECIES, x, i + 2 * LANES),
                        v3 = FloatVector.fromArray(SPECIES, x, i + 3 * LANES);
                s0 = v0.fma(v0, s0);
                s1 = v1.fma(v1, s1);
                s2 = v2.fma(v2, s2);
                s3 = v3.fma(v3, s3);
            }
            s0.intoArray(partial, lane);
            s1.intoArray(partial, lane + LANES);
            s2.intoArray(partial, lane + 2 * LANES);
            s3.intoArray(partial, lane + 3 * LANES);
        }
        return end;
    }

    static int columnSums(int rows, int columns, float[] x, int xOff, int xStride, float[] c, int cOff) {
        int end = columns - columns % LANES;
        int j = 0;
        for (; j + 4 * LANES <= end; j += 4 * LANES) {
            int to = cOff + j;
            FloatVector s0 = FloatVector.fromArray(SPECIES, c, to), s1 = FloatVector.fromArray(SPECIES, c, to + LANES);
            FloatVector s2 = FloatVector.fromArray(SPECIES, c, to + 2 * LANES),
                    s3 = FloatVector.fromArray(SPECIES, c, to + 3 * LANES);
            for (int i = 0, at = xOff + j; i < rows; i++, at += xStride) {
                s0 = s0.add(FloatVector.fromArray(SPECIES, x, at));
                s1 = s1.add(FloatVector.fromArray(SPECIES, x, at + LANES));
                s2 = s2.add(FloatVector.fromArray(SPECIES, x, at + 2 * LANES));
                s3 = s3.add(FloatVector.fromArray(SPECIES, x, at + 3 * LANES));
            }
            s0.intoArray(c, to);
            s1.intoArray(c, to + LANES);
            s2.intoArray(c, to + 2 * LANES);
            s3.intoArray(c, to + 3 * LANES);
        }
        for (; j < end; j += LANES) {
            FloatVector s = FloatVector.fromArray(SPECIES, c, cOff + j);
            for (int i = 0, at = xOff + j; i < rows; i++, at += xStride) {
                s = s.add(FloatVector.fromArray(SPECIES, x, at));
            }
            s.intoArray(c, cOff + j);
        }
        return end;
    }

    static int adam(
            int n,
            float[] params,
            float[] gradient,
            float[] m,
            float[] v,
            float beta1,
            float beta2,
            float factor1,
            float factor2,
            float stepSize,
            float inverseRootCorrection,
            float epsilon) {
        int end = SPECIES.loopBound(n);
        FloatVector negativeStep = FloatVector.broadcast(SPECIES, -stepSize);
        for (int i = 0; i < end; i += LANES) {
            FloatVector g = FloatVector.fromArray(SPECIES, gradient, i);
            FloatVector first =
                    FloatVector.broadcast(SPECIES, beta1).fma(FloatVector.fromArray(SPECIES, m, i), g.mul(factor1));
            FloatVector second = FloatVector.broadcast(SPECIES, beta2)
                    .fma(FloatVector.fromArray(SPECIES, v, i), g.mul(factor2).mul(g));
            first.intoArray(m, i);
            second.intoArray(v, i);
            FloatVector root = second.sqrt()
                    .fma(
                            FloatVector.broadcast(SPECIES, inverseRootCorrection),
                            FloatVector.broadcast(SPECIES, epsilon));
            negativeStep
                    .fma(first.div(root), FloatVector.fromArray(SPECIES, params, i))
                    .intoArray(params, i);
        }
        return end;
    }
}
