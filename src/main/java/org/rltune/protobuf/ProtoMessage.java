package org.rltune.protobuf;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.rltune.check.Check;

/**
 * One message in the wire format of protocol buffers, built field by field.
 *
 * <p>Every method writes one field and returns this. The caller knows field numbers and types from the message's published
 * definition; values that equal a field's default are written too, which readers accept. Source: "Encoding" in the
 * documentation of protocol buffers (tag = number &lt;&lt; 3 | wire type; base-128 varints; little-endian fixed widths).
 */
public final class ProtoMessage {
    private static final int VARINT = 0;
    private static final int FIXED64 = 1;
    private static final int BYTES = 2;
    private static final int FIXED32 = 5;
    private static final int MAX_FIELD = (1 << 29) - 1;

    private byte[] bytes = new byte[64];
    private int size;

    /** Makes an empty message. */
    public ProtoMessage() {}

    /** Writes an int32, int64, uint or enum field; a negative number takes ten bytes, as the format has it. */
    public ProtoMessage integer(int field, long value) {
        tag(field, VARINT);
        varint(value);
        return this;
    }

    /** Writes a bool field. */
    public ProtoMessage bool(int field, boolean value) {
        return integer(field, value ? 1 : 0);
    }

    /** Writes a double field. */
    public ProtoMessage number(int field, double value) {
        tag(field, FIXED64);
        fixed64(Double.doubleToRawLongBits(value));
        return this;
    }

    /** Writes a float field. */
    public ProtoMessage number(int field, float value) {
        tag(field, FIXED32);
        int bits = Float.floatToRawIntBits(value);
        room(Integer.BYTES);
        for (int shift = 0; shift < Integer.SIZE; shift += Byte.SIZE) {
            bytes[size++] = (byte) (bits >>> shift);
        }
        return this;
    }

    /** Writes a string field, in UTF-8. */
    public ProtoMessage text(int field, String value) {
        return bytes(field, value.getBytes(StandardCharsets.UTF_8));
    }

    /** Writes a bytes field. */
    public ProtoMessage bytes(int field, byte[] value) {
        return bytes(field, value, value.length);
    }

    /** Writes a message field. */
    public ProtoMessage message(int field, ProtoMessage value) {
        return bytes(field, value.bytes, value.size);
    }

    /** Writes all fields of another message after those of this one. */
    public ProtoMessage append(ProtoMessage more) {
        room(more.size);
        System.arraycopy(more.bytes, 0, bytes, size, more.size);
        size += more.size;
        return this;
    }

    /** Writes a repeated double field, packed. */
    public ProtoMessage numbers(int field, double[] values) {
        ByteBuffer packed = ByteBuffer.allocate(Math.multiplyExact(values.length, Double.BYTES))
                .order(ByteOrder.LITTLE_ENDIAN);
        packed.asDoubleBuffer().put(values);
        return bytes(field, packed.array());
    }

    /** Returns what has been written so far. */
    public byte[] toByteArray() {
        return Arrays.copyOf(bytes, size);
    }

    private ProtoMessage bytes(int field, byte[] value, int length) {
        tag(field, BYTES);
        varint(length);
        room(length);
        System.arraycopy(value, 0, bytes, size, length);
        size += length;
        return this;
    }

    private void tag(int field, int wireType) {
        Check.inClosed("the number of a protobuf field", field, 1, MAX_FIELD);
        varint(((long) field << 3) | wireType);
    }

    private void varint(long value) {
        room(10);
        long rest = value;
        while ((rest & ~0x7FL) != 0) {
            bytes[size++] = (byte) ((rest & 0x7F) | 0x80);
            rest >>>= 7;
        }
        bytes[size++] = (byte) rest;
    }

    private void fixed64(long bits) {
        room(Long.BYTES);
        for (int shift = 0; shift < Long.SIZE; shift += Byte.SIZE) {
            bytes[size++] = (byte) (bits >>> shift);
        }
    }

    private void room(int more) {
        if (size + more > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, Math.addExact(size, more)));
        }
    }
}
