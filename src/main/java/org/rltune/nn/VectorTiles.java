package org.rltune.nn;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * The innermost loops of the matrix products: a tile of the output stays in registers while the terms run by.
 *
 * <p>Each adds {@code A(i, p) * B[p][j]} for p = 0, 1, ..., k - 1 to its tile of C, where {@code A(i, p)} is
 * {@code a[aOff + i * aRow + p * aTerm]}. A tile named {@code tile4x4} has four rows of four vectors. The methods are
 * separate and small on purpose: the JIT compiler keeps each tile in registers only as long as nothing is merged with it.
 */
final class VectorTiles {
    static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
    static final int LANES = SPECIES.length();

    private VectorTiles() {}

    private static FloatVector load(float[] x, int at) {
        return FloatVector.fromArray(SPECIES, x, at);
    }

    static void tile4x4(
            int k,
            float[] a,
            int aOff,
            int aRow,
            int aTerm,
            float[] b,
            int bOff,
            int bStride,
            float[] c,
            int c0,
            int cStride) {
        int c1 = c0 + cStride;
        int c2 = c1 + cStride;
        int c3 = c2 + cStride;
        FloatVector s00 = load(c, c0),
                s01 = load(c, c0 + LANES),
                s02 = load(c, c0 + 2 * LANES),
                s03 = load(c, c0 + 3 * LANES);
        FloatVector s10 = load(c, c1),
                s11 = load(c, c1 + LANES),
                s12 = load(c, c1 + 2 * LANES),
                s13 = load(c, c1 + 3 * LANES);
        FloatVector s20 = load(c, c2),
                s21 = load(c, c2 + LANES),
                s22 = load(c, c2 + 2 * LANES),
                s23 = load(c, c2 + 3 * LANES);
        FloatVector s30 = load(c, c3),
                s31 = load(c, c3 + LANES),
                s32 = load(c, c3 + 2 * LANES),
                s33 = load(c, c3 + 3 * LANES);
        int a1 = aRow;
        int a2 = 2 * aRow;
        int a3 = 3 * aRow;
        for (int p = 0, at = aOff, bt = bOff; p < k; p++, at += aTerm, bt += bStride) {
            FloatVector b0 = load(b, bt),
                    b1 = load(b, bt + LANES),
                    b2 = load(b, bt + 2 * LANES),
                    b3 = load(b, bt + 3 * LANES);
            FloatVector x = FloatVector.broadcast(SPECIES, a[at]);
            s00 = x.fma(b0, s00);
            s01 = x.fma(b1, s01);
            s02 = x.fma(b2, s02);
            s03 = x.fma(b3, s03);
            x = FloatVector.broadcast(SPECIES, a[at + a1]);
            s10 = x.fma(b0, s10);
            s11 = x.fma(b1, s11);
            s12 = x.fma(b2, s12);
            s13 = x.fma(b3, s13);
            x = FloatVector.broadcast(SPECIES, a[at + a2]);
            s20 = x.fma(b0, s20);
            s21 = x.fma(b1, s21);
            s22 = x.fma(b2, s22);
            s23 = x.fma(b3, s23);
            x = FloatVector.broadcast(SPECIES, a[at + a3]);
            s30 = x.fma(b0, s30);
            s31 = x.fma(b1, s31);
            s32 = x.fma(b2, s32);
            s33 = x.fma(b3, s33);
        }
        s00.intoArray(c, c0);
        s01.intoArray(c, c0 + LANES);
        s02.intoArray(c, c0 + 2 * LANES);
        s03.intoArray(c, c0 + 3 * LANES);
        s10.intoArray(c, c1);
        s11.intoArray(c, c1 + LANES);
        s12.intoArray(c, c1 + 2 * LANES);
        s13.intoArray(c, c1 + 3 * LANES);
        s20.intoArray(c, c2);
        s21.intoArray(c, c2 + LANES);
        s22.intoArray(c, c2 + 2 * LANES);
        s23.intoArray(c, c2 + 3 * LANES);
        s30.intoArray(c, c3);
        s31.intoArray(c, c3 + LANES);
        s32.intoArray(c, c3 + 2 * LANES);
        s33.intoArray(c, c3 + 3 * LANES);
    }

    static void tile4x2(
            int k,
            float[] a,
            int aOff,
            int aRow,
            int aTerm,
            float[] b,
            int bOff,
            int bStride,
            float[] c,
            int c0,
            int cStride) {
        int c1 = c0 + cStride;
        int c2 = c1 + cStride;
        int c3 = c2 + cStride;
        FloatVector s00 = load(c, c0), s01 = load(c, c0 + LANES), s10 = load(c, c1), s11 = load(c, c1 + LANES);
        FloatVector s20 = load(c, c2), s21 = load(c, c2 + LANES), s30 = load(c, c3), s31 = load(c, c3 + LANES);
        int a1 = aRow;
        int a2 = 2 * aRow;
        int a3 = 3 * aRow;
        for (int p = 0, at = aOff, bt = bOff; p < k; p++, at += aTerm, bt += bStride) {
            FloatVector b0 = load(b, bt), b1 = load(b, bt + LANES);
            FloatVector x = FloatVector.broadcast(SPECIES, a[at]);
            s00 = x.fma(b0, s00);
            s01 = x.fma(b1, s01);
            x = FloatVector.broadcast(SPECIES, a[at + a1]);
            s10 = x.fma(b0, s10);
            s11 = x.fma(b1, s11);
            x = FloatVector.broadcast(SPECIES, a[at + a2]);
            s20 = x.fma(b0, s20);
            s21 = x.fma(b1, s21);
            x = FloatVector.broadcast(SPECIES, a[at + a3]);
            s30 = x.fma(b0, s30);
            s31 = x.fma(b1, s31);
        }
        s00.intoArray(c, c0);
        s01.intoArray(c, c0 + LANES);
        s10.intoArray(c, c1);
        s11.intoArray(c, c1 + LANES);
        s20.intoArray(c, c2);
        s21.intoArray(c, c2 + LANES);
        s30.intoArray(c, c3);
        s31.intoArray(c, c3 + LANES);
    }

    static void tile1x4(int k, float[] a, int aOff, int aTerm, float[] b, int bOff, int bStride, float[] c, int cOff) {
        FloatVector s0 = load(c, cOff),
                s1 = load(c, cOff + LANES),
                s2 = load(c, cOff + 2 * LANES),
                s3 = load(c, cOff + 3 * LANES);
        for (int p = 0, at = aOff, bt = bOff; p < k; p++, at += aTerm, bt += bStride) {
            FloatVector x = FloatVector.broadcast(SPECIES, a[at]);
            s0 = x.fma(load(b, bt), s0);
            s1 = x.fma(load(b, bt + LANES), s1);
            s2 = x.fma(load(b, bt + 2 * LANES), s2);
            s3 = x.fma(load(b, bt + 3 * LANES), s3);
        }
        s0.intoArray(c, cOff);
        s1.intoArray(c, cOff + LANES);
        s2.intoArray(c, cOff + 2 * LANES);
        s3.intoArray(c, cOff + 3 * LANES);
    }

    static void tile8x1(
            int k,
            float[] a,
            int aOff,
            int aRow,
            int aTerm,
            float[] b,
            int bOff,
            int bStride,
            float[] c,
            int cOff,
            int cStride) {
        FloatVector s0 = load(c, cOff), s1 = load(c, cOff + cStride);
        FloatVector s2 = load(c, cOff + 2 * cStride), s3 = load(c, cOff + 3 * cStride);
        FloatVector s4 = load(c, cOff + 4 * cStride), s5 = load(c, cOff + 5 * cStride);
        FloatVector s6 = load(c, cOff + 6 * cStride), s7 = load(c, cOff + 7 * cStride);
        for (int p = 0, at = aOff, bt = bOff; p < k; p++, at += aTerm, bt += bStride) {
            FloatVector y = load(b, bt);
            s0 = y.fma(FloatVector.broadcast(SPECIES, a[at]), s0);
            s1 = y.fma(FloatVector.broadcast(SPECIES, a[at + aRow]), s1);
            s2 = y.fma(FloatVector.broadcast(SPECIES, a[at + 2 * aRow]), s2);
            s3 = y.fma(FloatVector.broadcast(SPECIES, a[at + 3 * aRow]), s3);
            s4 = y.fma(FloatVector.broadcast(SPECIES, a[at + 4 * aRow]), s4);
            s5 = y.fma(FloatVector.broadcast(SPECIES, a[at + 5 * aRow]), s5);
            s6 = y.fma(FloatVector.broadcast(SPECIES, a[at + 6 * aRow]), s6);
            s7 = y.fma(FloatVector.broadcast(SPECIES, a[at + 7 * aRow]), s7);
        }
        s0.intoArray(c, cOff);
        s1.intoArray(c, cOff + cStride);
        s2.intoArray(c, cOff + 2 * cStride);
        s3.intoArray(c, cOff + 3 * cStride);
        s4.intoArray(c, cOff + 4 * cStride);
        s5.intoArray(c, cOff + 5 * cStride);
        s6.intoArray(c, cOff + 6 * cStride);
        s7.intoArray(c, cOff + 7 * cStride);
    }

    static void tile1x1(int k, float[] a, int aOff, int aTerm, float[] b, int bOff, int bStride, float[] c, int cOff) {
        FloatVector s = load(c, cOff);
        for (int p = 0, at = aOff, bt = bOff; p < k; p++, at += aTerm, bt += bStride) {
            s = load(b, bt).fma(FloatVector.broadcast(SPECIES, a[at]), s);
        }
        s.intoArray(c, cOff);
    }
}
