package org.rltune.nn;

import java.util.ArrayList;
import java.util.List;

/** Gives each weight and bias its place in the flat parameters, one after the other. */
final class ParameterLayout {
    private final List<ParameterSegment> segments = new ArrayList<>();
    private int size;

    /** Appends a matrix and returns its offset. */
    int add(String name, int rows, int columns) {
        ParameterSegment segment = new ParameterSegment(name, size, rows, columns);
        segments.add(segment);
        size = Math.addExact(size, Math.multiplyExact(rows, columns));
        return segment.offset();
    }

    int size() {
        return size;
    }

    List<ParameterSegment> segments() {
        return List.copyOf(segments);
    }
}
