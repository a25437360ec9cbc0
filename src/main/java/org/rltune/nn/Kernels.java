package org.rltune.nn;

/**
 * Numerical kernels on flat {@code float[]}. Every implementation gives the same bits.
 *
 * <p>How that is possible: an element of a matrix product starts from what the output (or the row that is named) holds and adds its terms with
 * {@link Math#fma(float, float, float)} in ascending order of the summation index, so neither the number of rows, nor
 * blocking, nor the lane count changes it. Element-wise functions are those of {@link Approximations} and the IEEE
 * operations. The two reductions, {@link #sum} and {@link #sumOfSquares}, keep {@value #PARTIAL_SUMS} partial sums
 * (element {@code i}, counted from the offset, goes to partial sum {@code i % 64}, ascending) and then halve them:
 * {@code p[i] += p[i + 32]} for {@code i < 32}, then 16, 8, 4, 2, 1.
 *
 * <p>Matrices are row-major: element (i, j) of {@code a} is {@code a[aOff + i * aStride + j]}, with a stride of at least
 * the row length. The output of a product must not overlap its inputs. Element-wise operations may work in place (the
 * same array and offset for input and output); other overlaps are not allowed. To copy or fill use
 * {@link System#arraycopy} and {@link java.util.Arrays#fill(float[], int, int, float)}.
 *
 * <p>Arguments are not checked beyond the JVM's own array checks. Inputs must not be NaN: implementations may treat NaN
 * differently. Instances are safe for use by several threads at once.
 */
public interface Kernels {
    /** Partial sums of a reduction. */
    int PARTIAL_SUMS = 64;

    /** The fastest implementation that this JVM can run; see {@link KernelChoice}. */
    static Kernels best() {
        return KernelChoice.BEST;
    }

    // Matrices

    /**
     * Columns of B that products take at a time: a wider B that is used often is best kept as panels of that width, one
     * after the other, so that its rows lie close together. It changes the speed only.
     */
    int panelColumns();

    /** C[m x n] += A[m x k] B[k x n]. */
    void multiply(
            int m,
            int k,
            int n,
            float[] a,
            int aOff,
            int aStride,
            float[] b,
            int bOff,
            int bStride,
            float[] c,
            int cOff,
            int cStride);

    /** C[m x n] = r + A B: every row of C starts from the same row r of n numbers, a bias or zeros. */
    void multiplyFromRow(
            int m,
            int k,
            int n,
            float[] a,
            int aOff,
            int aStride,
            float[] b,
            int bOff,
            int bStride,
            float[] r,
            int rOff,
            float[] c,
            int cOff,
            int cStride);

    /** C[m x n] += A^T B, where A is [k x m] and B is [k x n]. */
    void multiplyTransposed(
            int m,
            int k,
            int n,
            float[] a,
            int aOff,
            int aStride,
            float[] b,
            int bOff,
            int bStride,
            float[] c,
            int cOff,
            int cStride);

    /** C[m x n] = r + A^T B, where A is [k x m] and B is [k x n], as {@link #multiplyFromRow}. */
    void multiplyTransposedFromRow(
            int m,
            int k,
            int n,
            float[] a,
            int aOff,
            int aStride,
            float[] b,
            int bOff,
            int bStride,
            float[] r,
            int rOff,
            float[] c,
            int cOff,
            int cStride);

    /** C[m x n] += A B^T, where A is [m x k] and B is [n x k]. */
    void multiplyByTransposed(
            int m,
            int k,
            int n,
            float[] a,
            int aOff,
            int aStride,
            float[] b,
            int bOff,
            int bStride,
            float[] c,
            int cOff,
            int cStride);

    /** Sums of columns, added to {@code c}: c[j] += x[0][j] + x[1][j] + ..., one row after the other. */
    void columnSums(int rows, int columns, float[] x, int xOff, int xStride, float[] c, int cOff);

    /** Sums of rows, added to {@code c}: c[i] += x[i][0] + x[i][1] + ..., one column after the other. */
    void rowSums(int rows, int columns, float[] x, int xOff, int xStride, float[] c, int cOff);

    // Reductions

    /** The sum of {@code n} elements, in the fixed order of partial sums. */
    float sum(int n, float[] x, int xOff);

    /** The sum of the squares of {@code n} elements: partial sums p = fma(x, x, p) in the fixed order. */
    float sumOfSquares(int n, float[] x, int xOff);

    // Functions of one variable: out[i] = f(x[i])

    /** out = exp(x) as {@link Approximations#exp}: saturates at |x| = 87, so it is never 0 or infinite. */
    void exp(int n, float[] x, int xOff, float[] out, int outOff);

    /** out = ln(x) as {@link Approximations#log}: below the normal numbers it stays at -87.3, and it is never infinite. */
    void log(int n, float[] x, int xOff, float[] out, int outOff);

    /** out = tanh(x) as {@link Approximations#tanh}. */
    void tanh(int n, float[] x, int xOff, float[] out, int outOff);

    /** out = x &gt; 0 ? x : 0. */
    void relu(int n, float[] x, int xOff, float[] out, int outOff);

    /** out = factor * x. */
    void scale(int n, float factor, float[] x, int xOff, float[] out, int outOff);

    /** out = fma(factor, x, shift). */
    void affine(int n, float factor, float shift, float[] x, int xOff, float[] out, int outOff);

    /** out = max(low, min(high, x)); low must not exceed high. */
    void clamp(int n, float low, float high, float[] x, int xOff, float[] out, int outOff);

    // Derivatives, in place

    /** d *= 1 - y * y, where y = tanh(x): exactly fma(-y, y, 1) * d. */
    void tanhGradient(int n, float[] y, int yOff, float[] d, int dOff);

    /**
     * {@link #tanhGradient} and {@link #columnSums} of its result in one pass, for matrices y and d that lie alike: rows are
     * {@code stride} apart, from {@code offset} on.
     */
    default void tanhGradientSums(
            int rows, int columns, float[] y, float[] d, int offset, int stride, float[] c, int cOff) {
        for (int i = 0; i < rows; i++) {
            tanhGradient(columns, y, offset + i * stride, d, offset + i * stride);
        }
        columnSums(rows, columns, d, offset, stride, c, cOff);
    }

    /** d = y &gt; 0 ? d : 0, where y = relu(x). */
    void reluGradient(int n, float[] y, int yOff, float[] d, int dOff);

    // Functions of two variables: out[i] = f(x[i], y[i])

    /** out = x + y. */
    void add(int n, float[] x, int xOff, float[] y, int yOff, float[] out, int outOff);

    /** out = x - y. */
    void subtract(int n, float[] x, int xOff, float[] y, int yOff, float[] out, int outOff);

    /** out = x * y. */
    void multiply(int n, float[] x, int xOff, float[] y, int yOff, float[] out, int outOff);

    /** out = x / y. */
    void divide(int n, float[] x, int xOff, float[] y, int yOff, float[] out, int outOff);

    /** out = min(x, y), as {@link Math#min(float, float)}. */
    void min(int n, float[] x, int xOff, float[] y, int yOff, float[] out, int outOff);

    /** out = max(x, y), as {@link Math#max(float, float)}. */
    void max(int n, float[] x, int xOff, float[] y, int yOff, float[] out, int outOff);

    /** y = fma(factor, x, y). */
    void addScaled(int n, float factor, float[] x, int xOff, float[] y, int yOff);

    /** sum = fma(x, y, sum). */
    void addProduct(int n, float[] x, int xOff, float[] y, int yOff, float[] sum, int sumOff);

    // Choices

    /** out = a &lt; b ? x : y. */
    void selectLess(
            int n,
            float[] a,
            int aOff,
            float[] b,
            int bOff,
            float[] x,
            int xOff,
            float[] y,
            int yOff,
            float[] out,
            int outOff);

    /** out = a == value ? x : y; +0 and -0 are equal. */
    void selectEqual(
            int n, float[] a, int aOff, float value, float[] x, int xOff, float[] y, int yOff, float[] out, int outOff);

    // Softmax of n columns, row by row: column a of row i stands at x[a * xStride + i]

    /** The least log-probability that {@link #softmax} gives: ratios and divergences stay finite. */
    float LOG_FLOOR = -87f;

    /**
     * The log-probability of a chosen column, and the entropy, of each row:
     * <pre>
     *   max  = x[0] max x[1] max ...            sum  = exp(x[0] - max) + exp(x[1] - max) + ...
     *   l[a] = max(LOG_FLOOR, min(0, (x[a] - max) - log(sum)))
     *   logP = l[choice], or 0 if there is no such column
     *   entropy = fma(-exp(l[a]), l[a], entropy), from 0, for a = 0, 1, ...
     * </pre>
     *
     * with exp and log of {@link Approximations}, and {@link Math#max(float, float)}.
     *
     * @param choice a column's index, as a float
     * @param temporary room for {@code 4 * rows} numbers; overwritten
     */
    void softmax(
            int rows, int n, float[] x, int xStride, float[] choice, float[] logP, float[] entropy, float[] temporary);

    /**
     * The gradient of dLogP * logP + entropyScale * entropy with respect to x, with logP and the entropy H of
     * {@link #softmax}:
     * <pre>
     *   p     = exp(l[a])
     *   dx[a] = (a = choice ? dLogP : 0) - dLogP * p
     *   dx[a] = fma(-entropyScale, p * (l[a] + H), dx[a])    unless entropyScale is 0
     * </pre>
     *
     * @param dx columns that are {@code xStride} apart, as in {@code x}
     * @param temporary room for {@code 4 * rows} numbers; overwritten
     */
    void softmaxGradient(
            int rows,
            int n,
            float[] x,
            int xStride,
            float[] choice,
            float[] dLogP,
            float entropyScale,
            float[] dx,
            float[] temporary);

    // Optimiser

    /**
     * One step of Adam on {@code n} elements at offset 0 of each array (Kingma and Ba 2015, arXiv:1412.6980, the
     * variant at the end of section 2, with the bias corrections folded into two factors).
     * <pre>
     *   m      = fma(beta1, m, ((1 - beta1) * gradientScale) * g)
     *   v      = fma(beta2, v, (((1 - beta2) * gradientScale * gradientScale) * g) * g)
     *   params = fma(-stepSize, m / fma(sqrt(v), inverseRootCorrection, epsilon), params)
     * </pre>
     *
     * @param gradientScale factor on the gradient, for clipping by norm
     * @param stepSize the learning rate divided by 1 - beta1^t
     * @param inverseRootCorrection 1 / sqrt(1 - beta2^t)
     */
    void adam(
            int n,
            float[] params,
            float[] gradient,
            float[] m,
            float[] v,
            float beta1,
            float beta2,
            float gradientScale,
            float stepSize,
            float inverseRootCorrection,
            float epsilon);
}
