package org.rltune.experiments.crash;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.rltune.experiments.ChildJvm;
import org.rltune.experiments.CrashTest;
import org.rltune.json.Json;
import org.rltune.random.Pcg64;
import org.rltune.random.Seeds;

/**
 * Kills the process of a run at random moments and compares what the run comes to.
 *
 * <p>The moments are uniform over the length of the run: each is a length of the journal, between nothing and that of the
 * run that was left alone, and a random delay of up to twice the mean time between two of its lines. A moment that is past
 * when the process begins, since the one before was close, is a delay after its beginning: the kill falls into the resuming.
 */
public final class Kills {
    private static final SmallRun RUN = new SmallRun(4, 12);
    private static final String RESULT = "result.json";
    private static final String FLAG = "flag.bin";
    private static final String JOURNAL = "run/journal.jsonl";
    private static final long POLL_NANOS = 200_000;
    private static final double LONGEST_START_SECONDS = 0.8;

    private final long seed;
    private final double pauseMillis;
    private int inJournal;
    private int inCheckpoint;
    private int inOther;
    private int inStart;

    /**
     * Makes one.
     *
     * @param seed of the moments
     * @param pauseMillis how much longer each write to the journal and to checkpoints takes
     */
    public Kills(long seed, double pauseMillis) {
        this.seed = seed;
        this.pauseMillis = pauseMillis;
    }

    /** What the child does: starts the run, or goes on with it, and writes down what it came to. */
    public static void child(Path folder, double pauseMillis) throws IOException {
        WriteFlag flag = WriteFlag.in(folder.resolve(FLAG), pauseMillis);
        SmallRun.Result result = RUN.runOrResume(TestDisk.path(folder, flag));
        flag.state(WriteFlag.ENDED);
        Path whole = folder.resolve(RESULT);
        Path part = folder.resolve(RESULT + ".part");
        Files.writeString(part, Json.write(List.of(result.digest(), result.rows(), result.decisions())));
        Files.move(part, whole);
    }

    /** Kills so many times in all; returns whether every run came to the same. */
    public boolean run(int kills, int killsPerRun, Path folder, PrintWriter out)
            throws IOException, InterruptedException {
        Files.createDirectories(folder);
        Path alone = Files.createDirectories(folder.resolve("alone"));
        double length = live(alone, Long.MAX_VALUE, 0);
        SmallRun.Result expected = result(alone);
        if (expected == null) {
            throw new IllegalStateException("The run that was left alone came to nothing; its output is in " + folder);
        }
        long bytes = Files.size(alone.resolve(JOURNAL));
        double delay;
        try (Stream<String> lines = Files.lines(alone.resolve(JOURNAL))) {
            delay = 2 * length / lines.count();
        }
        out.printf(
                Locale.ROOT,
                "left alone: %.2f s, %d bytes of journal, %d rows, %d decisions, digest %s%n",
                length,
                bytes,
                expected.rows().size(),
                expected.decisions().size(),
                expected.digest());
        int different = 0;
        int done = 0;
        int extra = 0;
        for (int round = 0; done < kills; round++) {
            Path here = Files.createDirectories(folder.resolve("run" + round));
            Pcg64 random = Seeds.of(seed).stream("moments", round);
            long[] moments = moments(random, Math.min(killsPerRun, kills - done), bytes);
            int killed = 0;
            while (killed < moments.length && result(here) == null) {
                boolean past = size(here) >= moments[killed];
                live(here, moments[killed], random.uniform(0, past ? LONGEST_START_SECONDS : delay));
                if (result(here) == null) {
                    killed++;
                    count(here);
                }
            }
            done += killed;
            extra += moments.length - killed;
            if (result(here) == null) {
                live(here, Long.MAX_VALUE, 0);
            }
            SmallRun.Result result = result(here);
            String difference = result == null ? "it came to nothing" : expected.difference(result);
            different += difference.isEmpty() ? 0 : 1;
            out.printf(
                    Locale.ROOT,
                    "run %2d: killed %d times after %s %% of the journal: %s%n",
                    round,
                    killed,
                    text(moments, killed, bytes),
                    difference.isEmpty() ? "the same" : "DIFFERENT: " + difference);
            if (!difference.isEmpty()) {
                out.println(Files.readString(here.resolve("output.txt")));
                return false;
            }
            out.flush();
            SmallRun.delete(here);
            if (extra > kills) {
                throw new IllegalStateException("The runs end before they are killed; make them longer.");
            }
        }
        print(done, different, out);
        return different == 0 && inJournal + inCheckpoint >= done / 5;
    }

    private void print(int done, int different, PrintWriter out) {
        out.println();
        out.printf(Locale.ROOT, "| %-44s | %5s |%n", "kills", "");
        out.printf(Locale.ROOT, "|%s|%s:|%n", "-".repeat(46), "-".repeat(6));
        out.printf(Locale.ROOT, "| %-44s | %5d |%n", "in all", done);
        out.printf(Locale.ROOT, "| %-44s | %5d |%n", "inside a write to the journal", inJournal);
        out.printf(Locale.ROOT, "| %-44s | %5d |%n", "inside a change of a checkpoint", inCheckpoint);
        out.printf(Locale.ROOT, "| %-44s | %5d |%n", "inside a change of another file only", inOther);
        out.printf(Locale.ROOT, "| %-44s | %5d |%n", "before the run was there to be resumed", inStart);
        out.printf(Locale.ROOT, "| %-44s | %5d |%n", "runs that came to something else", different);
        out.println();
    }

    private static String text(long[] moments, int count, long bytes) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < count; i++) {
            text.append(i == 0 ? "" : " ").append(Math.round(100.0 * moments[i] / bytes));
        }
        return text.toString();
    }

    private static long size(Path folder) throws IOException {
        Path journal = folder.resolve(JOURNAL);
        return Files.exists(journal) ? Files.size(journal) : 0;
    }

    /** Sorted lengths of the journal, drawn uniformly. */
    private static long[] moments(Pcg64 random, int count, long bytes) {
        long[] moments = new long[count];
        for (int i = 0; i < count; i++) {
            moments[i] = (long) random.uniform(0, bytes);
        }
        Arrays.sort(moments);
        return moments;
    }

    private void count(Path folder) throws IOException {
        WriteFlag.Writing writing = WriteFlag.in(folder.resolve(FLAG), 0).writing();
        if (writing.journal()) {
            inJournal++;
        } else if (writing.checkpoint()) {
            inCheckpoint++;
        } else if (writing.other()) {
            inOther++;
        }
        inStart += Files.exists(folder.resolve(JOURNAL)) ? 0 : 1;
    }

    /**
     * Lets the run live until its journal is so long, and kills it so many seconds later unless it has ended; returns how
     * many seconds it lived, from its first change of the disk on.
     */
    private double live(Path folder, long bytes, double delay) throws IOException, InterruptedException {
        WriteFlag flag = WriteFlag.in(folder.resolve(FLAG), 0);
        flag.state(WriteFlag.STARTING);
        Process process = ChildJvm.same("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC")
                .start(folder.resolve("output.txt"), CrashTest.class, "--child=" + folder, "--pause-ms=" + pauseMillis);
        try {
            while (flag.state() == WriteFlag.STARTING && process.isAlive()) {
                LockSupport.parkNanos(POLL_NANOS);
            }
            long start = System.nanoTime();
            long passed = Long.MAX_VALUE;
            while (flag.state() == WriteFlag.RUNNING && process.isAlive()) {
                long now = System.nanoTime();
                passed = passed == Long.MAX_VALUE && size(folder) >= bytes ? now : passed;
                if (passed <= now && now - passed >= delay * 1e9) {
                    break;
                }
                LockSupport.parkNanos(POLL_NANOS);
            }
            double lived = (System.nanoTime() - start) / 1e9;
            if (flag.state() == WriteFlag.RUNNING && process.isAlive()) {
                process.destroyForcibly();
            } else if (!process.waitFor(60, TimeUnit.SECONDS) || process.exitValue() != 0) {
                throw new IllegalStateException("The run failed:\n" + Files.readString(folder.resolve("output.txt")));
            }
            process.waitFor();
            return lived;
        } finally {
            process.destroyForcibly();
        }
    }

    private static SmallRun.@Nullable Result result(Path folder) {
        Path file = folder.resolve(RESULT);
        if (!Files.exists(file)) {
            return null;
        }
        List<?> parts = Json.asList(read(file), RESULT);
        return new SmallRun.Result(String.valueOf(parts.get(0)), texts(parts.get(1)), texts(parts.get(2)));
    }

    private static Object read(Path file) {
        try {
            return Objects.requireNonNull(Json.parse(Files.readString(file), RESULT));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> texts(@Nullable Object list) {
        return Json.asList(list, RESULT).stream().map(String::valueOf).toList();
    }
}
