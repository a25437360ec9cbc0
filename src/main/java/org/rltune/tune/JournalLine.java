package org.rltune.tune;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;
import org.rltune.json.Json;
import org.rltune.json.JsonException;

/**
 * One line of a journal: a JSON object that begins with {@code "crc32c"}, eight hexadecimal digits, and {@code "seq"}, the
 * number of the line from 0. The checksum is the CRC-32C (RFC 3720) of all bytes of the line that follow the comma after it,
 * without the line feed.
 */
final class JournalLine {
    private static final byte[] START = ascii("{\"crc32c\":\"");
    private static final int DIGITS = 8;
    private static final byte[] AFTER_DIGITS = ascii("\",");
    private static final int CHECKED_FROM = START.length + DIGITS + AFTER_DIGITS.length;

    private JournalLine() {}

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    /**
     * Returns a line, with its line feed.
     *
     * @param object a JSON object and a line feed, as {@link Json#writeLine} makes them; not empty
     */
    static byte[] of(long seq, byte[] object) {
        byte[] number = ascii("\"seq\":" + seq + ",");
        byte[] line = new byte[CHECKED_FROM + number.length + object.length - 1];
        System.arraycopy(START, 0, line, 0, START.length);
        System.arraycopy(AFTER_DIGITS, 0, line, START.length + DIGITS, AFTER_DIGITS.length);
        System.arraycopy(number, 0, line, CHECKED_FROM, number.length);
        // The opening brace of the object is the one at the start of the line.
        System.arraycopy(object, 1, line, CHECKED_FROM + number.length, object.length - 1);
        byte[] digits = digits(line, line.length - 1);
        System.arraycopy(digits, 0, line, START.length, DIGITS);
        return line;
    }

    private static byte[] digits(byte[] line, int end) {
        CRC32C crc = new CRC32C();
        crc.update(line, CHECKED_FROM, end - CHECKED_FROM);
        byte[] digits = new byte[DIGITS];
        long value = crc.getValue();
        for (int i = DIGITS - 1; i >= 0; i--) {
            digits[i] = (byte) Character.forDigit((int) (value & 0xf), 16);
            value >>>= 4;
        }
        return digits;
    }

    /** Returns what a line says, or null if it is damaged. The line comes without its line feed. */
    static @Nullable Map<String, @Nullable Object> read(long seq, byte[] line) {
        if (line.length <= CHECKED_FROM) {
            return null;
        }
        byte[] digits = digits(line, line.length);
        for (int i = 0; i < CHECKED_FROM; i++) {
            int wanted = i < START.length
                    ? START[i]
                    : i < START.length + DIGITS ? digits[i - START.length] : AFTER_DIGITS[i - START.length - DIGITS];
            if (line[i] != wanted) {
                return null;
            }
        }
        String where = String.format(Locale.ROOT, "%s, seq %d", Journal.NAME, seq);
        try {
            Map<String, @Nullable Object> object =
                    Json.asObject(Json.parse(new String(line, StandardCharsets.UTF_8), where), where);
            return Long.valueOf(seq).equals(object.get("seq")) ? object : null;
        } catch (JsonException e) {
            return null;
        }
    }
}
