package org.rltune.nn;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * The innermost loops of the matrix products for 32 vector registers: a tile of the output stays in registers while the
 * terms run by.
 *
 * <p>Each method computes a tile of C = S + A B: it starts from S(i, j), which is {@code s[s0 + i * sStride + j]}, and adds
 * {@code A(i, p) * B[p][j]} for p = 0, 1, ..., k - 1, where {@code A(i, p)} is {@code a[aOff + i * aRow + p * aTerm]}. S may
 * be C itself. A tile named {@code tile5x4} has five rows of four vectors: twenty sums, four vectors of B and one of A; a
 * sixth row costs more than half of the speed, since sums go to memory then.
 *
 * <p>Three rules for all code on the Vector API, each worth a factor of up to 30 when C2 meets the other way (JDK 17, and
 * the last one JDK 25):
 * <ul>
 *   <li>Call the API itself, not a helper such as {@code load(x, i)}: the compiler stops inlining ordinary methods when a
 *       kernel has grown to 18,000 nodes, and then allocates an object for each vector; the API's methods are exempt.
 *   <li>One species in the whole program: a second one makes the type profile of every API method ambiguous.
 *   <li>No branch that gives vectors a first value in one of several ways. Hence S.
 * </ul>
 */
final class VectorTiles {
    static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
    static final int LANES = SPECIES.length();

    private VectorTiles() {}

    static void tile5x4(
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
        FloatVector v40 = FloatVector.fromArray(SPECIES, s, s4),
                v41 = FloatVector.fromArray(SPECIES, s, s4 + LANES),
                v42 = FloatVector.fromArray(SPECIES, s, s4 + 2 * LANES),
                v43 = FloatVector.fromArray(SPECIES, s, s4 + 3 * LANES);
        int a1 = aRow;
        int a2 = 2 * aRow;
        int a3 = 3 * aRow;
        int a4 = 4 * aRow;
        for (int p = 0, at = aOff, bt = bOff; p < k; p++, at += aTerm, bt += bStride) {
            FloatVector b0 = FloatVector.fromArray(SPECIES, b, bt),
                    b1 = FloatVector.fromArray(SPECIES, b, bt + LANES),
                    b2 = FloatVector.fromArray(SPECIES, b, bt + 2 * LANES),
                    b3 = FloatVector.fromArray(SPECIES, b, bt + 3 * LANES);
            FloatVector x = FloatVector.broadcast(SPECIES, a[at]);
            v00 = x.fma(b0, v00);
            v01 = x.fma(b1, v01);
            v02 = x.fma(b2, v02);
            v03 = x.fma(b3, v03);
            x = FloatVector.broadcast(SPECIES, a[at + a1]);
            v10 = x.fma(b0, v10);
            v11 = x.fma(b1, v11);
            v12 = x.fma(b2, v12);
            v13 = x.fma(b3, v13);
            x = FloatVector.broadcast(SPECIES, a[at + a2]);
            v20 = x.fma(b0, v20);
            v21 = x.fma(b1, v21);
            v22 = x.fma(b2, v22);
            v23 = x.fma(b3, v23);
            x = FloatVector.broadcast(SPECIES, a[at + a3]);
            v30 = x.fma(b0, v30);
            v31 = x.fma(b1, v31);
            v32 = x.fma(b2, v32);
            v33 = x.fma(b3, v33);
            x = FloatVector.broadcast(SPECIES, a[at + a4]);
            v40 = x.fma(b0, v40);
            v41 = x.fma(b1, v41);
            v42 = x.fma(b2, v42);
            v43 = x.fma(b3, v43);
        }
        int c1 = c0 + cStride;
        int c2 = c1 + cStride;
        int c3 = c2 + cStride;
        int c4 = c3 + cStride;
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
        v40.intoArray(c, c4);
        v41.intoArray(c, c4 + LANES);
        v42.intoArray(c, c4 + 2 * LANES);
        v43.intoArray(c, c4 + 3 * LANES);
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
        int a1 = aRow;
        int a2 = 2 * aRow;
        int a3 = 3 * aRow;
        for (int p = 0, at = aOff, bt = bOff; p < k; p++, at += aTerm, bt += bStride) {
            FloatVector b0 = FloatVector.fromArray(SPECIES, b, bt),
                    b1 = FloatVector.fromArray(SPECIES, b, bt + LANES),
                    b2 = FloatVector.fromArray(SPECIES, b, bt + 2 * LANES),
                    b3 = FloatVector.fromArray(SPECIES, b, bt + 3 * LANES);
            FloatVector x = FloatVector.broadcast(SPECIES, a[at]);
            v00 = x.fma(b0, v00);
            v01 = x.fma(b1, v01);
            v02 = x.fma(b2, v02);
            v03 = x.fma(b3, v03);
            x = FloatVector.broadcast(SPECIES, a[at + a1]);
            v10 = x.fma(b0, v10);
            v11 = x.fma(b1, v11);
            v12 = x.fma(b2, v12);
            v13 = x.fma(b3, v13);
            x = FloatVector.broadcast(SPECIES, a[at + a2]);
            v20 = x.fma(b0, v20);
            v21 = x.fma(b1, v21);
            v22 = x.fma(b2, v22);
            v23 = x.fma(b3, v23);
            x = FloatVector.broadcast(SPECIES, a[at + a3]);
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
