package org.rltune.nn;

import org.rltune.random.Pcg64;

/**
 * Orthogonal initialisation (Saxe et al. 2014, arXiv:1312.6120), as {@code torch.nn.init.orthogonal_} does it: the Q of
 * a QR decomposition of a matrix of standard normals, with the signs that make the diagonal of R positive. The shorter
 * dimension gets orthonormal vectors, times the gain.
 */
public final class Orthogonal {
    private Orthogonal() {}

    /**
     * Fills a matrix of {@code rows} rows in {@code out}, row-major from {@code offset}. The normals are drawn vector by
     * vector; the arithmetic is in double, in a fixed order.
     */
    public static void fill(float[] out, int offset, int rows, int columns, double gain, Pcg64 random) {
        boolean wide = columns >= rows;
        double[][] q = vectors(Math.min(rows, columns), Math.max(rows, columns), random);
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < columns; j++) {
                out[offset + i * columns + j] = (float) (gain * (wide ? q[i][j] : q[j][i]));
            }
        }
    }

    /** Gram-Schmidt, each projection done twice, which is enough for full precision (Giraud et al. 2005). */
    private static double[][] vectors(int count, int length, Pcg64 random) {
        double[][] q = new double[count][length];
        for (int i = 0; i < count; i++) {
            for (int j = 0; j < length; j++) {
                q[i][j] = random.standardNormal();
            }
        }
        for (int i = 0; i < count; i++) {
            for (int pass = 0; pass < 2; pass++) {
                for (int h = 0; h < i; h++) {
                    double projection = dot(q[i], q[h]);
                    for (int j = 0; j < length; j++) {
                        q[i][j] -= projection * q[h][j];
                    }
                }
            }
            double norm = Math.sqrt(dot(q[i], q[i]));
            for (int j = 0; j < length; j++) {
                q[i][j] /= norm;
            }
        }
        return q;
    }

    private static double dot(double[] x, double[] y) {
        double sum = 0;
        for (int i = 0; i < x.length; i++) {
            sum += x[i] * y[i];
        }
        return sum;
    }
}
