package org.rltune.space;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;
import org.rltune.check.Check;
import org.rltune.json.Json;

/** Shapes of arrays: the lengths of the dimensions; the last index runs fastest. */
final class Shapes {
    private Shapes() {}

    /** The number of elements: the product of the lengths, each of which is at least 1. */
    static int size(int[] shape) {
        long size = 1;
        for (int i = 0; i < shape.length; i++) {
            size *= Check.positive("shape[" + i + "]", shape[i]);
            Check.atMost("The number of elements", size, Integer.MAX_VALUE);
        }
        return (int) size;
    }

    /** The shape, or that of a vector where none was given. */
    static int[] orVector(int[] shape, int length) {
        return shape.length == 0 ? new int[] {length} : shape.clone();
    }

    /** Requires as many elements as the shape has. */
    static void requireSize(String what, int length, int[] shape) {
        if (size(shape) != length) {
            throw new IllegalArgumentException("The shape " + BoxText.shape(shape) + " has " + size(shape)
                    + " elements, but " + what + " " + length + ". Make their product equal.");
        }
    }

    /** Why an array of this length is no value of the shape. */
    static String wrongLength(int length, int size, int[] shape) {
        return "the length is " + length + ", but a value of " + BoxText.shape(shape) + " has " + size + " elements";
    }

    /** Requires as many lower as upper bounds, and as many as the shape has elements. */
    static void requireBounds(int low, int high, int[] shape) {
        if (low != high) {
            throw new IllegalArgumentException("low has " + low + " elements and high has " + high
                    + ", but both must have the same length. Give each element two bounds.");
        }
        requireSize("the bounds have", low, shape);
    }

    static List<Object> toJson(int[] shape) {
        List<Object> dims = new ArrayList<>();
        for (int dim : shape) {
            dims.add((long) dim);
        }
        return dims;
    }

    static int[] fromJson(@Nullable Object json, String name) {
        List<@Nullable Object> list = Json.asList(json, name);
        int[] shape = new int[list.size()];
        for (int i = 0; i < shape.length; i++) {
            shape[i] = Json.asInt(list.get(i), name + "[" + i + "]");
        }
        return shape;
    }

    /** The elements as lists inside lists, one level for each dimension; for no dimension the element itself. */
    static Object nest(int[] shape, IntFunction<Object> element) {
        return nest(shape, 0, new int[1], element);
    }

    private static Object nest(int[] shape, int level, int[] next, IntFunction<Object> element) {
        if (level == shape.length) {
            return element.apply(next[0]++);
        }
        List<Object> list = new ArrayList<>();
        for (int i = 0; i < shape[level]; i++) {
            list.add(nest(shape, level + 1, next, element));
        }
        return list;
    }

    /** What is done with an element of nested lists. */
    interface Element {
        void at(int index, @Nullable Object value);
    }

    /** Visits the elements of nested lists that {@link #nest} made, in order. */
    static void visit(@Nullable Object nested, int[] shape, String name, Element element) {
        visit(nested, shape, 0, name, new int[1], element);
    }

    private static void visit(
            @Nullable Object nested, int[] shape, int level, String name, int[] next, Element element) {
        if (level == shape.length) {
            element.at(next[0]++, nested);
            return;
        }
        List<@Nullable Object> list = Json.asList(nested, name);
        if (list.size() != shape[level]) {
            throw new IllegalArgumentException(name + " has " + list.size() + " elements, but the shape "
                    + BoxText.shape(shape) + " has " + shape[level] + " there. Write a value of that shape.");
        }
        for (int i = 0; i < list.size(); i++) {
            visit(list.get(i), shape, level + 1, name + "[" + i + "]", next, element);
        }
    }
}
