package org.rltune.experiments.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.stream.IntStream;

/**
 * How much of the machine other processes took while something was measured, and how much of it the host withheld from a
 * virtual machine: a figure from a busy machine means little, and looks like any other. Known on Linux only.
 */
final class Neighbours {
    private static final Path COUNTERS = Path.of("/proc/stat");
    private static final Path OWN_COUNTERS = Path.of("/proc/self/stat");
    /** The kernel counts in hundredths of a second. */
    private static final double TICKS_PER_SECOND = 100;

    private final long start = System.nanoTime();
    private final OptionalDouble before = busySeconds();
    private final OptionalDouble withheldBefore = withheldSeconds();

    /** Returns processors that others kept busy since this was made, on average. */
    OptionalDouble processors() {
        return since(before, busySeconds());
    }

    /** Returns processors that the host gave to others though something here wanted them, on average. */
    OptionalDouble withheld() {
        return since(withheldBefore, withheldSeconds());
    }

    private OptionalDouble since(OptionalDouble before, OptionalDouble now) {
        if (before.isEmpty() || now.isEmpty()) {
            return OptionalDouble.empty();
        }
        return OptionalDouble.of(
                Math.max(0, (now.getAsDouble() - before.getAsDouble()) / ((System.nanoTime() - start) / 1e9)));
    }

    /** A line for the end of a report; empty where nothing is known. */
    String text() {
        OptionalDouble others = processors();
        OptionalDouble withheld = withheld();
        return others.isEmpty() || withheld.isEmpty()
                ? ""
                : String.format(
                        Locale.ROOT,
                        "%nMeanwhile other processes kept %.2f processor(s) busy, and the host withheld %.2f%s%n",
                        others.getAsDouble(),
                        withheld.getAsDouble(),
                        others.getAsDouble() + withheld.getAsDouble() > 0.1
                                ? ": TOO MANY for figures that count."
                                : ".");
    }

    /** Seconds that all processors together were busy since the machine started, without this process and its children. */
    private static OptionalDouble busySeconds() {
        try {
            double[] ticks = ticks();
            // After the name in brackets: state ppid ..., then utime stime cutime cstime, of us and of ended children.
            String[] own =
                    Files.readString(OWN_COUNTERS).replaceAll("^.*\\) ", "").split(" ");
            double ours = IntStream.range(11, 15)
                    .mapToDouble(i -> Double.parseDouble(own[i]))
                    .sum();
            double busy = ticks[0] + ticks[1] + ticks[2] + ticks[5] + ticks[6];
            return OptionalDouble.of((busy - ours) / TICKS_PER_SECOND);
        } catch (IOException | RuntimeException e) {
            return OptionalDouble.empty();
        }
    }

    private static OptionalDouble withheldSeconds() {
        try {
            return OptionalDouble.of(ticks()[7] / TICKS_PER_SECOND);
        } catch (IOException | RuntimeException e) {
            return OptionalDouble.empty();
        }
    }

    /** User, nice, system, idle, iowait, irq, softirq, steal, guest, guest_nice; guests are contained in user and nice. */
    private static double[] ticks() throws IOException {
        String line = Files.readString(COUNTERS).lines().findFirst().orElse("");
        return Arrays.stream(line.split("\\s+"))
                .skip(1)
                .mapToDouble(Double::parseDouble)
                .toArray();
    }
}
