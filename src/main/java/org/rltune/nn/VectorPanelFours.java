package org.rltune.nn;

import static org.rltune.nn.VectorTiles.LANES;
import static org.rltune.nn.VectorTiles.PANEL;
import static org.rltune.nn.VectorTiles.SPECIES;

import jdk.incubator.vector.FloatVector;

/** As {@link VectorPanelTiles} with four rows: for what six rows leave, and for the few rows of a rollout. */
final class VectorPanelFours {
    private VectorPanelFours() {}

    /** S is one row for all, {@code s[s0 + j]}; rows of C are a panel apart. */
    static void fromRow(int k, float[] a, int aOff, float[] b, int bOff, float[] s, int s0, float[] c, int c0) {
        FloatVector v00 = FloatVector.fromArray(SPECIES, s, s0),
                v01 = FloatVector.fromArray(SPECIES, s, s0 + LANES),
                v02 = FloatVector.fromArray(SPECIES, s, s0 + 2 * LANES),
                v03 = FloatVector.fromArray(SPECIES, s, s0 + 3 * LANES);
        FloatVector v10 = v00, v11 = v01, v12 = v02, v13 = v03;
        FloatVector v20 = v00, v21 = v01, v22 = v02, v23 = v03;
        FloatVector v30 = v00, v31 = v01, v32 = v02, v33 = v03;
        for (int p = 0; p < k; p++) {
            int at = aOff + p;
            int bt = bOff + p * PANEL;
            FloatVector b0 = FloatVector.fromArray(SPECIES, b, bt),
                    b1 = FloatVector.fromArray(SPECIES, b, bt + LANES),
                    b2 = FloatVector.fromArray(SPECIES, b, bt + 2 * LANES),
                    b3 = FloatVector.fromArray(SPECIES, b, bt + 3 * LANES);
            FloatVector x = FloatVector.broadcast(SPECIES, a[at]);
            v00 = x.fma(b0, v00);
            v01 = x.fma(b1, v01);
            v02 = x.fma(b2, v02);
            v03 = x.fma(b3, v03);
            x = FloatVector.broadcast(SPECIES, a[at + PANEL]);
            v10 = x.fma(b0, v10);
            v11 = x.fma(b1, v11);
            v12 = x.fma(b2, v12);
            v13 = x.fma(b3, v13);
            x = FloatVector.broadcast(SPECIES, a[at + 2 * PANEL]);
            v20 = x.fma(b0, v20);
            v21 = x.fma(b1, v21);
            v22 = x.fma(b2, v22);
            v23 = x.fma(b3, v23);
            x = FloatVector.broadcast(SPECIES, a[at + 3 * PANEL]);
            v30 = x.fma(b0, v30);
            v31 = x.fma(b1, v31);
            v32 = x.fma(b2, v32);
            v33 = x.fma(b3, v33);
        }
        v00.intoArray(c, c0);
        v01.intoArray(c, c0 + LANES);
        v02.intoArray(c, c0 + 2 * LANES);
        v03.intoArray(c, c0 + 3 * LANES);
        int c1 = c0 + PANEL;
        v10.intoArray(c, c1);
        v11.intoArray(c, c1 + LANES);
        v12.intoArray(c, c1 + 2 * LANES);
        v13.intoArray(c, c1 + 3 * LANES);
        int c2 = c0 + 2 * PANEL;
        v20.intoArray(c, c2);
        v21.intoArray(c, c2 + LANES);
        v22.intoArray(c, c2 + 2 * LANES);
        v23.intoArray(c, c2 + 3 * LANES);
        int c3 = c0 + 3 * PANEL;
        v30.intoArray(c, c3);
        v31.intoArray(c, c3 + LANES);
        v32.intoArray(c, c3 + 2 * LANES);
        v33.intoArray(c, c3 + 3 * LANES);
    }

    /** S is C; rows of C are a panel apart. */
    static void onto(int k, float[] a, int aOff, float[] b, int bOff, float[] c, int c0) {
        FloatVector v00 = FloatVector.fromArray(SPECIES, c, c0),
                v01 = FloatVector.fromArray(SPECIES, c, c0 + LANES),
                v02 = FloatVector.fromArray(SPECIES, c, c0 + 2 * LANES),
                v03 = FloatVector.fromArray(SPECIES, c, c0 + 3 * LANES);
        int s1 = c0 + PANEL;
        FloatVector v10 = FloatVector.fromArray(SPECIES, c, s1),
                v11 = FloatVector.fromArray(SPECIES, c, s1 + LANES),
                v12 = FloatVector.fromArray(SPECIES, c, s1 + 2 * LANES),
                v13 = FloatVector.fromArray(SPECIES, c, s1 + 3 * LANES);
        int s2 = c0 + 2 * PANEL;
        FloatVector v20 = FloatVector.fromArray(SPECIES, c, s2),
                v21 = FloatVector.fromArray(SPECIES, c, s2 + LANES),
                v22 = FloatVector.fromArray(SPECIES, c, s2 + 2 * LANES),
                v23 = FloatVector.fromArray(SPECIES, c, s2 + 3 * LANES);
        int s3 = c0 + 3 * PANEL;
        FloatVector v30 = FloatVector.fromArray(SPECIES, c, s3),
                v31 = FloatVector.fromArray(SPECIES, c, s3 + LANES),
                v32 = FloatVector.fromArray(SPECIES, c, s3 + 2 * LANES),
                v33 = FloatVector.fromArray(SPECIES, c, s3 + 3 * LANES);
        for (int p = 0; p < k; p++) {
            int at = aOff + p;
            int bt = bOff + p * PANEL;
            FloatVector b0 = FloatVector.fromArray(SPECIES, b, bt),
                    b1 = FloatVector.fromArray(SPECIES, b, bt + LANES),
                    b2 = FloatVector.fromArray(SPECIES, b, bt + 2 * LANES),
                    b3 = FloatVector.fromArray(SPECIES, b, bt + 3 * LANES);
            FloatVector x = FloatVector.broadcast(SPECIES, a[at]);
            v00 = x.fma(b0, v00);
            v01 = x.fma(b1, v01);
            v02 = x.fma(b2, v02);
            v03 = x.fma(b3, v03);
            x = FloatVector.broadcast(SPECIES, a[at + PANEL]);
            v10 = x.fma(b0, v10);
            v11 = x.fma(b1, v11);
            v12 = x.fma(b2, v12);
            v13 = x.fma(b3, v13);
            x = FloatVector.broadcast(SPECIES, a[at + 2 * PANEL]);
            v20 = x.fma(b0, v20);
            v21 = x.fma(b1, v21);
            v22 = x.fma(b2, v22);
            v23 = x.fma(b3, v23);
            x = FloatVector.broadcast(SPECIES, a[at + 3 * PANEL]);
            v30 = x.fma(b0, v30);
            v31 = x.fma(b1, v31);
            v32 = x.fma(b2, v32);
            v33 = x.fma(b3, v33);
        }
        v00.intoArray(c, c0);
        v01.intoArray(c, c0 + LANES);
        v02.intoArray(c, c0 + 2 * LANES);
        v03.intoArray(c, c0 + 3 * LANES);
        int c1 = c0 + PANEL;
        v10.intoArray(c, c1);
        v11.intoArray(c, c1 + LANES);
        v12.intoArray(c, c1 + 2 * LANES);
        v13.intoArray(c, c1 + 3 * LANES);
        int c2 = c0 + 2 * PANEL;
        v20.intoArray(c, c2);
        v21.intoArray(c, c2 + LANES);
        v22.intoArray(c, c2 + 2 * LANES);
        v23.intoArray(c, c2 + 3 * LANES);
        int c3 = c0 + 3 * PANEL;
        v30.intoArray(c, c3);
        v31.intoArray(c, c3 + LANES);
        v32.intoArray(c, c3 + 2 * LANES);
        v33.intoArray(c, c3 + 3 * LANES);
    }

    /** Rows of S are as far apart as those of C. */
    static void turned(
            int k, float[] a, int aOff, float[] b, int bOff, float[] s, int s0, float[] c, int c0, int cStride) {
        FloatVector v00 = FloatVector.fromArray(SPECIES, s, s0),
                v01 = FloatVector.fromArray(SPECIES, s, s0 + LANES),
                v02 = FloatVector.fromArray(SPECIES, s, s0 + 2 * LANES),
                v03 = FloatVector.fromArray(SPECIES, s, s0 + 3 * LANES);
        int s1 = s0 + cStride;
        FloatVector v10 = FloatVector.fromArray(SPECIES, s, s1),
                v11 = FloatVector.fromArray(SPECIES, s, s1 + LANES),
                v12 = FloatVector.fromArray(SPECIES, s, s1 + 2 * LANES),
                v13 = FloatVector.fromArray(SPECIES, s, s1 + 3 * LANES);
        int s2 = s0 + 2 * cStride;
        FloatVector v20 = FloatVector.fromArray(SPECIES, s, s2),
                v21 = FloatVector.fromArray(SPECIES, s, s2 + LANES),
                v22 = FloatVector.fromArray(SPECIES, s, s2 + 2 * LANES),
                v23 = FloatVector.fromArray(SPECIES, s, s2 + 3 * LANES);
        int s3 = s0 + 3 * cStride;
        FloatVector v30 = FloatVector.fromArray(SPECIES, s, s3),
                v31 = FloatVector.fromArray(SPECIES, s, s3 + LANES),
                v32 = FloatVector.fromArray(SPECIES, s, s3 + 2 * LANES),
                v33 = FloatVector.fromArray(SPECIES, s, s3 + 3 * LANES);
        for (int p = 0; p < k; p++) {
            int at = aOff + p * PANEL;
            int bt = bOff + p * PANEL;
            FloatVector b0 = FloatVector.fromArray(SPECIES, b, bt),
                    b1 = FloatVector.fromArray(SPECIES, b, bt + LANES),
                    b2 = FloatVector.fromArray(SPECIES, b, bt + 2 * LANES),
                    b3 = FloatVector.fromArray(SPECIES, b, bt + 3 * LANES);
            FloatVector x = FloatVector.broadcast(SPECIES, a[at]);
            v00 = x.fma(b0, v00);
            v01 = x.fma(b1, v01);
            v02 = x.fma(b2, v02);
            v03 = x.fma(b3, v03);
            x = FloatVector.broadcast(SPECIES, a[at + 1]);
            v10 = x.fma(b0, v10);
            v11 = x.fma(b1, v11);
            v12 = x.fma(b2, v12);
            v13 = x.fma(b3, v13);
            x = FloatVector.broadcast(SPECIES, a[at + 2]);
            v20 = x.fma(b0, v20);
            v21 = x.fma(b1, v21);
            v22 = x.fma(b2, v22);
            v23 = x.fma(b3, v23);
            x = FloatVector.broadcast(SPECIES, a[at + 3]);
            v30 = x.fma(b0, v30);
            v31 = x.fma(b1, v31);
            v32 = x.fma(b2, v32);
            v33 = x.fma(b3, v33);
        }
        v00.intoArray(c, c0);
        v01.intoArray(c, c0 + LANES);
        v02.intoArray(c, c0 + 2 * LANES);
        v03.intoArray(c, c0 + 3 * LANES);
        int c1 = c0 + cStride;
        v10.intoArray(c, c1);
        v11.intoArray(c, c1 + LANES);
        v12.intoArray(c, c1 + 2 * LANES);
        v13.intoArray(c, c1 + 3 * LANES);
        int c2 = c0 + 2 * cStride;
        v20.intoArray(c, c2);
        v21.intoArray(c, c2 + LANES);
        v22.intoArray(c, c2 + 2 * LANES);
        v23.intoArray(c, c2 + 3 * LANES);
        int c3 = c0 + 3 * cStride;
        v30.intoArray(c, c3);
        v31.intoArray(c, c3 + LANES);
        v32.intoArray(c, c3 + 2 * LANES);
        v33.intoArray(c, c3 + 3 * LANES);
    }
}
