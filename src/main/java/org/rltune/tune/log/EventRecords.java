package org.rltune.tune.log;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32C;
import org.rltune.protobuf.ProtoMessage;

/**
 * The framing of TensorBoard's event files (TFRecord): length (64 bits), masked CRC of the length (32 bits), the message,
 * masked CRC of the message (32 bits), all little-endian.
 *
 * <p>The CRC is CRC-32C (Castagnoli); masked means rotated right by 15 bits and increased by {@code 0xa282ead8}, as
 * TensorFlow's documentation of the format says.
 */
final class EventRecords {
    private static final int MASK_DELTA = 0xa282ead8;
    private static final int ROTATION = 15;

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    /** Adds one event. */
    EventRecords add(ProtoMessage event) {
        byte[] message = event.toByteArray();
        byte[] length = little(Long.BYTES).putLong(message.length).array();
        bytes.writeBytes(length);
        bytes.writeBytes(little(Integer.BYTES).putInt(maskedCrc(length)).array());
        bytes.writeBytes(message);
        bytes.writeBytes(little(Integer.BYTES).putInt(maskedCrc(message)).array());
        return this;
    }

    byte[] toByteArray() {
        return bytes.toByteArray();
    }

    private static ByteBuffer little(int size) {
        return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
    }

    private static int maskedCrc(byte[] content) {
        CRC32C crc = new CRC32C();
        crc.update(content);
        return Integer.rotateRight((int) crc.getValue(), ROTATION) + MASK_DELTA;
    }
}
