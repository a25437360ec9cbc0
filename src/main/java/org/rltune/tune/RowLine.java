package org.rltune.tune;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.rltune.json.Json;

/**
 * A row as a line of JSON. The journal and {@code result.json} hold the same bytes, which are made once: that is a quarter of
 * what a row costs (TunerBench).
 */
public final class RowLine {
    private static final byte[] BEFORE_TRIAL = ascii("{\"kind\":\"" + JournalRecords.ROW + "\",\"trial\":\"");
    private static final byte[] BEFORE_ROW = ascii("\",\"row\":");
    private static final byte[] BEFORE_LAST_ROW = ascii("\",\"last\":true,\"row\":");
    private static final byte[] AFTER_ROW = ascii("}\n");

    private RowLine() {}

    /** Returns a row as one line, with its line feed, in UTF-8. Whoever gets it must not change it. */
    public static byte[] of(Map<String, Object> row) {
        byte[] line = row instanceof Row made ? made.line() : null;
        return line == null ? Json.writeLine(row) : line;
    }

    /** Makes the line and keeps it with the row until {@link #forget}. */
    static byte[] keep(Row row) {
        byte[] line = Json.writeLine(row);
        row.keepLine(line);
        return line;
    }

    static void forget(Row row) {
        row.keepLine(null);
    }

    /** Returns the record of the journal that holds a row ({@link JournalRecords} says what is in it). */
    static byte[] record(Trial trial, byte[] row, boolean last) {
        byte[] id = ascii(trial.id());
        byte[] before = last ? BEFORE_LAST_ROW : BEFORE_ROW;
        int rowLength = row.length - 1; // without its line feed
        byte[] record = new byte[BEFORE_TRIAL.length + id.length + before.length + rowLength + AFTER_ROW.length];
        int at = put(BEFORE_TRIAL, BEFORE_TRIAL.length, record, 0);
        at = put(id, id.length, record, at);
        at = put(before, before.length, record, at);
        at = put(row, rowLength, record, at);
        put(AFTER_ROW, AFTER_ROW.length, record, at);
        return record;
    }

    private static int put(byte[] from, int length, byte[] to, int at) {
        System.arraycopy(from, 0, to, at, length);
        return at + length;
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
