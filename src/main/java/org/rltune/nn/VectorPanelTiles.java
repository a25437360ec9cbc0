package org.rltune.nn;

import static org.rltune.nn.VectorTiles.LANES;
import static org.rltune.nn.VectorTiles.PANEL;
import static org.rltune.nn.VectorTiles.SPECIES;

import jdk.incubator.vector.FloatVector;

/**
 * Tiles of six rows of four vectors for matrices that lie in panels: most multiply-adds of the learner are made here.
 *
 * <p>As {@link VectorTiles}, but A is a panel too: A(i, p) is {@code a[aOff + i * PANEL + p]}, or in the methods whose
 * names begin with {@code turned} {@code a[aOff + p * PANEL + i]}. 24 sums, four vectors of B and one of A take 29 registers of 32.
 *
 * <p>A method for each kind of S, and strides that are constants, leave C2 few whole numbers to keep beside the sums.
 * One method for any S and any strides was a quarter slower in about every other run of the JVM (JDK 17, Sapphire
 * Rapids): whenever C2 spilled one of them to a vector register. What is left of whole numbers counts as well: where a
 * processor runs two threads on a core, the loop is as fast as its instructions are few, 46 to 48 for 24 multiply-adds.
 */
final class VectorPanelTiles {
    private VectorPanelTiles() {}

    /** S is one row for all, {@code s[s0 + j]}; rows of C are a panel apart. */
    static void fromRow(int k, float[] a, int aOff, float[] b, int bOff, float[] s, int s0, float[] c, int c0) {
        FloatVector v00 = FloatVector.fromArray(SPECIES, s, s0),
                v01 = FloatVector.fromArray(SPECIES, s, s0 + LANES),
                v02 = FloatVector.fromArray(SPECIES, s, s0 + 2 * LANES),
                v03 = FloatVector.fromArray(SPECIES, s, s0 + 3 * LANES);
        FloatVector v10 = v00, v11 = v01, v12 = v02, v13 = v03;
        FloatVector v20 = v00, v21 = v01, v22 = v02, v23 = v03;
        FloatVector v30 = v00, v31 = v01, v32 = v02, v33 = v03;
        FloatVector v40 = v00, v41 = v01, v42 = v02, v43 = v03;
        FloatVector v50 = v00, v51 = v01, v52 = v02, v53 = v03;
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
            x = FloatVector.broadcast(SPECIES, a[at + 4 * PANEL]);
            v40 = x.fma(b0, v40);
            v41 = x.fma(b1, v41);
            v42 = x.fma(b2, v42);
            v43 = x.fma(b3, v43);
            x = FloatVector.broadcast(SPECIES, a[at + 5 * PANEL]);
            v50 = x.fma(b0, v50);
            v51 = x.fma(b1, v51);
            v52 = x.fma(b2, v52);
            v53 = x.fma(b3, v53);
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
        int c4 = c0 + 4 * PANEL;
        v40.intoArray(c, c4);
        v41.intoArray(c, c4 + LANES);
        v42.intoArray(c, c4 + 2 * LANES);
        v43.intoArray(c, c4 + 3 * LANES);
        int c5 = c0 + 5 * PANEL;
        v50.intoArray(c, c5);
        v51.intoArray(c, c5 + LANES);
        v52.intoArray(c, c5 + 2 * LANES);
        v53.intoArray(c, c5 + 3 * LANES);
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
        int s4 = c0 + 4 * PANEL;
        FloatVector v40 = FloatVector.fromArray(SPECIES, c, s4),
                v41 = FloatVector.fromArray(SPECIES, c, s4 + LANES),
                v42 = FloatVector.fromArray(SPECIES, c, s4 + 2 * LANES),
                v43 = FloatVector.fromArray(SPECIES, c, s4 + 3 * LANES);
        int s5 = c0 + 5 * PANEL;
        FloatVector v50 = FloatVector.fromArray(SPECIES, c, s5),
                v51 = FloatVector.fromArray(SPECIES, c, s5 + LANES),
                v52 = FloatVector.fromArray(SPECIES, c, s5 + 2 * LANES),
                v53 = FloatVector.fromArray(SPECIES, c, s5 + 3 * LANES);
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
            x = FloatVector.broadcast(SPECIES, a[at + 4 * PANEL]);
            v40 = x.fma(b0, v40);
            v41 = x.fma(b1, v41);
            v42 = x.fma(b2, v42);
            v43 = x.fma(b3, v43);
            x = FloatVector.broadcast(SPECIES, a[at + 5 * PANEL]);
            v50 = x.fma(b0, v50);
            v51 = x.fma(b1, v51);
            v52 = x.fma(b2, v52);
            v53 = x.fma(b3, v53);
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
        int c4 = c0 + 4 * PANEL;
        v40.intoArray(c, c4);
        v41.intoArray(c, c4 + LANES);
        v42.intoArray(c, c4 + 2 * LANES);
        v43.intoArray(c, c4 + 3 * LANES);
        int c5 = c0 + 5 * PANEL;
        v50.intoArray(c, c5);
        v51.intoArray(c, c5 + LANES);
        v52.intoArray(c, c5 + 2 * LANES);
        v53.intoArray(c, c5 + 3 * LANES);
    }

    /** S is one row for all, {@code s[s0 + j]}. */
    static void turnedFromRow(
            int k, float[] a, int aOff, float[] b, int bOff, float[] s, int s0, float[] c, int c0, int cStride) {
        FloatVector v00 = FloatVector.fromArray(SPECIES, s, s0),
                v01 = FloatVector.fromArray(SPECIES, s, s0 + LANES),
                v02 = FloatVector.fromArray(SPECIES, s, s0 + 2 * LANES),
                v03 = FloatVector.fromArray(SPECIES, s, s0 + 3 * LANES);
        FloatVector v10 = v00, v11 = v01, v12 = v02, v13 = v03;
        FloatVector v20 = v00, v21 = v01, v22 = v02, v23 = v03;
        FloatVector v30 = v00, v31 = v01, v32 = v02, v33 = v03;
        FloatVector v40 = v00, v41 = v01, v42 = v02, v43 = v03;
        FloatVector v50 = v00, v51 = v01, v52 = v02, v53 = v03;
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
            x = FloatVector.broadcast(SPECIES, a[at + 4]);
            v40 = x.fma(b0, v40);
            v41 = x.fma(b1, v41);
            v42 = x.fma(b2, v42);
            v43 = x.fma(b3, v43);
            x = FloatVector.broadcast(SPECIES, a[at + 5]);
            v50 = x.fma(b0, v50);
            v51 = x.fma(b1, v51);
            v52 = x.fma(b2, v52);
            v53 = x.fma(b3, v53);
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
        int c4 = c0 + 4 * cStride;
        v40.intoArray(c, c4);
        v41.intoArray(c, c4 + LANES);
        v42.intoArray(c, c4 + 2 * LANES);
        v43.intoArray(c, c4 + 3 * LANES);
        int c5 = c0 + 5 * cStride;
        v50.intoArray(c, c5);
        v51.intoArray(c, c5 + LANES);
        v52.intoArray(c, c5 + 2 * LANES);
        v53.intoArray(c, c5 + 3 * LANES);
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
        int s4 = s0 + 4 * cStride;
        FloatVector v40 = FloatVector.fromArray(SPECIES, s, s4),
                v41 = FloatVector.fromArray(SPECIES, s, s4 + LANES),
                v42 = FloatVector.fromArray(SPECIES, s, s4 + 2 * LANES),
                v43 = FloatVector.fromArray(SPECIES, s, s4 + 3 * LANES);
        int s5 = s0 + 5 * cStride;
        FloatVector v50 = FloatVector.fromArray(SPECIES, s, s5),
                v51 = FloatVector.fromArray(SPECIES, s, s5 + LANES),
                v52 = FloatVector.fromArray(SPECIES, s, s5 + 2 * LANES),
                v53 = FloatVector.fromArray(SPECIES, s, s5 + 3 * LANES);
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
            x = FloatVector.broadcast(SPECIES, a[at + 4]);
            v40 = x.fma(b0, v40);
            v41 = x.fma(b1, v41);
            v42 = x.fma(b2, v42);
            v43 = x.fma(b3, v43);
            x = FloatVector.broadcast(SPECIES, a[at + 5]);
            v50 = x.fma(b0, v50);
            v51 = x.fma(b1, v51);
            v52 = x.fma(b2, v52);
            v53 = x.fma(b3, v53);
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
        int c4 = c0 + 4 * cStride;
        v40.intoArray(c, c4);
        v41.intoArray(c, c4 + LANES);
        v42.intoArray(c, c4 + 2 * LANES);
        v43.intoArray(c, c4 + 3 * LANES);
        int c5 = c0 + 5 * cStride;
        v50.intoArray(c, c5);
        v51.intoArray(c, c5 + LANES);
        v52.intoArray(c, c5 + 2 * LANES);
        v53.intoArray(c, c5 + 3 * LANES);
    }
}
