package org.rltune.offline;

import java.util.Arrays;
import java.util.Map;
import java.util.function.Function;

/**
 * One column of a trajectory.
 *
 * @param name as RLlib calls it where it has it
 * @param type of its numbers
 * @param shape of one row; empty for one number a row
 * @param doc what it is
 * @param of the numbers of a fragment, as an array of the type
 */
record Column(String name, NpyType type, int[] shape, String doc, Function<Fragment, Object> of) {
    /** Numbers a row. */
    int width() {
        return Arrays.stream(shape).reduce(1, Math::multiplyExact);
    }

    Map<String, Object> describe() {
        return Map.of(
                "name",
                name,
                "dtype",
                type.descr(),
                "shape",
                Arrays.stream(shape).boxed().toList(),
                "what",
                doc);
    }
}
