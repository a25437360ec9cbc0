package org.rltune.tune.log;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads event files by another route than they are written by: the CRC bit by bit from its polynomial, and messages of any
 * kind as lists of fields.
 */
final class EventFileReader {
    /** The fields of a message: number to values (Long for varints, byte[] for the others). */
    record Message(Map<Integer, List<Object>> fields) {
        long integer(int field) {
            return fields.containsKey(field) ? (Long) last(field) : 0;
        }

        double number(int field) {
            return ByteBuffer.wrap(bytes(field)).order(ByteOrder.LITTLE_ENDIAN).getDouble();
        }

        float single(int field) {
            return ByteBuffer.wrap(bytes(field)).order(ByteOrder.LITTLE_ENDIAN).getFloat();
        }

        String text(int field) {
            return fields.containsKey(field) ? new String(bytes(field), StandardCharsets.UTF_8) : "";
        }

        byte[] bytes(int field) {
            return (byte[]) last(field);
        }

        double[] numbers(int field) {
            ByteBuffer packed = ByteBuffer.wrap(bytes(field)).order(ByteOrder.LITTLE_ENDIAN);
            double[] values = new double[packed.remaining() / Double.BYTES];
            packed.asDoubleBuffer().get(values);
            return values;
        }

        Message message(int field) {
            return parse(bytes(field));
        }

        List<Message> messages(int field) {
            return fields.getOrDefault(field, List.of()).stream()
                    .map(value -> parse((byte[]) value))
                    .toList();
        }

        boolean has(int field) {
            return fields.containsKey(field);
        }

        private Object last(int field) {
            List<Object> values = fields.get(field);
            return values.get(values.size() - 1);
        }
    }

    private EventFileReader() {}

    /** Returns all events of a file; fails if a checksum is wrong or bytes are left over. */
    static List<Message> read(Path file) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
        List<Message> events = new ArrayList<>();
        while (bytes.hasRemaining()) {
            int start = bytes.position();
            int length = Math.toIntExact(bytes.getLong());
            check(file, bytes.array(), start, 8, bytes.getInt());
            byte[] message = new byte[length];
            bytes.get(message);
            check(file, message, 0, length, bytes.getInt());
            events.add(parse(message));
        }
        return events;
    }

    private static void check(Path file, byte[] content, int from, int length, int found) {
        int crc = crc32c(Arrays.copyOfRange(content, from, from + length));
        int expected = (crc >>> 15 | crc << 17) + 0xa282ead8;
        if (expected != found) {
            throw new AssertionError(
                    file + ": checksum " + Integer.toHexString(found) + ", expected " + Integer.toHexString(expected));
        }
    }

    /** CRC-32C from its reflected polynomial, one bit after the other. */
    static int crc32c(byte[] content) {
        int crc = -1;
        for (byte b : content) {
            crc ^= b & 0xFF;
            for (int bit = 0; bit < 8; bit++) {
                crc = (crc & 1) != 0 ? crc >>> 1 ^ 0x82F63B78 : crc >>> 1;
            }
        }
        return ~crc;
    }

    static Message parse(byte[] message) {
        ByteBuffer bytes = ByteBuffer.wrap(message).order(ByteOrder.LITTLE_ENDIAN);
        Map<Integer, List<Object>> fields = new LinkedHashMap<>();
        while (bytes.hasRemaining()) {
            long tag = varint(bytes);
            Object value = switch ((int) (tag & 7)) {
                case 0 -> varint(bytes);
                case 1 -> take(bytes, 8);
                case 2 -> take(bytes, Math.toIntExact(varint(bytes)));
                case 5 -> take(bytes, 4);
                default -> throw new AssertionError("wire type " + (tag & 7));
            };
            fields.computeIfAbsent((int) (tag >>> 3), field -> new ArrayList<>())
                    .add(value);
        }
        return new Message(fields);
    }

    private static byte[] take(ByteBuffer bytes, int length) {
        byte[] taken = new byte[length];
        bytes.get(taken);
        return taken;
    }

    private static long varint(ByteBuffer bytes) {
        long value = 0;
        for (int shift = 0; ; shift += 7) {
            byte b = bytes.get();
            value |= (long) (b & 0x7F) << shift;
            if (b >= 0) {
                return value;
            }
        }
    }
}
