package org.rltune.nn;

import static org.rltune.nn.VectorTiles.LANES;
import static org.rltune.nn.VectorTiles.PANEL;
import static org.rltune.nn.VectorTiles.SPECIES;

import jdk.incubator.vector.FloatVector;

/**
 * Tiles as in {@link VectorTiles} for what is left at the edges of a product: few rows, or few columns. A(i, p) is {@code
 * a[aOff + i * aRow + p * aTerm]}, and rows of B may be any distance apart.
 */
final class VectorEdges {
    private VectorEdges() {}

    static void tile2x4(
            int k,
            float[] a,
            int aOff,
            int aRow,
            int aTerm,
            float[] b,
            int bOff,
            int bStride,
            float[] s,
            int s0,
            int sStride,
            float[] c,
            int c0,
            int cStride) {
        int s1 = s0 + sStride;
        FloatVector v00 = FloatVector.fromArray(SPECIES, s, s0),
                v01 = FloatVector.fromArray(SPECIES, s, s0 + LANES),
                v02 = FloatVector.fromArray(SPECIES, s, s0 + 2 * LANES),
                v03 = FloatVector.fromArray(SPECIES, s, s0 + 3 * LANES);
        FloatVector v10 = FloatVector.fromArray(SPECIES, s, s1),
                v11 = FloatVector.fromArray(SPECIES, s, s1 + LANES),
                v12 = FloatVector.fromArray(SPECIES, s, s1 + 2 * LANES),
                v13 = FloatVector.fromArray(SPECIES, s, s1 + 3 * LANES);
        for (int p = 0; p < k; p++) {
            int at = aOff + p * aTerm;
            int bt = bOff + p * bStride;
            FloatVector b0 = FloatVector.fromArray(SPECIES, b, bt),
                    b1 = FloatVector.fromArray(SPECIES, b, bt + LANES),
                    b2 = FloatVector.fromArray(SPECIES, b, bt + 2 * LANES),
                    b3 = FloatVector.fromArray(SPECIES, b, bt + 3 * LANES);
            FloatVector x = FloatVector.broadcast(SPECIES, a[at]);
            v00 = x.fma(b0, v00);
            v01 = x.fma(b1, v01);
            v02 = x.fma(b2, v02);
            v03 = x.fma(b3, v03);
            x = FloatVector.broadcast(SPECIES, a[at + aRow]);
            v10 = x.fma(b0, v10);
            v11 = x.fma(b1, v11);
            v12 = x.fma(b2, v12);
            v13 = x.fma(b3, v13);
        }
        int c1 = c0 + cStride;
        v00.intoArray(c, c0);
        v01.intoArray(c, c0 + LANES);
        v02.intoArray(c, c0 + 2 * LANES);
        v03.intoArray(c, c0 + 3 * LANES);
        v10.intoArray(c, c1);
        v11.intoArray(c, c1 + LANES);
        v12.intoArray(c, c1 + 2 * LANES);
        v13.intoArray(c, c1 + 3 * LANES);
    }

    static void tile1x4(
            int k,
            float[] a,
            int aOff,
            int aTerm,
            float[] b,
            int bOff,
            int bStride,
            float[] s,
            int s0,
            float[] c,
            int c0) {
        FloatVector v00 = FloatVector.fromArray(SPECIES, s, s0),
                v01 = FloatVector.fromArray(SPECIES, s, s0 + LANES),
                v02 = FloatVector.fromArray(SPECIES, s, s0 + 2 * LANES),
                v03 = FloatVector.fromArray(SPECIES, s, s0 + 3 * LANES);
        for (int p = 0; p < k; p++) {
            int at = aOff + p * aTerm;
            int bt = bOff + p * bStride;
            FloatVector b0 = FloatVector.fromArray(SPECIES, b, bt),
                    b1 = FloatVector.fromArray(SPECIES, b, bt + LANES),
                    b2 = FloatVector.fromArray(SPECIES, b, bt + 2 * LANES),
                    b3 = FloatVector.fromArray(SPECIES, b, bt + 3 * LANES);
            FloatVector x = FloatVector.broadcast(SPECIES, a[at]);
            v00 = x.fma(b0, v00);
            v01 = x.fma(b1, v01);
            v02 = x.fma(b2, v02);
            v03 = x.fma(b3, v03);
        }
        v00.intoArray(c, c0);
        v01.intoArray(c, c0 + LANES);
        v02.intoArray(c, c0 + 2 * LANES);
        v03.intoArray(c, c0 + 3 * LANES);
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
            float[] s,
            int s0,
            int sStride,
            float[] c,
            int c0,
            int cStride) {
        int s1 = s0 + sStride;
        int s2 = s1 + sStride;
        int s3 = s2 + sStride;
        int s4 = s3 + sStride;
        int s5 = s4 + sStride;
        int s6 = s5 + sStride;
        int s7 = s6 + sStride;
        FloatVector v00 = FloatVector.fromArray(SPECIES, s, s0);
        FloatVector v10 = FloatVector.fromArray(SPECIES, s, s1);
        FloatVector v20 = FloatVector.fromArray(SPECIES, s, s2);
        FloatVector v30 = FloatVector.fromArray(SPECIES, s, s3);
        FloatVector v40 = FloatVector.fromArray(SPECIES, s, s4);
        FloatVector v50 = FloatVector.fromArray(SPECIES, s, s5);
        FloatVector v60 = FloatVector.fromArray(SPECIES, s, s6);
        FloatVector v70 = FloatVector.fromArray(SPECIES, s, s7);
        for (int p = 0; p < k; p++) {
            int at = aOff + p * aTerm;
            int bt = bOff + p * bStride;
            FloatVector b0 = FloatVector.fromArray(SPECIES, b, bt);
            FloatVector x = FloatVector.broadcast(SPECIES, a[at]);
            v00 = x.fma(b0, v00);
            x = FloatVector.broadcast(SPECIES, a[at + aRow]);
            v10 = x.fma(b0, v10);
            x = FloatVector.broadcast(SPECIES, a[at + 2 * aRow]);
            v20 = x.fma(b0, v20);
            x = FloatVector.broadcast(SPECIES, a[at + 3 * aRow]);
            v30 = x.fma(b0, v30);
            x = FloatVector.broadcast(SPECIES, a[at + 4 * aRow]);
            v40 = x.fma(b0, v40);
            x = FloatVector.broadcast(SPECIES, a[at + 5 * aRow]);
            v50 = x.fma(b0, v50);
            x = FloatVector.broadcast(SPECIES, a[at + 6 * aRow]);
            v60 = x.fma(b0, v60);
            x = FloatVector.broadcast(SPECIES, a[at + 7 * aRow]);
            v70 = x.fma(b0, v70);
        }
        int c1 = c0 + cStride;
        int c2 = c1 + cStride;
        int c3 = c2 + cStride;
        int c4 = c3 + cStride;
        int c5 = c4 + cStride;
        int c6 = c5 + cStride;
        int c7 = c6 + cStride;
        v00.intoArray(c, c0);
        v10.intoArray(c, c1);
        v20.intoArray(c, c2);
        v30.intoArray(c, c3);
        v40.intoArray(c, c4);
        v50.intoArray(c, c5);
        v60.intoArray(c, c6);
        v70.intoArray(c, c7);
    }

    static void tile1x1(
            int k,
            float[] a,
            int aOff,
            int aTerm,
            float[] b,
            int bOff,
            int bStride,
            float[] s,
            int s0,
            float[] c,
            int c0) {
        FloatVector v00 = FloatVector.fromArray(SPECIES, s, s0);
        for (int p = 0; p < k; p++) {
            int at = aOff + p * aTerm;
            int bt = bOff + p * bStride;
            FloatVector b0 = FloatVector.fromArray(SPECIES, b, bt);
            FloatVector x = FloatVector.broadcast(SPECIES, a[at]);
            v00 = x.fma(b0, v00);
        }
        v00.intoArray(c, c0);
    }

    /** A and B are panels: the one of {@link VectorTiles#PANEL} columns, the other of one vector. */
    static void tile16x1Panel(
            int k,
            float[] a,
            int aOff,
            float[] b,
            int bOff,
            float[] s,
            int s0,
            int sStride,
            float[] c,
            int c0,
            int cStride) {
        int s1 = s0 + sStride;
        int s2 = s1 + sStride;
        int s3 = s2 + sStride;
        int s4 = s3 + sStride;
        int s5 = s4 + sStride;
        int s6 = s5 + sStride;
        int s7 = s6 + sStride;
        int s8 = s7 + sStride;
        int s9 = s8 + sStride;
        int s10 = s9 + sStride;
        int s11 = s10 + sStride;
        int s12 = s11 + sStride;
        int s13 = s12 + sStride;
        int s14 = s13 + sStride;
        int s15 = s14 + sStride;
        FloatVector v00 = FloatVector.fromArray(SPECIES, s, s0);
        FloatVector v10 = FloatVector.fromArray(SPECIES, s, s1);
        FloatVector v20 = FloatVector.fromArray(SPECIES, s, s2);
        FloatVector v30 = FloatVector.fromArray(SPECIES, s, s3);
        FloatVector v40 = FloatVector.fromArray(SPECIES, s, s4);
        FloatVector v50 = FloatVector.fromArray(SPECIES, s, s5);
        FloatVector v60 = FloatVector.fromArray(SPECIES, s, s6);
        FloatVector v70 = FloatVector.fromArray(SPECIES, s, s7);
        FloatVector v80 = FloatVector.fromArray(SPECIES, s, s8);
        FloatVector v90 = FloatVector.fromArray(SPECIES, s, s9);
        FloatVector v100 = FloatVector.fromArray(SPECIES, s, s10);
        FloatVector v110 = FloatVector.fromArray(SPECIES, s, s11);
        FloatVector v120 = FloatVector.fromArray(SPECIES, s, s12);
        FloatVector v130 = FloatVector.fromArray(SPECIES, s, s13);
        FloatVector v140 = FloatVector.fromArray(SPECIES, s, s14);
        FloatVector v150 = FloatVector.fromArray(SPECIES, s, s15);
        for (int p = 0; p < k; p++) {
            int at = aOff + p;
            int bt = bOff + p * LANES;
            FloatVector b0 = FloatVector.fromArray(SPECIES, b, bt);
            FloatVector x = FloatVector.broadcast(SPECIES, a[at]);
            v00 = x.fma(b0, v00);
            x = FloatVector.broadcast(SPECIES, a[at + PANEL]);
            v10 = x.fma(b0, v10);
            x = FloatVector.broadcast(SPECIES, a[at + 2 * PANEL]);
            v20 = x.fma(b0, v20);
            x = FloatVector.broadcast(SPECIES, a[at + 3 * PANEL]);
            v30 = x.fma(b0, v30);
            x = FloatVector.broadcast(SPECIES, a[at + 4 * PANEL]);
            v40 = x.fma(b0, v40);
            x = FloatVector.broadcast(SPECIES, a[at + 5 * PANEL]);
            v50 = x.fma(b0, v50);
            x = FloatVector.broadcast(SPECIES, a[at + 6 * PANEL]);
            v60 = x.fma(b0, v60);
            x = FloatVector.broadcast(SPECIES, a[at + 7 * PANEL]);
            v70 = x.fma(b0, v70);
            x = FloatVector.broadcast(SPECIES, a[at + 8 * PANEL]);
            v80 = x.fma(b0, v80);
            x = FloatVector.broadcast(SPECIES, a[at + 9 * PANEL]);
            v90 = x.fma(b0, v90);
            x = FloatVector.broadcast(SPECIES, a[at + 10 * PANEL]);
            v100 = x.fma(b0, v100);
            x = FloatVector.broadcast(SPECIES, a[at + 11 * PANEL]);
            v110 = x.fma(b0, v110);
            x = FloatVector.broadcast(SPECIES, a[at + 12 * PANEL]);
            v120 = x.fma(b0, v120);
            x = FloatVector.broadcast(SPECIES, a[at + 13 * PANEL]);
            v130 = x.fma(b0, v130);
            x = FloatVector.broadcast(SPECIES, a[at + 14 * PANEL]);
            v140 = x.fma(b0, v140);
            x = FloatVector.broadcast(SPECIES, a[at + 15 * PANEL]);
            v150 = x.fma(b0, v150);
        }
        int c1 = c0 + cStride;
        int c2 = c1 + cStride;
        int c3 = c2 + cStride;
        int c4 = c3 + cStride;
        int c5 = c4 + cStride;
        int c6 = c5 + cStride;
        int c7 = c6 + cStride;
        int c8 = c7 + cStride;
        int c9 = c8 + cStride;
        int c10 = c9 + cStride;
        int c11 = c10 + cStride;
        int c12 = c11 + cStride;
        int c13 = c12 + cStride;
        int c14 = c13 + cStride;
        int c15 = c14 + cStride;
        v00.intoArray(c, c0);
        v10.intoArray(c, c1);
        v20.intoArray(c, c2);
        v30.intoArray(c, c3);
        v40.intoArray(c, c4);
        v50.intoArray(c, c5);
        v60.intoArray(c, c6);
        v70.intoArray(c, c7);
        v80.intoArray(c, c8);
        v90.intoArray(c, c9);
        v100.intoArray(c, c10);
        v110.intoArray(c, c11);
        v120.intoArray(c, c12);
        v130.intoArray(c, c13);
        v140.intoArray(c, c14);
        v150.intoArray(c, c15);
    }
}
