package org.rltune.nn;

/**
 * A named part of a network's flat parameters: a row-major matrix, or a vector as a matrix of one row.
 *
 * @param name such as "policy.hidden.0.weight"
 * @param offset index of the first element
 * @param rows number of rows
 * @param columns number of columns
 */
public record ParameterSegment(String name, int offset, int rows, int columns) {
    /** Number of elements. */
    public int size() {
        return rows * columns;
    }
}
