package org.rltune.experiments.bench;

import java.util.List;
import java.util.Locale;
import org.rltune.nn.Kernels;

/** What the benchmarks' command lines have in common: checks with one-line answers, and the line that names the machine. */
final class Arguments {
    private Arguments() {}

    static void atLeast(String option, long least, long value) {
        if (value < least) {
            throw new IllegalArgumentException(option + " must be at least " + least + ", but is " + value + ".");
        }
    }

    static void above(String option, double bound, double value) {
        if (!(value > bound) || Double.isInfinite(value)) {
            throw new IllegalArgumentException(option + " must be above " + bound + ", but is " + value + ".");
        }
    }

    static void oneOf(String option, String value, List<String> known) {
        if (!known.contains(value)) {
            throw new IllegalArgumentException(
                    option + " knows " + String.join(", ", known) + ", but not '" + value + "'.");
        }
    }

    /** Architecture, JVM, processors and kernels: nothing that names the machine. */
    static String machine() {
        return String.format(
                Locale.ROOT,
                "%s, Java %s, %d processor(s), %s",
                System.getProperty("os.arch"),
                System.getProperty("java.version"),
                Runtime.getRuntime().availableProcessors(),
                Kernels.best().getClass().getSimpleName());
    }
}
