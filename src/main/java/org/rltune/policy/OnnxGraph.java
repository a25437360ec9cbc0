package org.rltune.policy;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.rltune.protobuf.ProtoMessage;

/**
 * A graph of ONNX operators under construction: each method adds one node and returns the name of its output.
 *
 * <p>Field numbers are those of {@code onnx.proto3} (ONNX 1.8: IR version 7, operator set 13), which every later runtime
 * reads. All values are matrices (batch, columns) unless said otherwise; constants are rows that are broadcast.
 */
final class OnnxGraph {
    private static final int IR_VERSION = 7;
    private static final int OPERATOR_SET = 13;
    private static final int ATTRIBUTE_FLOAT = 1;
    private static final int ATTRIBUTE_INT = 2;

    /** The types of elements that are used. */
    enum Type {
        FLOAT(1, Float.BYTES),
        INT64(7, Long.BYTES),
        BOOL(9, 1),
        DOUBLE(11, Double.BYTES);

        private final int code;
        private final int bytes;

        Type(int code, int bytes) {
            this.code = code;
            this.bytes = bytes;
        }
    }

    private final ProtoMessage graph = new ProtoMessage();
    private int names;

    /** Declares an input or output of that many columns. */
    private static ProtoMessage value(String name, Type type, int columns) {
        ProtoMessage shape = new ProtoMessage()
                .message(1, new ProtoMessage().text(2, "batch"))
                .message(1, new ProtoMessage().integer(1, columns));
        ProtoMessage tensor = new ProtoMessage().integer(1, type.code).message(2, shape);
        return new ProtoMessage().text(1, name).message(2, new ProtoMessage().message(1, tensor));
    }

    String input(String name, int columns) {
        graph.message(11, value(name, Type.FLOAT, columns));
        return name;
    }

    /** Gives a value its name as an output of the graph. */
    void output(String name, Type type, int columns, String value) {
        node("Identity", name, new ProtoMessage(), value);
        graph.message(12, value(name, type, columns));
    }

    private String next(String what) {
        return what + "_" + names++;
    }

    private String node(String operator, String output, ProtoMessage attributes, String... inputs) {
        ProtoMessage node = new ProtoMessage();
        for (String input : inputs) {
            node.text(1, input);
        }
        node.text(2, output).text(3, output).text(4, operator);
        graph.message(1, node.append(attributes));
        return output;
    }

    String apply(String operator, String... inputs) {
        return node(operator, next(operator), new ProtoMessage(), inputs);
    }

    private static ProtoMessage attribute(String name, long value) {
        return new ProtoMessage()
                .message(5, new ProtoMessage().text(1, name).integer(3, value).integer(20, ATTRIBUTE_INT));
    }

    String cast(String value, Type type) {
        return node("Cast", next("Cast"), attribute("to", type.code), value);
    }

    /** x W + b, with W as (inputs, outputs), or as (outputs, inputs) if it is transposed. */
    String affine(String x, String weights, String biases, boolean transposed) {
        ProtoMessage attributes = attribute("transB", transposed ? 1 : 0)
                .message(5, new ProtoMessage().text(1, "alpha").number(2, 1f).integer(20, ATTRIBUTE_FLOAT));
        return node("Gemm", next("Gemm"), attributes, x, weights, biases);
    }

    /** The index of the largest column, the first of equals; (batch, 1) of int64. */
    String argMax(String value) {
        return node("ArgMax", next("ArgMax"), attribute("axis", 1).append(attribute("keepdims", 1)), value);
    }

    /** The columns with these numbers. */
    String columns(String value, int... columns) {
        long[] indices = new long[columns.length];
        for (int j = 0; j < columns.length; j++) {
            indices[j] = columns[j];
        }
        return node("Gather", next("Gather"), attribute("axis", 1), value, constant(indices));
    }

    String concatenate(String... values) {
        return values.length == 1 ? values[0] : node("Concat", next("Concat"), attribute("axis", 1), values);
    }

    String clamp(String value, float[] low, float[] high) {
        return apply("Min", apply("Max", value, constant(low)), constant(high));
    }

    /** A matrix (rows, columns) out of a longer array. */
    String matrix(float[] numbers, int offset, int rows, int columns) {
        ByteBuffer raw = buffer(rows * columns, Type.FLOAT);
        raw.asFloatBuffer().put(numbers, offset, rows * columns);
        return tensor(Type.FLOAT, raw, rows, columns);
    }

    String constant(float... row) {
        ByteBuffer raw = buffer(row.length, Type.FLOAT);
        raw.asFloatBuffer().put(row);
        return tensor(Type.FLOAT, raw, row.length);
    }

    String constant(double... row) {
        ByteBuffer raw = buffer(row.length, Type.DOUBLE);
        raw.asDoubleBuffer().put(row);
        return tensor(Type.DOUBLE, raw, row.length);
    }

    String constant(long... row) {
        ByteBuffer raw = buffer(row.length, Type.INT64);
        raw.asLongBuffer().put(row);
        return tensor(Type.INT64, raw, row.length);
    }

    private static ByteBuffer buffer(int count, Type type) {
        return ByteBuffer.allocate(Math.multiplyExact(count, type.bytes)).order(ByteOrder.LITTLE_ENDIAN);
    }

    private String tensor(Type type, ByteBuffer raw, int... dimensions) {
        ProtoMessage tensor = new ProtoMessage();
        for (int dimension : dimensions) {
            tensor.integer(1, dimension);
        }
        String name = next("constant");
        graph.message(5, tensor.integer(2, type.code).text(8, name).bytes(9, raw.array()));
        return name;
    }

    /** The whole model file. */
    byte[] toBytes() {
        return new ProtoMessage()
                .integer(1, IR_VERSION)
                .text(2, "rltune")
                .message(7, graph.text(2, "policy"))
                .message(8, new ProtoMessage().text(1, "").integer(2, OPERATOR_SET))
                .toByteArray();
    }
}
