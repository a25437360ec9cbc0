package org.rltune.experiments.crash;

import java.io.IOException;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.locks.LockSupport;

/**
 * Says in a byte of shared memory whether the process is changing its journal, a checkpoint or another file right now, and
 * slows those changes down, so that a kill often falls into one. The byte outlives the process.
 */
public final class WriteFlag implements DiskEvents {
    /** The process has not begun to run. */
    static final int STARTING = 0;

    /** It runs, and changes no file. */
    static final int RUNNING = 1;

    /** It has come to its end. */
    static final int ENDED = 2;

    private static final int SIZE = 16;
    private static final int STATE = 0;
    private static final int JOURNAL = 4;
    private static final int CHECKPOINT = 8;
    private static final int OTHER = 12;

    private final MappedByteBuffer memory;
    private final long pauseNanos;

    /**
     * What was being written.
     *
     * @param journal whether a write to the journal had begun and not ended
     * @param checkpoint whether a change of a checkpoint had
     * @param other whether a change of another file had
     */
    public record Writing(boolean journal, boolean checkpoint, boolean other) {}

    private WriteFlag(MappedByteBuffer memory, long pauseNanos) {
        this.memory = memory;
        this.pauseNanos = pauseNanos;
    }

    /**
     * Opens the flag in a file; makes it if it is not there.
     *
     * @param pauseMillis how long each change of the journal and of checkpoints takes longer
     */
    public static WriteFlag in(Path file, double pauseMillis) throws IOException {
        try (FileChannel channel =
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            return new WriteFlag(channel.map(FileChannel.MapMode.READ_WRITE, 0, SIZE), (long) (pauseMillis * 1e6));
        }
    }

    synchronized void state(int state) {
        memory.putInt(STATE, state);
        if (state == STARTING) {
            memory.putInt(JOURNAL, 0);
            memory.putInt(CHECKPOINT, 0);
            memory.putInt(OTHER, 0);
        }
    }

    int state() {
        return memory.getInt(STATE);
    }

    /** What was being written when the process was killed. */
    public Writing writing() {
        return new Writing(memory.getInt(JOURNAL) > 0, memory.getInt(CHECKPOINT) > 0, memory.getInt(OTHER) > 0);
    }

    private static int place(Path file) {
        String name = file.toString();
        if (name.endsWith("journal.jsonl")) {
            return JOURNAL;
        }
        // States of trials are checkpoints too, only that they go when they are no longer needed.
        return name.contains("checkpoint_") || name.contains("state_") ? CHECKPOINT : OTHER;
    }

    private synchronized void count(Path file, int change) {
        int place = place(file);
        memory.putInt(place, memory.getInt(place) + change);
    }

    @Override
    public void begins(Change change, Path file) {
        if (state() == STARTING) {
            state(RUNNING);
        }
        count(file, 1);
        pause(file, 4);
    }

    @Override
    public void halfWritten(Path file) {
        pause(file, 1);
    }

    @Override
    public void ends(Change change, Path file) {
        count(file, -1);
    }

    private void pause(Path file, int part) {
        if (pauseNanos > 0 && place(file) != OTHER) {
            LockSupport.parkNanos(pauseNanos / part);
        }
    }
}
