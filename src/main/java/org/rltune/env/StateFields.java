package org.rltune.env;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.rltune.random.Pcg64;

/**
 * The fields of an environment or a wrapper on their way into a snapshot or out of it.
 *
 * <p>One method serves both ways, so that writing and reading cannot differ: {@code place = fields.keep(place)} writes
 * the value and returns it when a snapshot is taken, and returns the value of the snapshot when one is restored. Keep
 * every field that a step reads and an earlier step may have changed, in a fixed order. Arrays are filled in place where
 * the length is the same; else the returned one is new. Bits are kept as they are, NaN included.
 */
public final class StateFields {
    private static final int FIRST_ROOM = 128;

    private final boolean saving;
    private ByteBuffer bytes;
    private boolean supported = true;
    private int length; // of the array that was read or written last

    private StateFields(boolean saving, ByteBuffer bytes) {
        this.saving = saving;
        this.bytes = bytes;
    }

    static StateFields saving() {
        return new StateFields(true, ByteBuffer.allocate(FIRST_ROOM));
    }

    static StateFields restoring(byte[] snapshot) {
        return new StateFields(false, ByteBuffer.wrap(snapshot));
    }

    /** Whether a snapshot is being restored, for what must be computed again from the fields. */
    public boolean restoring() {
        return !saving;
    }

    /** Says that there is no snapshot, for an environment or wrapper that cannot keep its state. */
    public void unsupported() {
        supported = false;
    }

    boolean supported() {
        return supported;
    }

    /** Everything that was written. */
    byte[] written() {
        return Arrays.copyOf(bytes.array(), bytes.position());
    }

    /** Bytes that nobody has read yet. */
    int left() {
        return bytes.remaining();
    }

    /** Keeps an int. */
    public int keep(int value) {
        next('i', Integer.BYTES);
        if (saving) {
            bytes.putInt(value);
            return value;
        }
        return bytes.getInt();
    }

    /** Keeps a long. */
    public long keep(long value) {
        next('l', Long.BYTES);
        if (saving) {
            bytes.putLong(value);
            return value;
        }
        return bytes.getLong();
    }

    /** Keeps a float, bit for bit. */
    public float keep(float value) {
        next('f', Float.BYTES);
        if (saving) {
            bytes.putInt(Float.floatToRawIntBits(value));
            return value;
        }
        return Float.intBitsToFloat(bytes.getInt());
    }

    /** Keeps a double, bit for bit. */
    public double keep(double value) {
        next('d', Double.BYTES);
        if (saving) {
            bytes.putLong(Double.doubleToRawLongBits(value));
            return value;
        }
        return Double.longBitsToDouble(bytes.getLong());
    }

    /** Keeps a flag. */
    public boolean keep(boolean value) {
        next('z', 1);
        if (saving) {
            bytes.put((byte) (value ? 1 : 0));
            return value;
        }
        return bytes.get() != 0;
    }

    /** Keeps a text. */
    public String keep(String value) {
        byte[] utf8 = keep(saving ? value.getBytes(StandardCharsets.UTF_8) : new byte[0]);
        return saving ? value : new String(utf8, StandardCharsets.UTF_8);
    }

    /** Keeps bytes. */
    public byte[] keep(byte[] values) {
        byte[] into = length('b', values.length, 1) == values.length ? values : new byte[length];
        if (saving) {
            bytes.put(values);
        } else {
            bytes.get(into);
        }
        return into;
    }

    /** Keeps flags. */
    public boolean[] keep(boolean[] values) {
        boolean[] into = length('Z', values.length, 2) == values.length ? values : new boolean[length];
        for (int i = 0; i < into.length; i++) {
            into[i] = keep(into[i]);
        }
        return into;
    }

    /** Keeps ints. */
    public int[] keep(int[] values) {
        int[] into = length('I', values.length, 5) == values.length ? values : new int[length];
        for (int i = 0; i < into.length; i++) {
            into[i] = keep(into[i]);
        }
        return into;
    }

    /** Keeps longs. */
    public long[] keep(long[] values) {
        long[] into = length('L', values.length, 9) == values.length ? values : new long[length];
        for (int i = 0; i < into.length; i++) {
            into[i] = keep(into[i]);
        }
        return into;
    }

    /** Keeps floats, bit for bit. */
    public float[] keep(float[] values) {
        float[] into = length('F', values.length, 5) == values.length ? values : new float[length];
        for (int i = 0; i < into.length; i++) {
            into[i] = keep(into[i]);
        }
        return into;
    }

    /** Keeps doubles, bit for bit. */
    public double[] keep(double[] values) {
        double[] into = length('D', values.length, 9) == values.length ? values : new double[length];
        for (int i = 0; i < into.length; i++) {
            into[i] = keep(into[i]);
        }
        return into;
    }

    /** Keeps a generator of random numbers; a restored one goes on in the same object. */
    public void keep(Pcg64 random) {
        Pcg64.State now = random.state();
        long stateHigh = keep(now.stateHigh());
        long stateLow = keep(now.stateLow());
        long incHigh = keep(now.incHigh());
        long incLow = keep(now.incLow());
        boolean hasUint32 = keep(now.hasUint32());
        int uinteger = keep(now.uinteger());
        if (!saving) {
            random.restore(new Pcg64.State(stateHigh, stateLow, incHigh, incLow, hasUint32, uinteger));
        }
    }

    /** Keeps the length of an array and returns it; each element takes this many bytes. */
    private int length(char tag, int now, int elementBytes) {
        next(tag, Integer.BYTES);
        if (saving) {
            bytes.putInt(now);
            length = now;
            room(Math.multiplyExact(now, elementBytes));
        } else {
            length = bytes.getInt();
            if (length < 0 || (long) length * elementBytes > bytes.remaining()) {
                throw new BufferUnderflowException();
            }
        }
        return length;
    }

    /** Writes the tag of the next field, or requires it. */
    private void next(char tag, int size) {
        if (saving) {
            room(size + 1);
            bytes.put((byte) tag);
            return;
        }
        char found = (char) bytes.get();
        if (found != tag) {
            throw new IllegalArgumentException(
                    "it holds a field of the kind '" + found + "' where this environment keeps '" + tag + "'");
        }
    }

    private void room(int size) {
        if (bytes.remaining() < size) {
            int capacity = Math.max(Math.multiplyExact(bytes.capacity(), 2), Math.addExact(bytes.position(), size));
            bytes = ByteBuffer.wrap(Arrays.copyOf(bytes.array(), capacity)).position(bytes.position());
        }
    }
}
