package org.rltune.nn;

import static org.rltune.nn.VectorTiles.LANES;
import static org.rltune.nn.VectorTiles.SPECIES;

import jdk.incubator.vector.FloatVector;

/** Tiles as in {@link VectorTiles} for what is left at the edges of a product: few rows, or few columns. */
final class VectorEdges {
    private VectorEdges() {}

    /** Rows of four vectors, two at a time. */
    static void rows(
            int m,
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
        int i = 0;
        for (; i + 2 <= m; i += 2) {
            int c0 = cOff + i * cStride;
            int c1 = c0 + cStride;
            int a0 = aOff + i * aRow;
            FloatVector s00 = FloatVector.fromArray(SPECIES, c, c0),
                    s01 = FloatVector.fromArray(SPECIES, c, c0 + LANES);
            FloatVector s02 = FloatVector.fromArray(SPECIES, c, c0 + 2 * LANES),
                    s03 = FloatVector.fromArray(SPECIES, c, c0 + 3 * LANES);
            FloatVector s10 = FloatVector.fromArray(SPECIES, c, c1),
                    s11 = FloatVector.fromArray(SPECIES, c, c1 + LANES);
            FloatVector s12 = FloatVector.fromArray(SPECIES, c, c1 + 2 * LANES),
                    s13 = FloatVector.fromArray(SPECIES, c, c1 + 3 * LANES);
            for (int p = 0, at = a0, bt = bOff; p < k; p++, at += aTerm, bt += bStride) {
                FloatVector x = FloatVector.broadcast(SPECIES, a[at]);
                FloatVector y = FloatVector.broadcast(SPECIES, a[at + aRow]);
                FloatVector b0 = FloatVector.fromArray(SPECIES, b, bt),
                        b1 = FloatVector.fromArray(SPECIES, b, bt + LANES);
                s00 = x.fma(b0, s00);
                s01 = x.fma(b1, s01);
                s10 = y.fma(b0, s10);
                s11 = y.fma(b1, s11);
                FloatVector b2 = FloatVector.fromArray(SPECIES, b, bt + 2 * LANES),
                        b3 = FloatVector.fromArray(SPECIES, b, bt + 3 * LANES);
                s02 = x.fma(b2, s02);
                s03 = x.fma(b3, s03);
                s12 = y.fma(b2, s12);
                s13 = y.fma(b3, s13);
            }
            s00.intoArray(c, c0);
            s01.intoArray(c, c0 + LANES);
            s02.intoArray(c, c0 + 2 * LANES);
            s03.intoArray(c, c0 + 3 * LANES);
            s10.intoArray(c, c1);
            s11.intoArray(c, c1 + LANES);
            s12.intoArray(c, c1 + 2 * LANES);
            s13.intoArray(c, c1 + 3 * LANES);
        }
        if (i < m) {
            int c0 = cOff + i * cStride;
            FloatVector s0 = FloatVector.fromArray(SPECIES, c, c0), s1 = FloatVector.fromArray(SPECIES, c, c0 + LANES);
            FloatVector s2 = FloatVector.fromArray(SPECIES, c, c0 + 2 * LANES),
                    s3 = FloatVector.fromArray(SPECIES, c, c0 + 3 * LANES);
            for (int p = 0, at = aOff + i * aRow, bt = bOff; p < k; p++, at += aTerm, bt += bStride) {
                FloatVector x = FloatVector.broadcast(SPECIES, a[at]);
                s0 = x.fma(FloatVector.fromArray(SPECIES, b, bt), s0);
                s1 = x.fma(FloatVector.fromArray(SPECIES, b, bt + LANES), s1);
                s2 = x.fma(FloatVector.fromArray(SPECIES, b, bt + 2 * LANES), s2);
                s3 = x.fma(FloatVector.fromArray(SPECIES, b, bt + 3 * LANES), s3);
            }
            s0.intoArray(c, c0);
            s1.intoArray(c, c0 + LANES);
            s2.intoArray(c, c0 + 2 * LANES);
            s3.intoArray(c, c0 + 3 * LANES);
        }
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
        FloatVector s0 = FloatVector.fromArray(SPECIES, c, cOff),
                s1 = FloatVector.fromArray(SPECIES, c, cOff + cStride);
        FloatVector s2 = FloatVector.fromArray(SPECIES, c, cOff + 2 * cStride),
                s3 = FloatVector.fromArray(SPECIES, c, cOff + 3 * cStride);
        FloatVector s4 = FloatVector.fromArray(SPECIES, c, cOff + 4 * cStride),
                s5 = FloatVector.fromArray(SPECIES, c, cOff + 5 * cStride);
        FloatVector s6 = FloatVector.fromArray(SPECIES, c, cOff + 6 * cStride),
                s7 = FloatVector.fromArray(SPECIES, c, cOff + 7 * cStride);
        for (int p = 0, at = aOff, bt = bOff; p < k; p++, at += aTerm, bt += bStride) {
            FloatVector y = FloatVector.fromArray(SPECIES, b, bt);
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
        FloatVector s = FloatVector.fromArray(SPECIES, c, cOff);
        for (int p = 0, at = aOff, bt = bOff; p < k; p++, at += aTerm, bt += bStride) {
            s = FloatVector.fromArray(SPECIES, b, bt).fma(FloatVector.broadcast(SPECIES, a[at]), s);
        }
        s.intoArray(c, cOff);
    }
}
