package org.rltune.tune;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Reads a journal up to its first line that is damaged: cut off, changed, or out of order.
 *
 * @param lines how many lines are intact
 * @param bytes how many bytes these are
 * @param rest how many bytes come after them
 */
record JournalReader(Path file, long lines, long bytes, long rest) {
    private static final int CHUNK = 1 << 16;

    /** Reads the journal of a folder; gives each intact record to the consumer. */
    static JournalReader read(Path folder, Consumer<Map<String, Object>> records) {
        Path file = folder.resolve(Journal.NAME);
        long lines = 0;
        long bytes = 0;
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file), CHUNK)) {
            ByteArrayOutputStream line = new ByteArrayOutputStream();
            for (int next = in.read(); next >= 0; next = in.read()) {
                if (next != '\n') {
                    line.write(next);
                    continue;
                }
                @Nullable Map<String, Object> record = JournalLine.read(lines, line.toByteArray());
                if (record == null) {
                    break;
                }
                records.accept(record);
                lines++;
                bytes += line.size() + 1;
                line.reset();
            }
            return new JournalReader(file, lines, bytes, Files.size(file) - bytes);
        } catch (IOException e) {
            throw AtomicFiles.failure("read", file, e);
        }
    }

    /** Returns the first record, which holds the settings; null if there is no journal, or that line is damaged. */
    static @Nullable Map<String, Object> first(Path folder) {
        Path file = folder.resolve(Journal.NAME);
        if (!Files.isRegularFile(file)) {
            return null;
        }
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file), CHUNK)) {
            ByteArrayOutputStream line = new ByteArrayOutputStream();
            for (int next = in.read(); next >= 0 && next != '\n'; next = in.read()) {
                line.write(next);
            }
            return JournalLine.read(0, line.toByteArray());
        } catch (IOException e) {
            throw AtomicFiles.failure("read", file, e);
        }
    }

    /**
     * Moves what comes after the intact lines into a file beside the journal.
     *
     * @return what was done, for the user
     */
    String setRestAside() {
        Path to = file.resolveSibling("damaged-" + lines + "-" + Journal.NAME);
        for (int i = 2; Files.exists(to); i++) {
            to = file.resolveSibling("damaged-" + lines + "-" + i + "-" + Journal.NAME);
        }
        try (FileChannel journal = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE);
                FileChannel aside = FileChannel.open(to, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            long at = bytes;
            while (at < bytes + rest) {
                at += journal.transferTo(at, bytes + rest - at, aside);
            }
            aside.force(true);
            journal.truncate(bytes);
            journal.force(true);
        } catch (IOException e) {
            throw AtomicFiles.failure("set the damaged end aside of", file, e);
        }
        return file + " is damaged from its line " + (lines + 1) + " on: " + rest + " bytes were set aside in "
                + to.getFileName() + ", and the lines before them are used.";
    }
}
