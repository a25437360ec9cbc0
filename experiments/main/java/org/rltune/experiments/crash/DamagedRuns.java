package org.rltune.experiments.crash;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.rltune.random.Pcg64;
import org.rltune.random.Seeds;

/** Damages a file of a run that stopped half-way, resumes the run, and looks at what comes of it. */
public final class DamagedRuns {
    private final SmallRun run;
    private final long seed;

    /** Makes one for a run; the seed chooses the files and what is done to them. */
    public DamagedRuns(SmallRun run, long seed) {
        this.run = run;
        this.seed = seed;
    }

    /** A disk that is full after so many changes. */
    private static final class Full implements DiskEvents {
        private final long room;
        private long changes;

        Full(long room) {
            this.room = room;
        }

        @Override
        public synchronized void begins(Change change, Path file) throws IOException {
            if (++changes > room) {
                throw new IOException("No space left on device (test)");
            }
        }
    }

    /**
     * Damages so many files, each in a fresh copy of the run.
     *
     * @return whether each run came to the same, or was refused with a reason
     */
    public boolean run(int damages, Path folder, PrintWriter out) throws IOException {
        Files.createDirectories(folder);
        Full counting = new Full(Long.MAX_VALUE);
        SmallRun.Result expected = run.runOrResume(TestDisk.path(folder.resolve("alone"), counting));
        Map<String, Integer> ends = new TreeMap<>();
        List<String> wrong = new ArrayList<>();
        for (int i = 0; i < damages; i++) {
            Pcg64 random = Seeds.of(seed).stream("damage", i);
            Path here = Files.createDirectories(folder.resolve("run" + i));
            try {
                run.runOrResume(TestDisk.path(
                        here, new Full(counting.changes / 4 + random.nextInt((int) counting.changes / 2))));
            } catch (RuntimeException e) {
                // the disk is full, as it should be
            }
            String damage = damage(here.resolve("run"), random);
            String end = resumed(here, expected);
            ends.merge(damage.replaceFirst(" .*", "") + ": " + end.replaceFirst("(?s):.*", ""), 1, Integer::sum);
            if (end.startsWith("WRONG")) {
                wrong.add("damage " + i + ", " + damage + ": " + end);
            }
            SmallRun.delete(here);
        }
        out.printf(Locale.ROOT, "%d files damaged:%n", damages);
        ends.forEach((end, count) -> out.printf(Locale.ROOT, "%5d  %s%n", count, end));
        wrong.forEach(out::println);
        out.flush();
        return wrong.isEmpty();
    }

    private String resumed(Path folder, SmallRun.Result expected) throws IOException {
        try {
            String difference = expected.difference(run.resume(folder));
            return difference.isEmpty() ? "the same" : "WRONG, something else: " + difference;
        } catch (IllegalArgumentException | UncheckedIOException e) {
            boolean named =
                    String.valueOf(e.getMessage()).contains(folder.getFileName().toString());
            return named ? "refused by name" : "WRONG, refused without a name: " + e;
        } catch (RuntimeException e) {
            return "WRONG, failed: " + e + Arrays.toString(e.getStackTrace()).substring(0, 300);
        }
    }

    /** Damages one file; returns what was done to which. */
    private static String damage(Path folder, Pcg64 random) throws IOException {
        List<Path> files;
        try (Stream<Path> walk = Files.walk(folder)) {
            files = walk.filter(Files::isRegularFile).sorted().toList();
        }
        Path file = files.get(random.nextInt(files.size()));
        byte[] content = Files.readAllBytes(file);
        String name = folder.relativize(file).toString();
        int at = content.length == 0 ? 0 : random.nextInt(content.length);
        switch (content.length == 0 ? 3 : random.nextInt(4)) {
            case 0 -> {
                content[at] ^= (byte) (1 << random.nextInt(8));
                Files.write(file, content);
                return "flipped a bit of byte " + at + " of " + name;
            }
            case 1 -> {
                Files.write(file, Arrays.copyOf(content, at));
                return "cut to " + at + " bytes: " + name;
            }
            case 2 -> {
                Arrays.fill(content, at, Math.min(content.length, at + 512), (byte) 0);
                Files.write(file, content);
                return "zeroed 512 bytes from " + at + " of " + name;
            }
            default -> {
                Files.delete(file);
                return "deleted " + name;
            }
        }
    }
}
