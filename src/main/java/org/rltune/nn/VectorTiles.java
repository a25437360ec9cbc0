package org.rltune.nn;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * The innermost loops of the matrix products: a tile of the output stays in registers while the terms run by.
 *
 * <p>Each adds {@code A(i, p) * B[p][j]} for p = 0, 1, ..., k - 1 to its tile of C, where {@code A(i, p)} is
 * {@code a[aOff + i * aRow + p * aTerm]}. A tile named {@code tile4x4} has four rows of four vectors.
 *
 * <p>Two rules for all code on the Vector API, each worth a factor of up to 30 when C2 meets the other way (JDK 17):
 * <ul>
 *   <li>Call the API itself, not a helper such as {@code load(x, i)}: the compiler stops inlining ordinary methods when a
 *       kernel has grown to 18,000 nodes, and then allocates an object for each vector; the API's methods are exempt.
 *   <li>One species in the whole program: a second one makes the type profile of every API method ambiguous.
 * </ul>
 */
final class VectorTiles {
    static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
    static final int LANES = SPECIES.length();

    private VectorTiles() {}

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
        FloatVector s00 = FloatVector.fromArray(SPECIES, c, c0),
                s01 = FloatVector.fromArray(SPECIES, c, c0 + LANES),
                s02 = FloatVector.fromArray(SPECIES, c, c0 + 2 * LANES),
                s03 = FloatVector.fromArray(SPECIES, c, c0 + 3 * LANES);
        FloatVector s10 = FloatVector.fromArray(SPECIES, c, c1),
                s11 = FloatVector.fromArray(SPECIES, c, c1 + LANES),
                s12 = FloatVector.fromArray(SPECIES, c, c1 + 2 * LANES),
                s13 = FloatVector.fromArray(SPECIES, c, c1 + 3 * LANES);
        FloatVector s20 = FloatVector.fromArray(SPECIES, c, c2),
                s21 = FloatVector.fromArray(SPECIES, c, c2 + LANES),
                s22 = FloatVector.fromArray(SPECIES, c, c2 + 2 * LANES),
                s23 = FloatVector.fromArray(SPECIES, c, c2 + 3 * LANES);
        FloatVector s30 = FloatVector.fromArray(SPECIES, c, c3),
                s31 = FloatVector.fromArray(SPECIES, c, c3 + LANES),
                s32 = FloatVector.fromArray(SPECIES, c, c3 + 2 * LANES),
                s33 = FloatVector.fromArray(SPECIES, c, c3 + 3 * LANES);
        int a1 = aRow;
        int a2 = 2 * aRow;
        int a3 = 3 * aRow;
        for (int p = 0, at = aOff, bt = bOff; p < k; p++, at += aTerm, bt += bStride) {
            FloatVector b0 = FloatVector.fromArray(SPECIES, b, bt),
                    b1 = FloatVector.fromArray(SPECIES, b, bt + LANES),
                    b2 = FloatVector.fromArray(SPECIES, b, bt + 2 * LANES),
                    b3 = FloatVector.fromArray(SPECIES, b, bt + 3 * LANES);
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

    static void tile6x2(
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
        int c4 = c3 + cStride;
        int c5 = c4 + cStride;
        FloatVector s00 = FloatVector.fromArray(SPECIES, c, c0), s01 = FloatVector.fromArray(SPECIES, c, c0 + LANES);
        FloatVector s10 = FloatVector.fromArray(SPECIES, c, c1), s11 = FloatVector.fromArray(SPECIES, c, c1 + LANES);
        FloatVector s20 = FloatVector.fromArray(SPECIES, c, c2), s21 = FloatVector.fromArray(SPECIES, c, c2 + LANES);
        FloatVector s30 = FloatVector.fromArray(SPECIES, c, c3), s31 = FloatVector.fromArray(SPECIES, c, c3 + LANES);
        FloatVector s40 = FloatVector.fromArray(SPECIES, c, c4), s41 = FloatVector.fromArray(SPECIES, c, c4 + LANES);
        FloatVector s50 = FloatVector.fromArray(SPECIES, c, c5), s51 = FloatVector.fromArray(SPECIES, c, c5 + LANES);
        int a1 = aRow;
        int a2 = 2 * aRow;
        int a3 = 3 * aRow;
        int a4 = 4 * aRow;
        int a5 = 5 * aRow;
        for (int p = 0, at = aOff, bt = bOff; p < k; p++, at += aTerm, bt += bStride) {
            FloatVector b0 = FloatVector.fromArray(SPECIES, b, bt), b1 = FloatVector.fromArray(SPECIES, b, bt + LANES);
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
            x = FloatVector.broadcast(SPECIES, a[at + a4]);
            s40 = x.fma(b0, s40);
            s41 = x.fma(b1, s41);
            x = FloatVector.broadcast(SPECIES, a[at + a5]);
            s50 = x.fma(b0, s50);
            s51 = x.fma(b1, s51);
        }
        s00.intoArray(c, c0);
        s01.intoArray(c, c0 + LANES);
        s10.intoArray(c, c1);
        s11.intoArray(c, c1 + LANES);
        s20.intoArray(c, c2);
        s21.intoArray(c, c2 + LANES);
        s30.intoArray(c, c3);
        s31.intoArray(c, c3 + LANES);
        s40.intoArray(c, c4);
        s41.intoArray(c, c4 + LANES);
        s50.intoArray(c, c5);
        s51.intoArray(c, c5 + LANES);
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
        FloatVector s00 = FloatVector.fromArray(SPECIES, c, c0), s01 = FloatVector.fromArray(SPECIES, c, c0 + LANES);
        FloatVector s10 = FloatVector.fromArray(SPECIES, c, c1), s11 = FloatVector.fromArray(SPECIES, c, c1 + LANES);
        FloatVector s20 = FloatVector.fromArray(SPECIES, c, c2), s21 = FloatVector.fromArray(SPECIES, c, c2 + LANES);
        FloatVector s30 = FloatVector.fromArray(SPECIES, c, c3), s31 = FloatVector.fromArray(SPECIES, c, c3 + LANES);
        int a1 = aRow;
        int a2 = 2 * aRow;
        int a3 = 3 * aRow;
        for (int p = 0, at = aOff, bt = bOff; p < k; p++, at += aTerm, bt += bStride) {
            FloatVector b0 = FloatVector.fromArray(SPECIES, b, bt), b1 = FloatVector.fromArray(SPECIES, b, bt + LANES);
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
}
