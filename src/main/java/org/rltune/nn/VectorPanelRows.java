package org.rltune.nn;

import static org.rltune.nn.EarlyCalls.EXTRA;
import static org.rltune.nn.EarlyCalls.EXTRA_ROUNDS;
import static org.rltune.nn.VectorTiles.PANEL;

/**
 * Products of {@code m} rows, a multiple of four, with a whole panel of B: by tiles of six rows ({@link VectorPanelTiles})
 * and of four ({@link VectorPanelFours}) for the rest.
 *
 * <p>C = S + A B as in {@link VectorTiles}, with up to {@value VectorProducts#TERMS} terms.
 */
final class VectorPanelRows {
    // As many as it takes until C2 has the tiles, of which a product of 64 rows has one at least.
    private static final EarlyCalls EARLY_FROM_ROW = new EarlyCalls(2000);
    private static final EarlyCalls EARLY_TURNED_FROM_ROW = new EarlyCalls(2000);
    private static final EarlyCalls EARLY_TURNED = new EarlyCalls(2000);

    private VectorPanelRows() {}

    /** S is one row for all; A lies in rows. */
    static void fromRow(
            int m, int k, float[] a, int aOff, float[] b, int bOff, float[] s, int sOff, float[] c, int cOff) {
        int sixes = bySixes(m);
        if (EARLY_FROM_ROW.next(k)) {
            for (int calls = sixes / 6 * EXTRA; calls > 0; calls--) {
                VectorPanelTiles.fromRow(EXTRA_ROUNDS, a, aOff, b, bOff, s, sOff, c, cOff);
            }
            for (int calls = (m - sixes) / 4 * EXTRA; calls > 0; calls--) {
                VectorPanelFours.fromRow(EXTRA_ROUNDS, a, aOff, b, bOff, s, sOff, c, cOff);
            }
        }
        int i = 0;
        for (; i < sixes; i += 6) {
            VectorPanelTiles.fromRow(k, a, aOff + i * PANEL, b, bOff, s, sOff, c, cOff + i * PANEL);
        }
        for (; i < m; i += 4) {
            VectorPanelFours.fromRow(k, a, aOff + i * PANEL, b, bOff, s, sOff, c, cOff + i * PANEL);
        }
    }

    /** Adds to C; A lies in rows. */
    static void onto(int m, int k, float[] a, int aOff, float[] b, int bOff, float[] c, int cOff) {
        int sixes = bySixes(m);
        int i = 0;
        for (; i < sixes; i += 6) {
            VectorPanelTiles.onto(k, a, aOff + i * PANEL, b, bOff, c, cOff + i * PANEL);
        }
        for (; i < m; i += 4) {
            VectorPanelFours.onto(k, a, aOff + i * PANEL, b, bOff, c, cOff + i * PANEL);
        }
    }

    /** S is one row for all; A is turned, and m six or more. Rows do not depend on each other: the last tile redoes some. */
    static void turnedFromRow(
            int m,
            int k,
            float[] a,
            int aOff,
            float[] b,
            int bOff,
            float[] s,
            int sOff,
            float[] c,
            int cOff,
            int cStride) {
        if (EARLY_TURNED_FROM_ROW.next(k)) {
            for (int calls = m / 6 * EXTRA; calls > 0; calls--) {
                VectorPanelTiles.turnedFromRow(EXTRA_ROUNDS, a, aOff, b, bOff, s, sOff, c, cOff, cStride);
            }
        }
        for (int i = 0; i < m; i = i + 6 < m ? Math.min(i + 6, m - 6) : m) {
            VectorPanelTiles.turnedFromRow(k, a, aOff + i, b, bOff, s, sOff, c, cOff + i * cStride, cStride);
        }
    }

    /** S lies as C does, or is C; A is turned. */
    static void turned(
            int m,
            int k,
            float[] a,
            int aOff,
            float[] b,
            int bOff,
            float[] s,
            int sOff,
            float[] c,
            int cOff,
            int cStride) {
        if (EARLY_TURNED.next(k)) {
            int rest = EarlyCalls.ROUNDS * PANEL;
            turned(m, EarlyCalls.ROUNDS, a, aOff, b, bOff, s, sOff, c, cOff, cStride);
            turned(m, k - EarlyCalls.ROUNDS, a, aOff + rest, b, bOff + rest, c, cOff, c, cOff, cStride);
            return;
        }
        int sixes = bySixes(m);
        int i = 0;
        for (; i < sixes; i += 6) {
            int at = i * cStride;
            VectorPanelTiles.turned(k, a, aOff + i, b, bOff, s, sOff + at, c, cOff + at, cStride);
        }
        for (; i < m; i += 4) {
            int at = i * cStride;
            VectorPanelFours.turned(k, a, aOff + i, b, bOff, s, sOff + at, c, cOff + at, cStride);
        }
    }

    /** As many of {@code m} rows, a multiple of four, by sixes as leave a multiple of four: 64 = 10 * 6 + 4. */
    static int bySixes(int m) {
        return m / 12 * 12;
    }
}
