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
import org.jspecify.annotations.Nullable;

/** Writing so that a reader, or the next start after a crash, sees the old content or the new, never a part of it. */
public final class AtomicFiles {
    private AtomicFiles() {}

    /** Writes a text beside the file and renames it into place, having forced it to disk first if asked to. */
    static void replace(Path file, String text, boolean force) {
        replace(file, text.getBytes(StandardCharsets.UTF_8), force);
    }

    /**
     * Writes bytes beside the file and renames them into place, having forced them to disk first if asked to.
     *
     * @throws UncheckedIOException naming the file, the cause and the remedy
     */
    public static void replace(Path file, byte[] content, boolean force) {
        Path temporary = file.resolveSibling("." + file.getFileName() + ".tmp");
        try {
            if (force) {
                writeForced(temporary, content);
            } else {
                Files.write(temporary, content);
            }
            Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw failure("write", file, e);
        }
        if (force) {
            forceFolder(file.toAbsolutePath().getParent());
        }
    }

    /** Writes a new file and forces it to disk. */
    static void writeForced(Path file, byte[] content) throws IOException {
        // A channel closes itself in a thread that is interrupted; the file is to be whole all the same.
        boolean interrupted = Thread.interrupted();
        try {
            writeAndForce(file, content);
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static void writeAndForce(Path file, byte[] content) throws IOException {
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
    static void forceFolder(@Nullable Path folder) {
        if (folder == null) {
            return;
        }
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

    /**
     * Renames what does not count any more, so that nobody takes it for good and nothing of it is lost; returns the new path.
     *
     * @param why what stands before its name, such as {@code damaged-}
     */
    static Path setAside(Path path, String why) {
        Path to = path.resolveSibling(why + path.getFileName());
        for (int i = 2; Files.exists(to); i++) {
            to = path.resolveSibling(why + i + "-" + path.getFileName());
        }
        try {
            return Files.move(path, to);
        } catch (IOException e) {
            throw failure("rename", path, e);
        }
    }

    /** As {@link #setAside}, or null where nothing is there any more: another trial that needs it found the damage, too. */
    static @Nullable Path setAsideIfThere(Path path, String why) {
        synchronized (AtomicFiles.class) {
            return Files.exists(path) ? setAside(path, why) : null;
        }
    }

    /** Returns the error about a file or folder with which something could not be done. */
    public static UncheckedIOException failure(String action, Path path, IOException cause) {
        String why = cause.getClass().getSimpleName() + (cause.getMessage() == null ? "" : ": " + cause.getMessage());
        return new UncheckedIOException(
                "Cannot " + action + " " + path + " (" + why
                        + "). Check that its folder exists and is writable and that"
                        + " the disk has free space, or set another folder by storagePath(...).",
                cause);
    }
}
