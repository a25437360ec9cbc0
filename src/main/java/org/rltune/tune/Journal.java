package org.rltune.tune;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.rltune.json.Json;

/**
 * The journal of an experiment, {@code journal.jsonl}: everything that happened in it, one line each, in the order in which
 * it happened. It only grows. A run is resumed from it; all other files of rows and decisions can be made anew from it.
 *
 * <p>A line leaves the process at once; rows that follow each other within a millisecond do so together, at {@link #flush}
 * at the latest, which comes before anybody acts on them. A thread of the journal forces what was written to disk at least
 * every second, and at once after {@link #forceSoon}; {@link #force} waits for it. One call to the disk serves all that asked
 * meanwhile, so that many trials that end do not wait for the disk one after the other. (Both are what lets TunerBench handle
 * more than 20,000 rows a second.) Safe for use by threads.
 *
 * <p>After a write that failed nothing more is written: a line after a gap would be worth nothing.
 */
final class Journal implements AutoCloseable {
    static final String NAME = "journal.jsonl";
    private static final long FORCE_EVERY_MILLIS = 1000;
    private static final long NANOS_PER_MILLI = 1_000_000;
    private static final long TOGETHER_NANOS = NANOS_PER_MILLI;
    private static final long REST_MILLIS = 10;
    private static final int BUFFER_BYTES = 1 << 16;

    private final Path file;
    private final OutputStream out;
    private final FileChannel channel;
    private final Thread forcer;
    private final byte[] buffer = new byte[BUFFER_BYTES];
    private int buffered;
    private long flushedAt = System.nanoTime();
    private int waiting;
    private long seq;
    private long forced;
    private boolean wanted;
    private boolean closed;
    private @Nullable UncheckedIOException broken;

    /**
     * Opens the journal of an experiment to add to it; makes it if there is none.
     *
     * @param seq how many lines it has
     */
    @SuppressWarnings("this-escape") // the thread starts when everything is in place
    Journal(Path folder, long seq) {
        this.file = folder.resolve(NAME);
        this.seq = seq;
        this.forced = seq;
        try {
            // A stream, since a channel closes itself when it is used by a thread that is interrupted.
            this.out = Files.newOutputStream(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
            this.channel = FileChannel.open(file, StandardOpenOption.WRITE);
        } catch (IOException e) {
            throw AtomicFiles.failure("write", file, e);
        }
        this.forcer = new Thread(this::forceAgainAndAgain, "rltune-journal");
        forcer.setDaemon(true);
        forcer.start();
    }

    /** Adds a line; the keys {@code crc32c} and {@code seq} come before those given. */
    synchronized void append(Map<String, Object> record) {
        add(Json.writeLine(record));
        flush();
    }

    /** Adds a row, as JSON in UTF-8 with a line feed; it may wait a moment for others. */
    synchronized void appendRow(byte[] object) {
        add(object);
        if (System.nanoTime() - flushedAt > TOGETHER_NANOS) {
            flush();
        }
    }

    private void add(byte[] object) {
        refuseIfBroken();
        byte[] line = JournalLine.of(seq, object);
        if (line.length > buffer.length - buffered) {
            flush();
        }
        if (line.length > buffer.length) {
            write(line, line.length);
        } else {
            System.arraycopy(line, 0, buffer, buffered, line.length);
            buffered += line.length;
        }
        seq++;
    }

    /** Lets everything that was added leave the process. */
    synchronized void flush() {
        if (buffered > 0) {
            refuseIfBroken();
            int length = buffered;
            buffered = 0;
            write(buffer, length);
        }
        flushedAt = System.nanoTime();
    }

    private synchronized void write(byte[] bytes, int length) {
        try {
            out.write(bytes, 0, length); // one call of the operating system
        } catch (IOException e) {
            broken = AtomicFiles.failure("write", file, e);
            notifyAll(); // whoever waits for the disk must hear of it: the forcing thread ends now
            throw broken;
        }
    }

    private void refuseIfBroken() {
        if (broken != null) {
            throw broken;
        }
        if (closed) {
            throw new IllegalStateException("The journal " + file + " is closed already. This is a bug of rltune.");
        }
    }

    /** Asks that what was written is forced to disk now; does not wait. */
    synchronized void forceSoon() {
        if (!wanted) { // else the thread knows; those who wait must not wake each other again and again
            wanted = true;
            notifyAll();
        }
    }

    /** Forces what was written to disk; when this returns it is there. */
    synchronized void force() {
        flush();
        long upTo = seq;
        boolean interrupted = false;
        waiting++;
        while (forced < upTo && broken == null) {
            forceSoon();
            try {
                wait();
            } catch (InterruptedException e) {
                interrupted = true; // the disk is soon finished
            }
        }
        waiting--;
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        refuseIfBroken();
    }

    private void forceAgainAndAgain() {
        while (awaitWork()) {
            long upTo;
            synchronized (this) {
                wanted = false;
                if (!flushed()) {
                    return;
                }
                upTo = seq;
            }
            if (!forceTo(upTo)) {
                return;
            }
        }
    }

    /** Waits until somebody wants it or a second has gone; returns whether the journal is still in use. */
    private synchronized boolean awaitWork() {
        long start = System.nanoTime();
        long left = REST_MILLIS; // a disk that is asked without end serves nobody
        while (!closed && broken == null && waiting == 0 && left > 0) {
            try {
                wait(left);
            } catch (InterruptedException e) {
                wanted = true; // nobody knows this thread; what is written is forced once more
            }
            long most = wanted ? REST_MILLIS : FORCE_EVERY_MILLIS;
            left = most - (System.nanoTime() - start) / NANOS_PER_MILLI;
        }
        return !closed && broken == null;
    }

    /** Writes what waits; a failure is told to whoever comes next. */
    private boolean flushed() {
        try {
            flush();
            return true;
        } catch (UncheckedIOException e) {
            notifyAll();
            return false;
        }
    }

    private boolean forceTo(long upTo) {
        UncheckedIOException failure = null;
        synchronized (this) {
            if (forced == upTo) {
                notifyAll();
                return true;
            }
        }
        try {
            channel.force(false);
        } catch (IOException e) {
            failure = AtomicFiles.failure("force to disk", file, e);
        }
        synchronized (this) {
            if (failure == null) {
                forced = Math.max(forced, upTo);
            } else if (!closed) {
                broken = failure;
            }
            notifyAll();
            return failure == null;
        }
    }

    /** Forces what was written and closes the file; a journal that is broken is closed without a word. */
    @Override
    public void close() {
        try (channel;
                out) {
            if (!isBroken()) {
                force();
            }
        } catch (IOException e) {
            throw AtomicFiles.failure("close", file, e);
        } finally {
            end();
        }
    }

    /** Lets the thread end; it may still be in a call to the disk, which does no harm. */
    private synchronized void end() {
        closed = true;
        notifyAll();
    }

    private synchronized boolean isBroken() {
        return broken != null;
    }
}
