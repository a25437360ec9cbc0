package org.rltune.offline;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * One array in NumPy's format (numpy.lib.format, versions 1.0 and 2.0): the last index runs fastest.
 *
 * @param type of the numbers
 * @param shape of the array
 * @param values all numbers, in an array of the type
 */
record NpyFile(NpyType type, int[] shape, Object values) {
    private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};
    private static final int ALIGNMENT = 64;
    private static final int LENGTH_AT = 8;
    private static final Pattern HEADER = Pattern.compile(
            "\\{\\s*'descr':\\s*'([^']*)',\\s*'fortran_order':\\s*(True|False),\\s*'shape':\\s*\\(([0-9, ]*)\\),?\\s*\\}\\s*");

    /** The bytes of a file of version 1.0 with the numbers of several arrays one after the other. */
    static byte[] write(NpyType type, int[] shape, List<Object> parts) {
        String text = "{'descr': '" + type.descr() + "', 'fortran_order': False, 'shape': (" + words(shape) + "), }";
        int before = MAGIC.length + 2 + 2;
        int padded = (before + text.length() + 1 + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
        String header = text + " ".repeat(padded - before - text.length() - 1) + "\n";
        int numbers = parts.stream().mapToInt(NpyType::length).sum();
        ByteBuffer out = ByteBuffer.allocate(Math.addExact(padded, Math.multiplyExact(numbers, type.bytes())))
                .order(ByteOrder.LITTLE_ENDIAN);
        out.put(MAGIC).put((byte) 1).put((byte) 0).putShort((short) header.length());
        out.put(header.getBytes(StandardCharsets.ISO_8859_1));
        parts.forEach(part -> type.put(part, out));
        return out.array();
    }

    /** A tuple of one number ends with a comma in Python. */
    private static String words(int[] shape) {
        String joined = Arrays.stream(shape).mapToObj(Integer::toString).collect(Collectors.joining(", "));
        return shape.length == 1 ? joined + "," : joined;
    }

    /**
     * Reads a file.
     *
     * @param source names it in errors
     * @throws IllegalArgumentException if it is none, is cut off or too long, or has what cannot be read
     */
    static NpyFile read(byte[] content, String source) {
        ByteBuffer in = ByteBuffer.wrap(content).order(ByteOrder.LITTLE_ENDIAN);
        if (content.length < LENGTH_AT + Integer.BYTES || !Arrays.equals(MAGIC, Arrays.copyOf(content, MAGIC.length))) {
            throw damaged(source, "it does not begin as a file of NumPy's format");
        }
        int major = content[MAGIC.length];
        if (major != 1 && major != 2) {
            throw damaged(source, "it has version " + major + " of the format, but 1 and 2 are known here");
        }
        in.position(LENGTH_AT);
        long length = major == 1 ? in.getShort() & 0xffff : in.getInt() & 0xffffffffL;
        if (length > in.remaining()) {
            throw damaged(source, "its header is cut off");
        }
        byte[] header = new byte[(int) length];
        in.get(header);
        String text = new String(header, StandardCharsets.ISO_8859_1);
        Matcher matcher = HEADER.matcher(text);
        if (!matcher.matches() || matcher.group(2).equals("True")) {
            throw damaged(
                    source, "its header is " + text.strip() + ", but must have descr, fortran_order False, shape");
        }
        NpyType type = NpyType.parse(matcher.group(1), source);
        int[] shape = shape(matcher.group(3), source);
        long numbers = 1;
        for (int n : shape) {
            numbers = n == 0 ? 0 : Math.min(numbers * n, Integer.MAX_VALUE);
        }
        if (numbers * type.bytes() != in.remaining()) {
            throw damaged(
                    source,
                    "its shape " + Arrays.toString(shape) + " needs " + numbers * type.bytes() + " bytes, but it has "
                            + in.remaining());
        }
        return new NpyFile(type, shape, type.get(in, (int) numbers));
    }

    private static int[] shape(String words, String source) {
        List<Integer> shape = new ArrayList<>();
        for (String word : words.split(",", -1)) {
            if (!word.isBlank()) {
                String digits = word.strip();
                if (!digits.matches("[0-9]{1,9}")) {
                    throw damaged(source, "its shape is (" + words + ")");
                }
                shape.add(Integer.parseInt(digits));
            }
        }
        return shape.stream().mapToInt(Integer::intValue).toArray();
    }

    private static IllegalArgumentException damaged(String source, String what) {
        return new IllegalArgumentException(
                source + ": " + what + "; the file is damaged or of another kind. Take another.");
    }

    /** Numbers from row {@code from} to {@code to - 1}, as an array of the type. */
    Object rows(int from, int to) {
        int width = shape[0] == 0 ? 0 : NpyType.length(values) / shape[0];
        Object part = type.array((to - from) * width);
        System.arraycopy(values, from * width, part, 0, (to - from) * width);
        return part;
    }
}
