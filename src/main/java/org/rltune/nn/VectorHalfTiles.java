package org.rltune.nn;

import static org.rltune.nn.VectorTiles.LANES;
import static org.rltune.nn.VectorTiles.PANEL;
import static org.rltune.nn.VectorTiles.SPECIES;

import jdk.incubator.vector.FloatVector;

/** Tiles as in {@link VectorTiles}, two vectors wide, for 16 registers: twelve sums, two vectors of B and one of A. */
final class VectorHalfTiles {
    private VectorHalfTiles() {}

    static void tile6x2(
            int k,
            float[] a,
            int a0,
            int aStride,
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
        FloatVector v00 = FloatVector.fromArray(SPECIES, s, s0), v01 = FloatVector.fromArray(SPECIES, s, s0 + LANES);
        FloatVector v10 = FloatVector.fromArray(SPECIES, s, s1), v11 = FloatVector.fromArray(SPECIES, s, s1 + LANES);
        FloatVector v20 = FloatVector.fromArray(SPECIES, s, s2), v21 = FloatVector.fromArray(SPECIES, s, s2 + LANES);
        FloatVector v30 = FloatVector.fromArray(SPECIES, s, s3), v31 = FloatVector.fromArray(SPECIES, s, s3 + LANES);
        FloatVector v40 = FloatVector.fromArray(SPECIES, s, s4), v41 = FloatVector.fromArray(SPECIES, s, s4 + LANES);
        FloatVector v50 = FloatVector.fromArray(SPECIES, s, s5), v51 = FloatVector.fromArray(SPECIES, s, s5 + LANES);
        int a1 = a0 + aStride;
        int a2 = a1 + aStride;
        int a3 = a2 + aStride;
        int a4 = a3 + aStride;
        int a5 = a4 + aStride;
        for (int p = 0; p < k; p++) {
            int bt = bOff + p * PANEL;
            FloatVector b0 = FloatVector.fromArray(SPECIES, b, bt), b1 = FloatVector.fromArray(SPECIES, b, bt + LANES);
            FloatVector x = FloatVector.broadcast(SPECIES, a[a0 + p]);
            v00 = x.fma(b0, v00);
            v01 = x.fma(b1, v01);
            x = FloatVector.broadcast(SPECIES, a[a1 + p]);
            v10 = x.fma(b0, v10);
            v11 = x.fma(b1, v11);
            x = FloatVector.broadcast(SPECIES, a[a2 + p]);
            v20 = x.fma(b0, v20);
            v21 = x.fma(b1, v21);
            x = FloatVector.broadcast(SPECIES, a[a3 + p]);
            v30 = x.fma(b0, v30);
            v31 = x.fma(b1, v31);
            x = FloatVector.broadcast(SPECIES, a[a4 + p]);
            v40 = x.fma(b0, v40);
            v41 = x.fma(b1, v41);
            x = FloatVector.broadcast(SPECIES, a[a5 + p]);
            v50 = x.fma(b0, v50);
            v51 = x.fma(b1, v51);
        }
        int c1 = c0 + cStride;
        int c2 = c1 + cStride;
        int c3 = c2 + cStride;
        int c4 = c3 + cStride;
        int c5 = c4 + cStride;
        v00.intoArray(c, c0);
        v01.intoArray(c, c0 + LANES);
        v10.intoArray(c, c1);
        v11.intoArray(c, c1 + LANES);
        v20.intoArray(c, c2);
        v21.intoArray(c, c2 + LANES);
        v30.intoArray(c, c3);
        v31.intoArray(c, c3 + LANES);
        v40.intoArray(c, c4);
        v41.intoArray(c, c4 + LANES);
        v50.intoArray(c, c5);
        v51.intoArray(c, c5 + LANES);
    }

    static void tile6x2Turned(
            int k,
            float[] a,
            int aOff,
            int aStride,
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
        FloatVector v00 = FloatVector.fromArray(SPECIES, s, s0), v01 = FloatVector.fromArray(SPECIES, s, s0 + LANES);
        FloatVector v10 = FloatVector.fromArray(SPECIES, s, s1), v11 = FloatVector.fromArray(SPECIES, s, s1 + LANES);
        FloatVector v20 = FloatVector.fromArray(SPECIES, s, s2), v21 = FloatVector.fromArray(SPECIES, s, s2 + LANES);
        FloatVector v30 = FloatVector.fromArray(SPECIES, s, s3), v31 = FloatVector.fromArray(SPECIES, s, s3 + LANES);
        FloatVector v40 = FloatVector.fromArray(SPECIES, s, s4), v41 = FloatVector.fromArray(SPECIES, s, s4 + LANES);
        FloatVector v50 = FloatVector.fromArray(SPECIES, s, s5), v51 = FloatVector.fromArray(SPECIES, s, s5 + LANES);
        for (int p = 0; p < k; p++) {
            int at = aOff + p * aStride;
            int bt = bOff + p * PANEL;
            FloatVector b0 = FloatVector.fromArray(SPECIES, b, bt), b1 = FloatVector.fromArray(SPECIES, b, bt + LANES);
            FloatVector x = FloatVector.broadcast(SPECIES, a[at]);
            v00 = x.fma(b0, v00);
            v01 = x.fma(b1, v01);
            x = FloatVector.broadcast(SPECIES, a[at + 1]);
            v10 = x.fma(b0, v10);
            v11 = x.fma(b1, v11);
            x = FloatVector.broadcast(SPECIES, a[at + 2]);
            v20 = x.fma(b0, v20);
            v21 = x.fma(b1, v21);
            x = FloatVector.broadcast(SPECIES, a[at + 3]);
            v30 = x.fma(b0, v30);
            v31 = x.fma(b1, v31);
            x = FloatVector.broadcast(SPECIES, a[at + 4]);
            v40 = x.fma(b0, v40);
            v41 = x.fma(b1, v41);
            x = FloatVector.broadcast(SPECIES, a[at + 5]);
            v50 = x.fma(b0, v50);
            v51 = x.fma(b1, v51);
        }
        int c1 = c0 + cStride;
        int c2 = c1 + cStride;
        int c3 = c2 + cStride;
        int c4 = c3 + cStride;
        int c5 = c4 + cStride;
        v00.intoArray(c, c0);
        v01.intoArray(c, c0 + LANES);
        v10.intoArray(c, c1);
        v11.intoArray(c, c1 + LANES);
        v20.intoArray(c, c2);
        v21.intoArray(c, c2 + LANES);
        v30.intoArray(c, c3);
        v31.intoArray(c, c3 + LANES);
        v40.intoArray(c, c4);
        v41.intoArray(c, c4 + LANES);
        v50.intoArray(c, c5);
        v51.intoArray(c, c5 + LANES);
    }

    static void tile4x2(
            int k,
            float[] a,
            int a0,
            int aStride,
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
        FloatVector v00 = FloatVector.fromArray(SPECIES, s, s0), v01 = FloatVector.fromArray(SPECIES, s, s0 + LANES);
        FloatVector v10 = FloatVector.fromArray(SPECIES, s, s1), v11 = FloatVector.fromArray(SPECIES, s, s1 + LANES);
        FloatVector v20 = FloatVector.fromArray(SPECIES, s, s2), v21 = FloatVector.fromArray(SPECIES, s, s2 + LANES);
        FloatVector v30 = FloatVector.fromArray(SPECIES, s, s3), v31 = FloatVector.fromArray(SPECIES, s, s3 + LANES);
        int a1 = a0 + aStride;
        int a2 = a1 + aStride;
        int a3 = a2 + aStride;
        for (int p = 0; p < k; p++) {
            int bt = bOff + p * PANEL;
            FloatVector b0 = FloatVector.fromArray(SPECIES, b, bt), b1 = FloatVector.fromArray(SPECIES, b, bt + LANES);
            FloatVector x = FloatVector.broadcast(SPECIES, a[a0 + p]);
            v00 = x.fma(b0, v00);
            v01 = x.fma(b1, v01);
            x = FloatVector.broadcast(SPECIES, a[a1 + p]);
            v10 = x.fma(b0, v10);
            v11 = x.fma(b1, v11);
            x = FloatVector.broadcast(SPECIES, a[a2 + p]);
            v20 = x.fma(b0, v20);
            v21 = x.fma(b1, v21);
            x = FloatVector.broadcast(SPECIES, a[a3 + p]);
            v30 = x.fma(b0, v30);
            v31 = x.fma(b1, v31);
        }
        int c1 = c0 + cStride;
        int c2 = c1 + cStride;
        int c3 = c2 + cStride;
        v00.intoArray(c, c0);
        v01.intoArray(c, c0 + LANES);
        v10.intoArray(c, c1);
        v11.intoArray(c, c1 + LANES);
        v20.intoArray(c, c2);
        v21.intoArray(c, c2 + LANES);
        v30.intoArray(c, c3);
        v31.intoArray(c, c3 + LANES);
    }

    static void tile4x2Turned(
            int k,
            float[] a,
            int aOff,
            int aStride,
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
        FloatVector v00 = FloatVector.fromArray(SPECIES, s, s0), v01 = FloatVector.fromArray(SPECIES, s, s0 + LANES);
        FloatVector v10 = FloatVector.fromArray(SPECIES, s, s1), v11 = FloatVector.fromArray(SPECIES, s, s1 + LANES);
        FloatVector v20 = FloatVector.fromArray(SPECIES, s, s2), v21 = FloatVector.fromArray(SPECIES, s, s2 + LANES);
        FloatVector v30 = FloatVector.fromArray(SPECIES, s, s3), v31 = FloatVector.fromArray(SPECIES, s, s3 + LANES);
        for (int p = 0; p < k; p++) {
            int at = aOff + p * aStride;
            int bt = bOff + p * PANEL;
            FloatVector b0 = FloatVector.fromArray(SPECIES, b, bt), b1 = FloatVector.fromArray(SPECIES, b, bt + LANES);
            FloatVector x = FloatVector.broadcast(SPECIES, a[at]);
            v00 = x.fma(b0, v00);
            v01 = x.fma(b1, v01);
            x = FloatVector.broadcast(SPECIES, a[at + 1]);
            v10 = x.fma(b0, v10);
            v11 = x.fma(b1, v11);
            x = FloatVector.broadcast(SPECIES, a[at + 2]);
            v20 = x.fma(b0, v20);
            v21 = x.fma(b1, v21);
            x = FloatVector.broadcast(SPECIES, a[at + 3]);
            v30 = x.fma(b0, v30);
            v31 = x.fma(b1, v31);
        }
        int c1 = c0 + cStride;
        int c2 = c1 + cStride;
        int c3 = c2 + cStride;
        v00.intoArray(c, c0);
        v01.intoArray(c, c0 + LANES);
        v10.intoArray(c, c1);
        v11.intoArray(c, c1 + LANES);
        v20.intoArray(c, c2);
        v21.intoArray(c, c2 + LANES);
        v30.intoArray(c, c3);
        v31.intoArray(c, c3 + LANES);
    }
}
