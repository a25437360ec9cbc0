package org.rltune.env.wrapper;

/**
 * A function of one observation or action in its flat form: a row of the arrays of a {@link org.rltune.env.VectorEnv}.
 * It keeps no state that a later row depends on, and allocates nothing.
 */
@FunctionalInterface
public interface RowFunction {
    /**
     * Reads the row that begins at {@code from[at]} and writes the one that begins at {@code into[to]}; the two arrays
     * are not the same.
     */
    void apply(float[] from, int at, float[] into, int to);

    /** Passes so many elements on as they are. */
    static RowFunction copy(int size) {
        return (from, at, into, to) -> System.arraycopy(from, at, into, to, size);
    }
}
