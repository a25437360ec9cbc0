package org.rltune.tune;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.rltune.json.Json;

/** The journal holds what was written to it, and nothing that is damaged passes for whole. */
@Timeout(60)
class JournalTest {
    @TempDir
    Path folder;

    /** CRC-32C bit by bit: reflected, polynomial 0x1EDC6F41, all bits inverted before and after. */
    private static long crc32c(byte[] bytes, int from, int to) {
        int crc = ~0;
        for (int i = from; i < to; i++) {
            crc ^= bytes[i] & 0xff;
            for (int bit = 0; bit < 8; bit++) {
                crc = (crc >>> 1) ^ ((crc & 1) == 1 ? 0x82F63B78 : 0);
            }
        }
        return ~crc & 0xffffffffL;
    }

    private List<Map<String, Object>> read() {
        List<Map<String, Object>> records = new ArrayList<>();
        JournalReader.read(folder, records::add);
        return records;
    }

    @Test
    void beginsEachLineWithItsChecksumAndItsNumber() throws IOException {
        byte[] check = "123456789".getBytes(StandardCharsets.US_ASCII);
        assertThat(crc32c(check, 0, check.length)).isEqualTo(0xE3069283L); // the check value of RFC 3720's polynomial
        try (Journal journal = new Journal(folder, 0)) {
            journal.append(Map.of("kind", "a", "text", "line\nfeed and \u00e4\u20ac"));
            journal.append(Map.of("kind", "b"));
        }
        String text = Files.readString(folder.resolve("journal.jsonl"));
        assertThat(text).endsWith("\n");
        String[] lines = text.split("\n", -1);
        assertThat(lines).hasSize(3);
        for (int i = 0; i < 2; i++) {
            byte[] line = lines[i].getBytes(StandardCharsets.UTF_8);
            assertThat(lines[i])
                    .startsWith(String.format("{\"crc32c\":\"%08x\",\"seq\":%d,\"kind\":", crc32c(line, 21, line.length), i));
        }
        assertThat(read()).extracting(record -> record.get("kind")).containsExactly("a", "b");
        assertThat(read().get(0)).containsEntry("text", "line\nfeed and \u00e4\u20ac");
    }

    @Test
    void noticesEveryByteThatChanges() throws IOException {
        try (Journal journal = new Journal(folder, 0)) {
            for (int i = 0; i < 3; i++) {
                journal.append(Map.of("kind", "row", "x", i / 7.0));
            }
        }
        Path file = folder.resolve("journal.jsonl");
        byte[] whole = Files.readAllBytes(file);
        int second = new String(whole, StandardCharsets.UTF_8).indexOf('\n') + 1;
        int third = new String(whole, StandardCharsets.UTF_8).indexOf('\n', second) + 1;
        for (int at = second; at < third; at++) {
            for (int change : new int[] {1, 0x20, 0x80}) {
                byte[] changed = whole.clone();
                changed[at] ^= (byte) change;
                Files.write(file, changed);
                assertThat(read()).as("byte %d changed by %d", at, change).hasSize(1);
            }
        }
        for (int length = second; length < third; length++) {
            Files.write(file, java.util.Arrays.copyOf(whole, length));
            assertThat(read()).as("cut off after %d bytes", length).hasSize(1);
        }
    }

    @Test
    void setsTheDamagedEndAside() throws IOException {
        try (Journal journal = new Journal(folder, 0)) {
            journal.append(Map.of("kind", "a"));
            journal.append(Map.of("kind", "b"));
        }
        Path file = folder.resolve("journal.jsonl");
        String whole = Files.readString(file);
        for (String name : List.of("damaged-1-journal.jsonl", "damaged-1-2-journal.jsonl")) {
            String broken = whole.substring(0, whole.indexOf('\n') + 1) + "{\"crc32c\":\"0";
            Files.writeString(file, broken);
            JournalReader read = JournalReader.read(folder, record -> {});
            assertThat(read.lines()).isEqualTo(1);
            assertThat(read.rest()).isEqualTo(12);
            assertThat(read.setRestAside()).contains("from its line 2 on", "12 bytes", name);
            assertThat(folder.resolve(name)).hasContent("{\"crc32c\":\"0");
            assertThat(file).hasContent(whole.substring(0, whole.indexOf('\n')));
        }
        try (Journal journal = new Journal(folder, 1)) {
            journal.append(Map.of("kind", "c"));
        }
        assertThat(read()).extracting(record -> record.get("kind")).containsExactly("a", "c");
    }

    @Test
    void numbersLinesWithoutGapsWhateverTheThreads() throws Exception {
        int threads = 4;
        int lines = 300;
        try (Journal journal = new Journal(folder, 0)) {
            List<Thread> writers = new ArrayList<>();
            for (int t = 0; t < threads; t++) {
                Thread writer = new Thread(() -> {
                    for (int i = 0; i < lines; i++) {
                        journal.appendRow(Json.writeLine(Map.of("kind", "row", "i", i)));
                        if (i % 50 == 0) {
                            journal.force();
                        } else if (i % 10 == 0) {
                            journal.forceSoon();
                        }
                    }
                });
                writer.start();
                writers.add(writer);
            }
            for (Thread writer : writers) {
                writer.join();
            }
        }
        assertThat(read()).hasSize(threads * lines);
    }

    @Test
    void canBeForcedByAThreadThatIsInterrupted() {
        try (Journal journal = new Journal(folder, 0)) {
            Thread.currentThread().interrupt();
            journal.append(Map.of("kind", "a"));
            journal.force();
            assertThat(Thread.interrupted()).isTrue();
            journal.append(Map.of("kind", "b"));
        }
        assertThat(read()).hasSize(2);
    }

    @Test
    void writesRowsWithinASecondThoughNobodyAsks() throws Exception {
        try (Journal journal = new Journal(folder, 0)) {
            byte[] row = Json.writeLine(Map.of("kind", "row", "text", "x".repeat(100)));
            for (int i = 0; i < 20; i++) {
                journal.appendRow(row);
            }
            long end = System.nanoTime() + 10_000_000_000L;
            while (read().size() < 20 && System.nanoTime() < end) {
                Thread.sleep(20);
            }
            assertThat(read()).hasSize(20);
            journal.appendRow(Json.writeLine(Map.of("kind", "row", "text", "y".repeat(200_000))));
            journal.appendRow(row);
            journal.flush();
            assertThat(read()).hasSize(22);
        }
    }

    @Test
    void takesNothingWhenItIsClosed() {
        Journal journal = new Journal(folder, 0);
        journal.close();
        assertThatThrownBy(() -> journal.append(Map.of("kind", "a"))).hasMessageContaining("closed");
    }
}
