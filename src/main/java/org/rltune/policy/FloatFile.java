package org.rltune.policy;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * The binary form of number arrays in checkpoints: the four bytes {@code RLT1}, the count as a 32-bit integer, then the
 * numbers as 32-bit IEEE floats, all little-endian.
 */
public final class FloatFile {
    private static final int MAGIC = 'R' | 'L' << 8 | 'T' << 16 | '1' << 24;
    private static final int HEADER = 8;

    private FloatFile() {}

    /** Returns the file content for the numbers. */
    public static byte[] encode(float[] numbers) {
        ByteBuffer buffer =
                ByteBuffer.allocate(HEADER + Float.BYTES * numbers.length).order(ByteOrder.LITTLE_ENDIAN);
        buffer.putInt(MAGIC).putInt(numbers.length);
        buffer.asFloatBuffer().put(numbers);
        return buffer.array();
    }

    /**
     * Returns the numbers in a file.
     *
     * @param name the file's name, for errors
     * @param expected how many numbers it must hold, or -1 for any count
     * @throws IllegalArgumentException if the file is not of this form, or its count is not the expected one
     */
    public static float[] decode(String name, byte[] content, int expected) {
        ByteBuffer buffer = ByteBuffer.wrap(content).order(ByteOrder.LITTLE_ENDIAN);
        if (content.length < HEADER || buffer.getInt() != MAGIC) {
            throw damaged(name, content.length + " bytes do not begin with RLT1");
        }
        int count = buffer.getInt();
        if (count < 0 || (long) count * Float.BYTES != content.length - HEADER) {
            throw damaged(name, "announces " + count + " numbers, but is " + content.length + " bytes long");
        }
        if (expected >= 0 && count != expected) {
            throw new IllegalArgumentException(name + ": holds " + count + " numbers, but " + expected
                    + " are needed; it belongs to another network. Take a checkpoint of this one.");
        }
        float[] numbers = new float[count];
        buffer.asFloatBuffer().get(numbers);
        return numbers;
    }

    /**
     * Returns as {@link #decode} numbers that must be finite: no network that works has others.
     *
     * @throws IllegalArgumentException as {@link #decode}, or naming the first number that is not finite
     */
    public static float[] decodeFinite(String name, byte[] content, int expected) {
        float[] numbers = decode(name, content, expected);
        for (int i = 0; i < numbers.length; i++) {
            if (!Float.isFinite(numbers[i])) {
                throw damaged(name, "number " + i + " is " + numbers[i] + ", which is not finite");
            }
        }
        return numbers;
    }

    private static IllegalArgumentException damaged(String name, String what) {
        return new IllegalArgumentException(name + ": " + what
                + "; the file is damaged or not from a checkpoint of rltune. Take another checkpoint.");
    }
}
