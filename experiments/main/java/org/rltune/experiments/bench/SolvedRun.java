package org.rltune.experiments.bench;

import java.io.IOException;
import java.util.Locale;
import org.rltune.experiments.ChildJvm;

/**
 * One run of {@link SolveCartPole}, in a JVM of its own.
 *
 * @param seed the seed of everything
 * @param solved whether the target was reached within the budget
 * @param steps environment steps until then
 * @param total seconds from the start of the process to its end
 * @param jvm seconds from the start of the process to the first line of main
 * @param first seconds from there to the end of the first iteration
 * @param training seconds from there to the target
 */
record SolvedRun(long seed, boolean solved, long steps, double total, double jvm, double first, double training) {
    static SolvedRun start(long seed, long budget, String flags) throws IOException, InterruptedException {
        ChildJvm jvm =
                ChildJvm.same(flags.isBlank() ? new String[0] : flags.strip().split("\\s+"));
        ChildJvm.Result result = jvm.run(
                SolveCartPole.class,
                Long.toString(seed),
                Long.toString(budget),
                Long.toString(System.currentTimeMillis()));
        String line = result.output().stream()
                .filter(text -> text.startsWith(SolveCartPole.MARK))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("The JVM of seed " + seed + " ended with exit code "
                        + result.exitCode() + " and no result. It said: " + String.join(" ", result.output())));
        String[] figures = line.substring(SolveCartPole.MARK.length()).strip().split(" ");
        return new SolvedRun(
                seed,
                result.exitCode() == 0,
                Long.parseLong(figures[0]),
                result.seconds(),
                Long.parseLong(figures[1]) / 1e3,
                Long.parseLong(figures[2]) / 1e3,
                Long.parseLong(figures[3]) / 1e3);
    }

    /** The time that counts: a seed that is never solved takes for ever. */
    double seconds() {
        return solved ? total : Double.POSITIVE_INFINITY;
    }

    String text() {
        return String.format(
                Locale.ROOT,
                "%6d  %8s  %8d  %10.2f  %15.2f  %8.2f  %6.2f",
                seed,
                solved ? String.format(Locale.ROOT, "%.2f", total) : "unsolved",
                steps,
                jvm,
                first,
                training,
                Math.max(0, total - jvm - first - training));
    }
}
