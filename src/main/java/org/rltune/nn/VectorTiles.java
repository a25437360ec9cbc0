package org.rltune.nn;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * The innermost loops of the matrix products for 32 vector registers: a tile of the output stays in registers while the
 * terms run by.
 *
 * <p>Each method computes a tile of C = S + A B: it starts from S(i, j), which is {@code s[s0 + i * sStride + j]}, and adds
 * {@code A(i, p) * B[p][j]} for p = 0, 1, ..., k - 1. B is a panel: its rows are {@link #PANEL} floats apart. A(i, p) is
 * {@code a[a0 + i * aStride + p]}, or in the methods named {@code Turned} {@code a[aOff + p * aStride + i]}. S may be C
 * itself. A tile named {@code tile4x4} has four rows of four vectors. These tiles take any strides; those of
 * {@link VectorPanelTiles}, for the strides of panels, are faster.
 *
 * <p>Rules for all code on the Vector API, each worth a factor of 1.6 to 30 when C2 meets the other way (JDK 17, and the
 * last but one JDK 25):
 * <ul>
 *   <li>Few whole numbers in the loop, and none that is carried from turn to turn but the loop's counter: indices are
 *       computed from it. On Intel's processors C2 spills whole numbers to vector registers; to fetch one takes a unit away
 *       from the multiply-adds, and an index that goes through one in every turn halves the speed. With a counter that goes
 *       up by one and constant strides C2 also takes the range checks out of the loop, and with them what they need.
 *   <li>Call the API itself, not a helper such as {@code load(x, i)}: the compiler stops inlining ordinary methods when a
 *       kernel has grown to 18,000 nodes, and then allocates an object for each vector; the API's methods are exempt.
 *   <li>No branch that gives vectors a first value in one of several ways. Hence S.
 *   <li>One species in the whole program: a second one makes the type profile of every API method ambiguous.
 * </ul>
 */
final class VectorTiles {
    static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
    static final int LANES = SPECIES.length();
    /** Columns of a panel, the same on every machine: four vectors of sixteen lanes. */
    static final int PANEL = 64;

    private VectorTiles() {}

    static void tile4x4(
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
        FloatVector v00 = FloatVector.fromArray(SPECIES, s, s0),
                v01 = FloatVector.fromArray(SPECIES, s, s0 + LANES),
                v02 = FloatVector.fromArray(SPECIES, s, s0 + 2 * LANES),
                v03 = FloatVector.fromArray(SPECIES, s, s0 + 3 * LANES);
        FloatVector v10 = FloatVector.fromArray(SPECIES, s, s1),
                v11 = FloatVector.fromArray(SPECIES, s, s1 + LANES),
                v12 = FloatVector.fromArray(SPECIES, s, s1 + 2 * LANES),
                v13 = FloatVector.fromArray(SPECIES, s, s1 + 3 * LANES);
        FloatVector v20 = FloatVector.fromArray(SPECIES, s, s2),
                v21 = FloatVector.fromArray(SPECIES, s, s2 + LANES),
                v22 = FloatVector.fromArray(SPECIES, s, s2 + 2 * LANES),
                v23 = FloatVector.fromArray(SPECIES, s, s2 + 3 * LANES);
        FloatVector v30 = FloatVector.fromArray(SPECIES, s, s3),
                v31 = FloatVector.fromArray(SPECIES, s, s3 + LANES),
                v32 = FloatVector.fromArray(SPECIES, s, s3 + 2 * LANES),
                v33 = FloatVector.fromArray(SPECIES, s, s3 + 3 * LANES);
        int a1 = a0 + aStride;
        int a2 = a1 + aStride;
        int a3 = a2 + aStride;
        for (int p = 0; p < k; p++) {
            int bt = bOff + p * PANEL;
            FloatVector b0 = FloatVector.fromArray(SPECIES, b, bt),
                    b1 = FloatVector.fromArray(SPECIES, b, bt + LANES),
                    b2 = FloatVector.fromArray(SPECIES, b, bt + 2 * LANES),
                    b3 = FloatVector.fromArray(SPECIES, b, bt + 3 * LANES);
            FloatVector x = FloatVector.broadcast(SPECIES, a[a0 + p]);
            v00 = x.fma(b0, v00);
            v01 = x.fma(b1, v01);
            v02 = x.fma(b2, v02);
            v03 = x.fma(b3, v03);
            x = FloatVector.broadcast(SPECIES, a[a1 + p]);
            v10 = x.fma(b0, v10);
            v11 = x.fma(b1, v11);
            v12 = x.fma(b2, v12);
            v13 = x.fma(b3, v13);
            x = FloatVector.broadcast(SPECIES, a[a2 + p]);
            v20 = x.fma(b0, v20);
            v21 = x.fma(b1, v21);
            v22 = x.fma(b2, v22);
            v23 = x.fma(b3, v23);
            x = FloatVector.broadcast(SPECIES, a[a3 + p]);
            v30 = x.fma(b0, v30);
            v31 = x.fma(b1, v31);
            v32 = x.fma(b2, v32);
            v33 = x.fma(b3, v33);
        }
        int c1 = c0 + cStride;
        int c2 = c1 + cStride;
        int c3 = c2 + cStride;
        v00.intoArray(c, c0);
        v01.intoArray(c, c0 + LANES);
        v02.intoArray(c, c0 + 2 * LANES);
        v03.intoArray(c, c0 + 3 * LANES);
        v10.intoArray(c, c1);
        v11.intoArray(c, c1 + LANES);
        v12.intoArray(c, c1 + 2 * LANES);
        v13.intoArray(c, c1 + 3 * LANES);
        v20.intoArray(c, c2);
        v21.intoArray(c, c2 + LANES);
        v22.intoArray(c, c2 + 2 * LANES);
        v23.intoArray(c, c2 + 3 * LANES);
        v30.intoArray(c, c3);
        v31.intoArray(c, c3 + LANES);
        v32.intoArray(c, c3 + 2 * LANES);
        v33.intoArray(c, c3 + 3 * LANES);
    }

    static void tile4x4Turned(
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
        FloatVector v00 = FloatVector.fromArray(SPECIES, s, s0),
                v01 = FloatVector.fromArray(SPECIES, s, s0 + LANES),
                v02 = FloatVector.fromArray(SPECIES, s, s0 + 2 * LANES),
                v03 = FloatVector.fromArray(SPECIES, s, s0 + 3 * LANES);
        FloatVector v10 = FloatVector.fromArray(SPECIES, s, s1),
                v11 = FloatVector.fromArray(SPECIES, s, s1 + LANES),
                v12 = FloatVector.fromArray(SPECIES, s, s1 + 2 * LANES),
                v13 = FloatVector.fromArray(SPECIES, s, s1 + 3 * LANES);
        FloatVector v20 = FloatVector.fromArray(SPECIES, s, s2),
                v21 = FloatVector.fromArray(SPECIES, s, s2 + LANES),
                v22 = FloatVector.fromArray(SPECIES, s, s2 + 2 * LANES),
                v23 = FloatVector.fromArray(SPECIES, s, s2 + 3 * LANES);
        FloatVector v30 = FloatVector.fromArray(SPECIES, s, s3),
                v31 = FloatVector.fromArray(SPECIES, s, s3 + LANES),
                v32 = FloatVector.fromArray(SPECIES, s, s3 + 2 * LANES),
                v33 = FloatVector.fromArray(SPECIES, s, s3 + 3 * LANES);
        for (int p = 0; p < k; p++) {
            int at = aOff + p * aStride;
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
        int c1 = c0 + cStride;
        int c2 = c1 + cStride;
        int c3 = c2 + cStride;
        v00.intoArray(c, c0);
        v01.intoArray(c, c0 + LANES);
        v02.intoArray(c, c0 + 2 * LANES);
        v03.intoArray(c, c0 + 3 * LANES);
        v10.intoArray(c, c1);
        v11.intoArray(c, c1 + LANES);
        v12.intoArray(c, c1 + 2 * LANES);
        v13.intoArray(c, c1 + 3 * LANES);
        v20.intoArray(c, c2);
        v21.intoArray(c, c2 + LANES);
        v22.intoArray(c, c2 + 2 * LANES);
        v23.intoArray(c, c2 + 3 * LANES);
        v30.intoArray(c, c3);
        v31.intoArray(c, c3 + LANES);
        v32.intoArray(c, c3 + 2 * LANES);
        v33.intoArray(c, c3 + 3 * LANES);
    }
}
