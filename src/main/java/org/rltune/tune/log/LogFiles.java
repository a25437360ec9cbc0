package org.rltune.tune.log;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/** Writing to the files of a run. A failure names the file, the cause and the remedy, and is never swallowed. */
final class LogFiles {
    private LogFiles() {}

    /** Adds text to the end of a file, making the file if needed; when this returns, the text has left the process. */
    static void append(Path file, String text) {
        append(file, text.getBytes(StandardCharsets.UTF_8));
    }

    /** Adds bytes to the end of a file, as {@link #append(Path, String)} does. */
    static void append(Path file, byte[] content) {
        try {
            Files.write(file, content, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw failure("write to", file, e);
        }
    }

    /** Puts text in the place of a file's content; a reader sees either the old content or the new, never a part. */
    static void replace(Path file, String text) {
        replace(file, text.getBytes(StandardCharsets.UTF_8));
    }

    /** Puts bytes in the place of a file's content, as {@link #replace(Path, String)} does. */
    static void replace(Path file, byte[] content) {
        Path temporary = file.resolveSibling(file.getFileName() + ".tmp");
        try {
            Files.write(temporary, content);
            move(temporary, file);
        } catch (IOException e) {
            throw failure("write", file, e);
        }
    }

    /** Returns a file's content, or nothing if there is no such file. */
    static String readIfExists(Path file) {
        try {
            return Files.exists(file) ? Files.readString(file, StandardCharsets.UTF_8) : "";
        } catch (IOException e) {
            throw failure("read", file, e);
        }
    }

    /** Deletes a file, if there is one. */
    static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw failure("delete", file, e);
        }
    }

    /** Deletes the files of a folder whose names match a pattern, with * for any characters. */
    static void deleteMatching(Path folder, String glob) {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, glob)) {
            for (Path file : files) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw failure("delete files in", folder, e);
        }
    }

    private static void move(Path from, Path to) throws IOException {
        try {
            Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (AtomicMoveNotSupportedException e) {
            throw new IOException("this file system cannot rename files atomically", e);
        }
    }

    /** Returns the error that says what failed, why, and what helps. */
    static UncheckedIOException failure(String action, Path file, IOException cause) {
        String why = cause.getMessage();
        String reason = cause.getClass().getSimpleName() + (why == null ? "" : ": " + why);
        return new UncheckedIOException(
                "Cannot " + action + " " + file + " (" + reason + "). Check that its folder exists and is writable and"
                        + " that the disk has free space, or set another folder by storagePath(...).",
                cause);
    }
}
