package org.rltune.tune;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Writing so that a reader, or the next start after a crash, sees the old content or the new, never a part of it. */
final class AtomicFiles {
    private AtomicFiles() {}

    /** Writes a text beside the file and renames it into place, having forced it to disk first if asked to. */
    static void replace(Path file, String text, boolean force) {
        Path temporary = file.resolveSibling("." + file.getFileName() + ".tmp");
        try {
            if (force) {
                writeForced(temporary, text.getBytes(StandardCharsets.UTF_8));
            } else {
                Files.writeString(temporary, text);
            }
            Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw failure("write", file, e);
        }
    }

    /** Writes a new file and forces it to disk. */
    static void writeForced(Path file, byte[] content) throws IOException {
        try (FileChannel channel = FileChannel.open(
                file, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
            ByteBuffer rest = ByteBuffer.wrap(content);
            while (rest.hasRemaining()) {
                channel.write(rest);
            }
            channel.force(true);
        }
    }

    /** Forces a rename inside a folder to disk, where the platform can. */
    static void forceFolder(Path folder) {
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        } catch (IOException e) {
            // Windows cannot open folders; there the rename is in the file system's own journal.
            System.getLogger(AtomicFiles.class.getName()).log(System.Logger.Level.DEBUG, "cannot force " + folder, e);
        }
    }

    /** Deletes a folder with what is in it; nothing happens if there is none. */
    static void deleteFolder(Path folder) {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> walk = Files.walk(folder)) {
            List<Path> deepestFirst = walk.sorted(Comparator.reverseOrder()).toList();
            for (Path path : deepestFirst) {
                Files.delete(path);
            }
        } catch (IOException e) {
            throw failure("delete", folder, e);
        }
    }

    static UncheckedIOException failure(String action, Path path, IOException cause) {
        String why = cause.getClass().getSimpleName() + (cause.getMessage() == null ? "" : ": " + cause.getMessage());
        return new UncheckedIOException(
                "Cannot " + action + " " + path + " (" + why
                        + "). Check that its folder exists and is writable and that"
                        + " the disk has free space, or set another folder by storagePath(...).",
                cause);
    }
}
