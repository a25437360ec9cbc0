package org.rltune.offline;

import java.lang.reflect.Array;
import java.nio.ByteBuffer;

/** A type of numbers in files, with NumPy's name; little endian. */
enum NpyType {
    /** 32-bit floats; {@code float[]}. */
    FLOAT32("<f4", 4),
    /** 64-bit floats; {@code double[]}. */
    FLOAT64("<f8", 8),
    /** 64-bit integers; {@code long[]}. */
    INT64("<i8", 8),
    /** Flags; {@code boolean[]}. */
    BOOL("|b1", 1),
    /** Bytes from 0 to 255; {@code float[]}. */
    UINT8("|u1", 1);

    private final String descr;
    private final int bytes;

    NpyType(String descr, int bytes) {
        this.descr = descr;
        this.bytes = bytes;
    }

    String descr() {
        return descr;
    }

    int bytes() {
        return bytes;
    }

    static NpyType parse(String descr, String source) {
        for (NpyType type : values()) {
            if (type.descr.equals(descr)) {
                return type;
            }
        }
        throw new IllegalArgumentException(source + ": has numbers of the type " + descr
                + ", but this rltune reads <f4, <f8, <i8, |b1 and |u1. Convert it.");
    }

    /** An array for so many numbers. */
    Object array(int length) {
        return switch (this) {
            case FLOAT32, UINT8 -> new float[length];
            case FLOAT64 -> new double[length];
            case INT64 -> new long[length];
            case BOOL -> new boolean[length];
        };
    }

    static int length(Object array) {
        return Array.getLength(array);
    }

    /** Appends all numbers of an array. */
    void put(Object array, ByteBuffer out) {
        switch (this) {
            case FLOAT32 -> {
                for (float x : (float[]) array) {
                    out.putFloat(x);
                }
            }
            case UINT8 -> {
                for (float x : (float[]) array) {
                    out.put((byte) (int) x);
                }
            }
            case FLOAT64 -> {
                for (double x : (double[]) array) {
                    out.putDouble(x);
                }
            }
            case INT64 -> {
                for (long x : (long[]) array) {
                    out.putLong(x);
                }
            }
            case BOOL -> {
                for (boolean x : (boolean[]) array) {
                    out.put((byte) (x ? 1 : 0));
                }
            }
        }
    }

    /** Reads so many numbers. */
    Object get(ByteBuffer in, int length) {
        Object array = array(length);
        for (int i = 0; i < length; i++) {
            switch (this) {
                case FLOAT32 -> ((float[]) array)[i] = in.getFloat();
                case UINT8 -> ((float[]) array)[i] = in.get() & 0xff;
                case FLOAT64 -> ((double[]) array)[i] = in.getDouble();
                case INT64 -> ((long[]) array)[i] = in.getLong();
                case BOOL -> ((boolean[]) array)[i] = in.get() != 0;
            }
        }
        return array;
    }
}
