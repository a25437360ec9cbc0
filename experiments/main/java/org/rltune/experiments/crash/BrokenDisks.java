package org.rltune.experiments.crash;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;

/** Runs the same run again and again, on a disk of which the n-th change fails, for every n; and resumes it on a good one. */
public final class BrokenDisks {
    /** How the disk breaks. */
    public enum Kind {
        /** The change fails, and every later one: a full disk, or one that was taken out. */
        FULL,
        /** Only that change fails, in the middle of its bytes if it has some. */
        ONCE
    }

    private final SmallRun run;

    /** Makes one for a run. */
    public BrokenDisks(SmallRun run) {
        this.run = run;
    }

    /** A disk that breaks at its n-th change, counted from 0. */
    private static final class Breaking implements DiskEvents {
        private final long at;
        private final Kind kind;
        private final AtomicLong changes = new AtomicLong();
        private volatile boolean broken;
        private volatile boolean tears;
        private volatile String failed = "";

        Breaking(long at, Kind kind) {
            this.at = at;
            this.kind = kind;
        }

        @Override
        public void begins(Change change, Path file) throws IOException {
            long number = changes.getAndIncrement();
            boolean now = number == at;
            broken |= now;
            if (now) {
                failed = change + " " + String.valueOf(file.getFileName()).replaceAll("[0-9]+", "N");
            }
            if (now && kind == Kind.ONCE && change == Change.WRITE && number % 2 == 0) {
                tears = true; // it fails in its middle
            } else if (now || (broken && kind == Kind.FULL)) {
                throw new IOException("No space left on device (test: change " + number + ", " + change + ")");
            }
        }

        @Override
        public void halfWritten(Path file) throws IOException {
            if (tears) {
                tears = false;
                throw new IOException("Input/output error (test: change " + at + ", in its middle)");
            }
        }
    }

    /**
     * Breaks every so-many-th change, in both ways.
     *
     * @return whether each run stopped with an error that says why, or did not need that change, and came to the same
     */
    public boolean run(int every, Path folder, PrintWriter out) throws IOException {
        Files.createDirectories(folder);
        Breaking counting = new Breaking(Long.MAX_VALUE, Kind.ONCE);
        SmallRun.Result expected = run.runOrResume(TestDisk.path(folder.resolve("alone"), counting));
        long changes = counting.changes.get();
        out.printf(Locale.ROOT, "%d changes of the disk, digest %s%n", changes, expected.digest());
        boolean good = true;
        for (Kind kind : Kind.values()) {
            Map<String, Integer> ends = new TreeMap<>();
            List<String> wrong = new ArrayList<>();
            int tried = 0;
            for (long n = 0; n < changes; n += every) {
                Path here = folder.resolve(kind + "-" + n);
                String end = tried(here, new Breaking(n, kind), expected);
                tried++;
                ends.merge(end.startsWith("WRONG") ? "wrong" : end, 1, Integer::sum);
                if (end.startsWith("WRONG")) {
                    wrong.add("change " + n + ": " + end);
                }
                SmallRun.delete(here);
            }
            out.printf(Locale.ROOT, "%s: %d changes failed: %s%n", kind, tried, ends);
            wrong.forEach(out::println);
            out.flush();
            good &= wrong.isEmpty();
        }
        return good;
    }

    private String tried(Path folder, Breaking disk, SmallRun.Result expected) throws IOException {
        Files.createDirectories(folder);
        String end;
        try {
            SmallRun.Result result = run.runOrResume(TestDisk.path(folder, disk));
            end = expected.difference(result).isEmpty()
                    ? "went on without " + disk.failed
                    : "WRONG, went on to something else";
        } catch (RuntimeException e) {
            end = says(e) ? "stopped and said why" : "WRONG, stopped without saying why: " + e;
        }
        SmallRun.Result resumed;
        try {
            resumed = run.runOrResume(folder);
        } catch (RuntimeException e) {
            return "WRONG, cannot be resumed: " + e + " after: " + end;
        }
        String difference = expected.difference(resumed);
        return difference.isEmpty() ? end : "WRONG, resumed to something else: " + difference;
    }

    /** Whether an error names the file and what the disk said. */
    private static boolean says(Throwable error) {
        for (Throwable cause = error; cause != null; cause = cause.getCause()) {
            String message = String.valueOf(cause.getMessage());
            if ((message.contains("No space left") || message.contains("Input/output error"))
                    && message.contains("Cannot")) {
                return true;
            }
        }
        return false;
    }
}
