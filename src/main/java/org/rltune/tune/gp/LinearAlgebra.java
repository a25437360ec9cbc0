package org.rltune.tune.gp;

import java.util.Arrays;
import org.nd4j.linalg.api.blas.BlasException;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Products and inverses of matrices by ND4J. A matrix is a {@code double[]}, row by row.
 *
 * <p>Every call copies its arguments into ND4J's memory and the result back, which costs about 50 microseconds, so a call
 * pays where it does the work of thousands of operations. ND4J counts columns first, so what is handed to it is the
 * transpose.
 */
final class LinearAlgebra {
    private static final char COLUMNS_FIRST = 'f';

    /** CBLAS's code for a triangle with a diagonal of its own. ND4J hands it on as it is, not as the letter N. */
    private static final char NON_UNIT = 131;

    static {
        // For the whole process, since switching back and forth takes a millisecond. Several threads do not pay for
        // matrices
        // of this size (60 x 60, two busy cores: trsm takes 0.6 ms, 0.15 with one thread), and they change the last
        // bits.
        Nd4j.factory().blas().setMaxThreads(1);
    }

    private LinearAlgebra() {}

    /**
     * The inverse of a symmetric positive definite matrix.
     *
     * @param inverse the inverse, n x n
     * @param logDeterminant the logarithm of the determinant of the matrix itself
     */
    record Inverse(double[] inverse, double logDeterminant) {}

    /**
     * Inverts a symmetric positive definite matrix by its Cholesky factor: A = L L', inverse(A) = inverse(L)' inverse(L).
     *
     * <p>LAPACK's {@code potrf} and BLAS's {@code trsm} and {@code gemm}: of ND4J's own operations {@code cholesky} refuses
     * matrices whose determinant is small, and {@code triangular_solve} takes 8 ms where {@code trsm} takes 0.05 (n = 60).
     *
     * @param matrix n x n; only one triangle is read
     * @throws ArithmeticException if it is not positive definite
     */
    static Inverse invert(double[] matrix, int n) {
        try (INDArray factor = matrix(matrix, n, n);
                INDArray inverseFactor = matrix(identity(n), n, n)) {
            Nd4j.getBlasWrapper().lapack().potrf(factor, true);
            double[] cholesky = factor.data().asDouble();
            double logDeterminant = 0;
            for (int i = 0; i < n; i++) {
                logDeterminant += 2 * StrictMath.log(cholesky[i * n + i]);
            }
            Nd4j.getBlasWrapper().level3().trsm(COLUMNS_FIRST, 'L', 'L', 'N', NON_UNIT, 1, factor, inverseFactor);
            try (INDArray inverse = Nd4j.gemm(inverseFactor, inverseFactor, true, false)) {
                return new Inverse(values(inverse, n * n), logDeterminant);
            }
        } catch (BlasException e) {
            throw new ArithmeticException("The " + n + " x " + n + " matrix is not positive definite (LAPACK: "
                    + e.getMessage() + "). Add more to its diagonal.");
        }
    }

    /**
     * Multiplies two matrices.
     *
     * @param a {@code rows x inner}
     * @param b {@code inner x columns}
     * @return {@code rows x columns}
     */
    static double[] multiply(double[] a, double[] b, int rows, int inner, int columns) {
        // (A B)' = B' A', and what lies row by row is the transpose for ND4J.
        try (INDArray left = matrix(b, columns, inner);
                INDArray right = matrix(a, inner, rows);
                INDArray product = Nd4j.gemm(left, right, false, false)) {
            return values(product, rows * columns);
        }
    }

    private static INDArray matrix(double[] values, int rows, int columns) {
        return Nd4j.create(values, new int[] {rows, columns}, COLUMNS_FIRST);
    }

    private static double[] identity(int n) {
        double[] identity = new double[n * n];
        for (int i = 0; i < n; i++) {
            identity[i * n + i] = 1;
        }
        return identity;
    }

    private static double[] values(INDArray array, int length) {
        if (array.ordering() != COLUMNS_FIRST || array.offset() != 0) {
            throw new IllegalStateException("ND4J gave a matrix in the order " + array.ordering() + " at offset "
                    + array.offset() + ", but columns first at 0 is expected. Use the version that the POM names.");
        }
        double[] values = array.data().asDouble();
        return values.length == length ? values : Arrays.copyOf(values, length);
    }
}
