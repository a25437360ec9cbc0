package org.rltune.experiments.bench;

import java.util.Arrays;
import java.util.List;

/** Times of the same piece of work, in microseconds, sorted. */
final class Samples {
    private final double[] sorted;

    private Samples(double[] sorted) {
        this.sorted = sorted;
    }

    static Samples of(double[] times, int from, int to) {
        double[] sorted = Arrays.copyOfRange(times, from, to);
        Arrays.sort(sorted);
        return new Samples(sorted);
    }

    /** All times of several measurements of the same work. */
    static Samples joined(List<Samples> parts) {
        double[] all = parts.stream()
                .flatMapToDouble(part -> Arrays.stream(part.sorted))
                .toArray();
        return of(all, 0, all.length);
    }

    /**
     * Runs the work again and again for {@code seconds}, in runs of about 50 microseconds, and keeps the times per call of
     * the second half: the first half warms up. Runs are short, so that most of them are not interrupted.
     */
    static Samples measure(double seconds, Runnable work) {
        int calls = callsPerRun(seconds / 4, work);
        double[] times = new double[1 << 16];
        int n = 0;
        long end = System.nanoTime() + (long) (seconds * 0.75e9);
        while (System.nanoTime() < end || n == 0) {
            long start = System.nanoTime();
            for (int i = 0; i < calls; i++) {
                work.run();
            }
            times = n < times.length ? times : Arrays.copyOf(times, 2 * n);
            times[n++] = (System.nanoTime() - start) / 1e3 / calls;
        }
        return of(times, n / 2, n);
    }

    private static int callsPerRun(double seconds, Runnable work) {
        long end = System.nanoTime() + (long) (seconds * 1e9);
        double last;
        do {
            long before = System.nanoTime();
            work.run();
            last = System.nanoTime() - before;
        } while (System.nanoTime() < end);
        return (int) Math.max(1, Math.min(1000, 50e3 / Math.max(1, last)));
    }

    double median() {
        return sorted[sorted.length / 2];
    }

    /** The time that a twentieth of the runs stays below: what the work takes when nothing comes between. */
    double undisturbed() {
        return sorted[sorted.length / 20];
    }
}
