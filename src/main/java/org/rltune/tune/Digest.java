package org.rltune.tune;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One number for everything that an experiment came to: two runs agree bit for bit exactly if their digests agree.
 *
 * <p>The digest is the SHA-256, in hexadecimal, of these values one after the other:
 *
 * <ol>
 *   <li>the text {@code rltune-digest-1};
 *   <li>for every trial in the order of numbers: its id, its status, its number of rows, all its rows in order without
 *       the {@linkplain ResultColumns#isVolatile volatile columns}, and the SHA-256 of the files of its final state (what
 *       {@link Trainable#save()} returned at its end; a map of file name to content), or null for a trial that failed;
 *   <li>the number of decisions, and every decision in order as a map: number, time, kind, trial, reason, tags, iterations,
 *       lineage, and for an exploit the donor's id, score and hyperparameters, the explored ones, and the changes.
 * </ol>
 *
 * <p>A value is encoded as one letter for its type and its content: {@code N} null; {@code B} a boolean (one byte);
 * {@code I} a whole number (64 bits); {@code D} any other number by the bits of its double, every NaN as the one of Java
 * (64 bits); {@code S} a string (its number of UTF-8 bytes in 32 bits, the bytes); {@code X} bytes (number in 32 bits, the
 * bytes); {@code L} a list (size in 32 bits, the values); {@code M} a map (size in 32 bits, then key and value, sorted by
 * the UTF-16 units of the keys). All numbers are big-endian. Nothing in it depends on locale, clock or JDK.
 */
public final class Digest {
    private final MessageDigest sha = sha256();
    private final ByteBuffer eight = ByteBuffer.allocate(Long.BYTES);

    Digest() {}

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("This JVM has no SHA-256, which every Java platform must have.", e);
        }
    }

    /** Returns the digest of a finished experiment. */
    static String of(List<Trial> trials, Map<String, byte[]> finalStates, List<DecisionRecord> decisions) {
        Digest digest = new Digest();
        digest.add("rltune-digest-1");
        for (Trial trial : trials) {
            digest.add(trial.id());
            digest.add(trial.status().name());
            List<Map<String, Object>> rows = trial.rows();
            digest.add(rows.size());
            rows.forEach(digest::addRow);
            digest.add(finalStates.get(trial.id()));
        }
        digest.add(decisions.size());
        decisions.forEach(decision -> digest.add(DecisionJson.toJson(decision)));
        return digest.hex();
    }

    /** Returns the SHA-256 of the files of a trial's state. */
    static byte[] ofFiles(Map<String, byte[]> files) {
        Digest digest = new Digest();
        digest.add(files);
        return digest.sha.digest();
    }

    /** Adds one value. */
    Digest add(@Nullable Object value) {
        if (value == null) {
            sha.update((byte) 'N');
        } else if (value instanceof Boolean flag) {
            sha.update((byte) 'B');
            sha.update((byte) (flag ? 1 : 0));
        } else if (value instanceof Long
                || value instanceof Integer
                || value instanceof Short
                || value instanceof Byte) {
            sha.update((byte) 'I');
            putLong(((Number) value).longValue());
        } else if (value instanceof Double || value instanceof Float) {
            long bits = Double.doubleToLongBits(((Number) value).doubleValue());
            sha.update((byte) 'D');
            putLong(bits);
        } else if (value instanceof String text) {
            sized('S', text.getBytes(StandardCharsets.UTF_8));
        } else if (value instanceof byte[] bytes) {
            sized('X', bytes);
        } else if (value instanceof List<?> list) {
            size('L', list.size());
            list.forEach(this::add);
        } else if (value instanceof Map<?, ?> map) {
            add(map, map.keySet().toArray(new String[0]));
        } else {
            throw new IllegalArgumentException(
                    "A value of type " + value.getClass().getName()
                            + " cannot count in the digest. Use numbers, strings, booleans, lists and maps of these.");
        }
        return this;
    }

    /** Adds a row without its volatile columns. */
    private void addRow(Map<String, Object> row) {
        add(
                row,
                row.keySet().stream()
                        .filter(column -> !ResultColumns.isVolatile(column))
                        .toArray(String[]::new));
    }

    private void add(Map<?, ?> map, String[] keys) {
        Arrays.sort(keys);
        size('M', keys.length);
        for (String key : keys) {
            add(key).add(map.get(key));
        }
    }

    String hex() {
        return HexFormat.of().formatHex(sha.digest());
    }

    private void putLong(long value) {
        sha.update(eight.putLong(0, value).array(), 0, Long.BYTES);
    }

    private void sized(char type, byte[] bytes) {
        size(type, bytes.length);
        sha.update(bytes);
    }

    private void size(char type, int size) {
        sha.update((byte) type);
        sha.update(eight.putInt(0, size).array(), 0, Integer.BYTES);
    }
}
