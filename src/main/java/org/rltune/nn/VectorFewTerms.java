package org.rltune.nn;

import static org.rltune.nn.VectorTiles.LANES;
import static org.rltune.nn.VectorTiles.SPECIES;

import jdk.incubator.vector.FloatVector;

/**
 * Products of few terms, as of the first layer, whose inputs are observations, and of the gradient of the last one, whose
 * inputs are those of the heads. All of B stays in registers, four vectors wide, while the rows run by: a tile of {@link
 * VectorTiles} would spend more time on its start and end than on the terms between.
 *
 * <p>C = S + A B as there, for 32 registers. A(i, p) is {@code a[aOff + i * aRow + p * aTerm]}.
 */
final class VectorFewTerms {
    /** More terms than this are added in several passes. */
    private static final int MOST = 4;

    /** Up to so many terms, passes of four are faster than tiles. */
    static final int FEW = 8;

    private VectorFewTerms() {}

    /** Adds {@code k} terms, at least 1. */
    static void multiply(
            int m,
            int k,
            float[] a,
            int aOff,
            int aRow,
            int aTerm,
            float[] b,
            int bOff,
            int bStride,
            float[] s,
            int sOff,
            int sStride,
            float[] c,
            int cOff,
            int cStride) {
        switch (k) {
            case 1 -> one(m, a, aOff, aRow, b, bOff, s, sOff, sStride, c, cOff, cStride);
            case 2 -> two(m, a, aOff, aRow, aTerm, b, bOff, bStride, s, sOff, sStride, c, cOff, cStride);
            case 3 -> three(m, a, aOff, aRow, aTerm, b, bOff, bStride, s, sOff, sStride, c, cOff, cStride);
            default -> {
                four(m, a, aOff, aRow, aTerm, b, bOff, bStride, s, sOff, sStride, c, cOff, cStride);
                if (k > MOST) {
                    int a4 = aOff + MOST * aTerm;
                    int b4 = bOff + MOST * bStride;
                    multiply(m, k - MOST, a, a4, aRow, aTerm, b, b4, bStride, c, cOff, cStride, c, cOff, cStride);
                }
            }
        }
    }

    /** One term. */
    static void one(
            int m,
            float[] a,
            int aOff,
            int aRow,
            float[] b,
            int bOff,
            float[] s,
            int sOff,
            int sStride,
            float[] c,
            int cOff,
            int cStride) {
        FloatVector b00 = FloatVector.fromArray(SPECIES, b, bOff),
                b01 = FloatVector.fromArray(SPECIES, b, bOff + LANES),
                b02 = FloatVector.fromArray(SPECIES, b, bOff + 2 * LANES),
                b03 = FloatVector.fromArray(SPECIES, b, bOff + 3 * LANES);
        for (int i = 0; i < m; i++) {
            int at = aOff + i * aRow;
            int st = sOff + i * sStride;
            int ct = cOff + i * cStride;
            FloatVector x = FloatVector.broadcast(SPECIES, a[at]);
            FloatVector v0 = x.fma(b00, FloatVector.fromArray(SPECIES, s, st));
            FloatVector v1 = x.fma(b01, FloatVector.fromArray(SPECIES, s, st + LANES));
            FloatVector v2 = x.fma(b02, FloatVector.fromArray(SPECIES, s, st + 2 * LANES));
            FloatVector v3 = x.fma(b03, FloatVector.fromArray(SPECIES, s, st + 3 * LANES));
            v0.intoArray(c, ct);
            v1.intoArray(c, ct + LANES);
            v2.intoArray(c, ct + 2 * LANES);
            v3.intoArray(c, ct + 3 * LANES);
        }
    }

    /** Two terms. */
    static void two(
            int m,
            float[] a,
            int aOff,
            int aRow,
            int aTerm,
            float[] b,
            int bOff,
            int bStride,
            float[] s,
            int sOff,
            int sStride,
            float[] c,
            int cOff,
            int cStride) {
        FloatVector b00 = FloatVector.fromArray(SPECIES, b, bOff),
                b01 = FloatVector.fromArray(SPECIES, b, bOff + LANES),
                b02 = FloatVector.fromArray(SPECIES, b, bOff + 2 * LANES),
                b03 = FloatVector.fromArray(SPECIES, b, bOff + 3 * LANES);
        FloatVector b10 = FloatVector.fromArray(SPECIES, b, bOff + bStride),
                b11 = FloatVector.fromArray(SPECIES, b, bOff + bStride + LANES),
                b12 = FloatVector.fromArray(SPECIES, b, bOff + bStride + 2 * LANES),
                b13 = FloatVector.fromArray(SPECIES, b, bOff + bStride + 3 * LANES);
        for (int i = 0; i < m; i++) {
            int at = aOff + i * aRow;
            int st = sOff + i * sStride;
            int ct = cOff + i * cStride;
            FloatVector x = FloatVector.broadcast(SPECIES, a[at]);
            FloatVector v0 = x.fma(b00, FloatVector.fromArray(SPECIES, s, st));
            FloatVector v1 = x.fma(b01, FloatVector.fromArray(SPECIES, s, st + LANES));
            FloatVector v2 = x.fma(b02, FloatVector.fromArray(SPECIES, s, st + 2 * LANES));
            FloatVector v3 = x.fma(b03, FloatVector.fromArray(SPECIES, s, st + 3 * LANES));
            x = FloatVector.broadcast(SPECIES, a[at + aTerm]);
            v0 = x.fma(b10, v0);
            v1 = x.fma(b11, v1);
            v2 = x.fma(b12, v2);
            v3 = x.fma(b13, v3);
            v0.intoArray(c, ct);
            v1.intoArray(c, ct + LANES);
            v2.intoArray(c, ct + 2 * LANES);
            v3.intoArray(c, ct + 3 * LANES);
        }
    }

    /** Three terms. */
    static void three(
            int m,
            float[] a,
            int aOff,
            int aRow,
            int aTerm,
            float[] b,
            int bOff,
            int bStride,
            float[] s,
            int sOff,
            int sStride,
            float[] c,
            int cOff,
            int cStride) {
        FloatVector b00 = FloatVector.fromArray(SPECIES, b, bOff),
                b01 = FloatVector.fromArray(SPECIES, b, bOff + LANES),
                b02 = FloatVector.fromArray(SPECIES, b, bOff + 2 * LANES),
                b03 = FloatVector.fromArray(SPECIES, b, bOff + 3 * LANES);
        FloatVector b10 = FloatVector.fromArray(SPECIES, b, bOff + bStride),
                b11 = FloatVector.fromArray(SPECIES, b, bOff + bStride + LANES),
                b12 = FloatVector.fromArray(SPECIES, b, bOff + bStride + 2 * LANES),
                b13 = FloatVector.fromArray(SPECIES, b, bOff + bStride + 3 * LANES);
        FloatVector b20 = FloatVector.fromArray(SPECIES, b, bOff + 2 * bStride),
                b21 = FloatVector.fromArray(SPECIES, b, bOff + 2 * bStride + LANES),
                b22 = FloatVector.fromArray(SPECIES, b, bOff + 2 * bStride + 2 * LANES),
                b23 = FloatVector.fromArray(SPECIES, b, bOff + 2 * bStride + 3 * LANES);
        for (int i = 0; i < m; i++) {
            int at = aOff + i * aRow;
            int st = sOff + i * sStride;
            int ct = cOff + i * cStride;
            FloatVector x = FloatVector.broadcast(SPECIES, a[at]);
            FloatVector v0 = x.fma(b00, FloatVector.fromArray(SPECIES, s, st));
            FloatVector v1 = x.fma(b01, FloatVector.fromArray(SPECIES, s, st + LANES));
            FloatVector v2 = x.fma(b02, FloatVector.fromArray(SPECIES, s, st + 2 * LANES));
            FloatVector v3 = x.fma(b03, FloatVector.fromArray(SPECIES, s, st + 3 * LANES));
            x = FloatVector.broadcast(SPECIES, a[at + aTerm]);
            v0 = x.fma(b10, v0);
            v1 = x.fma(b11, v1);
            v2 = x.fma(b12, v2);
            v3 = x.fma(b13, v3);
            x = FloatVector.broadcast(SPECIES, a[at + 2 * aTerm]);
            v0 = x.fma(b20, v0);
            v1 = x.fma(b21, v1);
            v2 = x.fma(b22, v2);
            v3 = x.fma(b23, v3);
            v0.intoArray(c, ct);
            v1.intoArray(c, ct + LANES);
            v2.intoArray(c, ct + 2 * LANES);
            v3.intoArray(c, ct + 3 * LANES);
        }
    }

    /** Four terms: 25 registers. */
    static void four(
            int m,
            float[] a,
            int aOff,
            int aRow,
            int aTerm,
            float[] b,
            int bOff,
            int bStride,
            float[] s,
            int sOff,
            int sStride,
            float[] c,
            int cOff,
            int cStride) {
        FloatVector b00 = FloatVector.fromArray(SPECIES, b, bOff),
                b01 = FloatVector.fromArray(SPECIES, b, bOff + LANES),
                b02 = FloatVector.fromArray(SPECIES, b, bOff + 2 * LANES),
                b03 = FloatVector.fromArray(SPECIES, b, bOff + 3 * LANES);
        FloatVector b10 = FloatVector.fromArray(SPECIES, b, bOff + bStride),
                b11 = FloatVector.fromArray(SPECIES, b, bOff + bStride + LANES),
                b12 = FloatVector.fromArray(SPECIES, b, bOff + bStride + 2 * LANES),
                b13 = FloatVector.fromArray(SPECIES, b, bOff + bStride + 3 * LANES);
        FloatVector b20 = FloatVector.fromArray(SPECIES, b, bOff + 2 * bStride),
                b21 = FloatVector.fromArray(SPECIES, b, bOff + 2 * bStride + LANES),
                b22 = FloatVector.fromArray(SPECIES, b, bOff + 2 * bStride + 2 * LANES),
                b23 = FloatVector.fromArray(SPECIES, b, bOff + 2 * bStride + 3 * LANES);
        FloatVector b30 = FloatVector.fromArray(SPECIES, b, bOff + 3 * bStride),
                b31 = FloatVector.fromArray(SPECIES, b, bOff + 3 * bStride + LANES),
                b32 = FloatVector.fromArray(SPECIES, b, bOff + 3 * bStride + 2 * LANES),
                b33 = FloatVector.fromArray(SPECIES, b, bOff + 3 * bStride + 3 * LANES);
        for (int i = 0; i < m; i++) {
            int at = aOff + i * aRow;
            int st = sOff + i * sStride;
            int ct = cOff + i * cStride;
            FloatVector x = FloatVector.broadcast(SPECIES, a[at]);
            FloatVector v0 = x.fma(b00, FloatVector.fromArray(SPECIES, s, st));
            FloatVector v1 = x.fma(b01, FloatVector.fromArray(SPECIES, s, st + LANES));
            FloatVector v2 = x.fma(b02, FloatVector.fromArray(SPECIES, s, st + 2 * LANES));
            FloatVector v3 = x.fma(b03, FloatVector.fromArray(SPECIES, s, st + 3 * LANES));
            x = FloatVector.broadcast(SPECIES, a[at + aTerm]);
            v0 = x.fma(b10, v0);
            v1 = x.fma(b11, v1);
            v2 = x.fma(b12, v2);
            v3 = x.fma(b13, v3);
            x = FloatVector.broadcast(SPECIES, a[at + 2 * aTerm]);
            v0 = x.fma(b20, v0);
            v1 = x.fma(b21, v1);
            v2 = x.fma(b22, v2);
            v3 = x.fma(b23, v3);
            x = FloatVector.broadcast(SPECIES, a[at + 3 * aTerm]);
            v0 = x.fma(b30, v0);
            v1 = x.fma(b31, v1);
            v2 = x.fma(b32, v2);
            v3 = x.fma(b33, v3);
            v0.intoArray(c, ct);
            v1.intoArray(c, ct + LANES);
            v2.intoArray(c, ct + 2 * LANES);
            v3.intoArray(c, ct + 3 * LANES);
        }
    }
}
