package org.rltune.tune;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * Keeps two processes from writing to one experiment: holds a lock of the operating system on {@code run.lock}, which ends
 * with the process, however it ends. The file says who holds it.
 */
final class RunLock implements AutoCloseable {
    static final String NAME = "run.lock";
    private static final int MOST_BYTES = 200;

    private final FileChannel channel;

    private RunLock(FileChannel channel) {
        this.channel = channel;
    }

    /**
     * Takes the lock.
     *
     * @throws IllegalArgumentException if another process, or another run of this one, holds it
     */
    static RunLock take(Path folder) {
        Path file = folder.resolve(NAME);
        try {
            FileChannel channel = FileChannel.open(
                    file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
            if (!locked(channel)) {
                channel.close();
                throw new IllegalArgumentException("The experiment in " + folder + " is being written by "
                        + Files.readString(file).strip() + ". Wait for its end, or end it, and resume then.");
            }
            channel.truncate(0);
            channel.write(ByteBuffer.wrap(owner()));
            return new RunLock(channel);
        } catch (IOException e) {
            throw AtomicFiles.failure("lock", file, e);
        }
    }

    private static byte[] owner() {
        String text = "process " + ProcessHandle.current().pid() + " on " + RowMaker.HOST + "\n";
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return bytes.length <= MOST_BYTES ? bytes : "another process\n".getBytes(StandardCharsets.UTF_8);
    }

    private static boolean locked(FileChannel channel) throws IOException {
        @Nullable FileLock lock;
        try {
            // One byte far behind the text, since some systems let nobody read what is locked.
            lock = channel.tryLock(Integer.MAX_VALUE, 1, false);
        } catch (OverlappingFileLockException e) {
            return false;
        } catch (UnsupportedOperationException e) {
            System.getLogger(RunLock.class.getName())
                    .log(System.Logger.Level.DEBUG, "this file system knows no locks", e);
            return true;
        }
        return lock != null;
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            System.getLogger(RunLock.class.getName()).log(System.Logger.Level.WARNING, "cannot unlock", e);
        }
    }
}
