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

    static FloatVector load(float[] x, int at) {
        return FloatVector.fromArray(SPECIES, x, at);
    }

    private static FloatVector all(float value) {
        return FloatVector.broadcast(SPECIES, value);
    }

    /** x with its magnitude limited to the float of these bits. */
    private static FloatVector limit(FloatVector x, int bits) {
        IntVector i = x.reinterpretAsInts();
        return i.and(0x7fffffff).min(bits).or(i.and(0x80000000)).reinterpretAsFloats();
    }

    /** Works on the part of the {@code n} elements that fills whole vectors and returns its length. */
    static int tanh(int n, float[] in, int inOff, float[] out, int outOff) {
        int end = SPECIES.loopBound(n);
        for (int i = 0; i < end; i += LANES) {
            FloatVector x = limit(load(in, inOff + i), TANH_BITS);
            FloatVector q = x.mul(x);
            FloatVector y = all(-2.76076847742355e-16f).fma(q, all(2.00018790482477e-13f));
            y = y.fma(q, all(-8.60467152213735e-11f));
            y = y.fma(q, all(5.12229709037114e-08f));
            y = y.fma(q, all(1.48572235717979e-05f));
            y = y.fma(q, all(6.37261928875436e-04f));
            y = y.fma(q, all(4.89352455891786e-03f));
            FloatVector d = all(1.19825839466702e-06f).fma(q, all(1.18534705686654e-04f));
            d = d.fma(q, all(2.26843463243900e-03f));
            d = d.fma(q, all(4.89352518554385e-03f));
            y.mul(x).div(d).intoArray(out, outOff + i);
        }
        return end;
    }

    static int exp(int n, float[] in, int inOff, float[] out, int outOff) {
        int end = SPECIES.loopBound(n);
        for (int i = 0; i < end; i += LANES) {
            FloatVector x = limit(load(in, inOff + i), EXP_BITS);
            FloatVector rounded = x.fma(all(LOG2_E), all(ROUNDER));
            FloatVector e = rounded.sub(all(ROUNDER));
            FloatVector r = e.fma(all(-LN2_LOW), e.fma(all(-LN2_HIGH), x));
            FloatVector y = all(1.9875691500E-4f).fma(r, all(1.3981999507E-3f));
            y = y.fma(r, all(8.3334519073E-3f));
            y = y.fma(r, all(4.1665795894E-2f));
            y = y.fma(r, all(1.6666665459E-1f));
            y = y.fma(r, all(5.0000001201E-1f));
            y = y.fma(r.mul(r), r).add(all(1f));
            IntVector shift = rounded.reinterpretAsInts().lanewise(VectorOperators.LSHL, 23);
            y.reinterpretAsInts().add(shift).reinterpretAsFloats().intoArray(out, outOff + i);
        }
        return end;
    }

    static int log(int n, float[] in, int inOff, float[] out, int outOff) {
        int end = SPECIES.loopBound(n);
        for (int i = 0; i < end; i += LANES) {
            IntVector bits =
                    load(in, inOff + i).reinterpretAsInts().max(NORMAL_BITS).min(MAX_BITS);
            IntVector over = bits.sub(SQRT_HALF_BITS);
            FloatVector e =
                    (FloatVector) over.lanewise(VectorOperators.ASHR, 23).convert(VectorOperators.I2F, 0);
            FloatVector f = bits.sub(over.and(0xff800000)).reinterpretAsFloats().sub(all(1f));
            FloatVector z = f.mul(f);
            FloatVector y = all(7.0376836292E-2f).fma(f, all(-1.1514610310E-1f));
            y = y.fma(f, all(1.1676998740E-1f));
            y = y.fma(f, all(-1.2420140846E-1f));
            y = y.fma(f, all(1.4249322787E-1f));
            y = y.fma(f, all(-1.6668057665E-1f));
            y = y.fma(f, all(2.0000714765E-1f));
            y = y.fma(f, all(-2.4999993993E-1f));
            y = y.fma(f, all(3.3333331174E-1f));
            y = e.fma(all(LN2_LOW), y.mul(f).mul(z));
            y = z.fma(all(-0.5f), y);
            e.fma(all(LN2_HIGH), f.add(y)).intoArray(out, outOff + i);
        }
        return end;
    }

    static int tanhGradient(int n, float[] y, int yOff, float[] d, int dOff) {
        int end = SPECIES.loopBound(n);
        for (int i = 0; i < end; i += LANES) {
            FloatVector v = load(y, yOff + i);
            v.neg().fma(v, all(1f)).mul(load(d, dOff + i)).intoArray(d, dOff + i);
        }
        return end;
    }

    /** Adds the whole blocks of 64 elements to the 64 partial sums and returns how many elements that were. */
    static int sum(int n, float[] x, int xOff, float[] partial) {
        int end = n - n % Kernels.PARTIAL_SUMS;
        for (int lane = 0; lane < Kernels.PARTIAL_SUMS; lane += LANES) {
            FloatVector s = load(partial, lane);
            for (int i = lane; i < end; i += Kernels.PARTIAL_SUMS) {
                s = s.add(load(x, xOff + i));
            }
            s.intoArray(partial, lane);
        }
        return end;
    }

    /** As {@link #sum}, for squares. */
    static int sumOfSquares(int n, float[] x, int xOff, float[] partial) {
        int end = n - n % Kernels.PARTIAL_SUMS;
        for (int lane = 0; lane < Kernels.PARTIAL_SUMS; lane += LANES) {
            FloatVector s = load(partial, lane);
            for (int i = lane; i < end; i += Kernels.PARTIAL_SUMS) {
                FloatVector v = load(x, xOff + i);
                s = v.fma(v, s);
            }
            s.intoArray(partial, lane);
        }
        return end;
    }

    static int columnSums(int rows, int columns, float[] x, int xOff, int xStride, float[] c, int cOff) {
        int end = SPECIES.loopBound(columns);
        for (int j = 0; j < end; j += LANES) {
            FloatVector s = load(c, cOff + j);
            for (int i = 0, at = xOff + j; i < rows; i++, at += xStride) {
                s = s.add(load(x, at));
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
        FloatVector negativeStep = all(-stepSize);
        for (int i = 0; i < end; i += LANES) {
            FloatVector g = load(gradient, i);
            FloatVector first = all(beta1).fma(load(m, i), g.mul(factor1));
            FloatVector second = all(beta2).fma(load(v, i), g.mul(factor2).mul(g));
            first.intoArray(m, i);
            second.intoArray(v, i);
            FloatVector root = second.sqrt().fma(all(inverseRootCorrection), all(epsilon));
            negativeStep.fma(first.div(root), load(params, i)).intoArray(params, i);
        }
        return end;
    }
}
