package org.rltune.env;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of a snapshot: a mark, the version of this format, the class, the fields, and the CRC-32 of all that.
 * Nothing of an environment changes before mark, version, checksum and class have been found right.
 */
final class Snapshots {
    private static final int MARK = 0x726c7453; // "rltS"
    private static final int VERSION = 1;
    private static final int CHECKSUM = Integer.BYTES;

    private Snapshots() {}

    /** The snapshot of an environment or a wrapper that keeps these fields; empty where they say so. */
    static Optional<byte[]> save(Object owner, Consumer<StateFields> state) {
        StateFields fields = StateFields.saving();
        fields.keep(MARK);
        fields.keep(VERSION);
        fields.keep(owner.getClass().getName());
        state.accept(fields);
        if (!fields.supported()) {
            return Optional.empty();
        }
        byte[] body = fields.written();
        ByteBuffer sealed = ByteBuffer.allocate(body.length + CHECKSUM);
        return Optional.of(sealed.put(body).putInt(checksum(body, body.length)).array());
    }

    /** Gives the fields of a snapshot back. */
    static void restore(Object owner, byte[] snapshot, Consumer<StateFields> state) {
        String name = owner.getClass().getName();
        int end = snapshot.length - CHECKSUM;
        if (end < 1 || ByteBuffer.wrap(snapshot).getInt(end) != checksum(snapshot, end)) {
            throw bad(name, "it is damaged, or never was one (" + snapshot.length + " bytes, wrong checksum)", null);
        }
        StateFields fields = StateFields.restoring(Arrays.copyOf(snapshot, end));
        try {
            if (fields.keep(0) != MARK) {
                throw bad(name, "its first bytes are not the mark of a snapshot", null);
            }
            int version = fields.keep(0);
            if (version != VERSION) {
                throw bad(name, "its format has the version " + version + ", but " + VERSION + " is known here", null);
            }
            String saved = fields.keep("");
            if (!saved.equals(name)) {
                throw bad(name, "it was taken from a " + saved, null);
            }
        } catch (BufferUnderflowException e) {
            throw bad(name, "it ends too early", e);
        }
        try {
            state.accept(fields);
        } catch (BufferUnderflowException e) {
            throw bad(name, "it ends too early: the class kept other fields then. Call reset now", e);
        }
        if (fields.left() != 0) {
            throw bad(
                    name,
                    fields.left() + " bytes are left over: the class kept other fields then. Call reset now",
                    null);
        }
    }

    private static int checksum(byte[] bytes, int end) {
        CRC32 crc = new CRC32();
        crc.update(bytes, 0, end);
        return (int) crc.getValue();
    }

    private static IllegalArgumentException bad(String name, String why, @Nullable Throwable cause) {
        return new IllegalArgumentException(
                "This is no snapshot of a " + name + ": " + why
                        + ". Pass what snapshot() of an environment made alike returned",
                cause);
    }
}
