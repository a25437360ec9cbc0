package org.rltune.experiments.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * A minibatch step and P, measured in turn: P, step, P, step, ..., P.
 *
 * @param step what was measured
 * @param times of all repetitions
 * @param peak the readings of P, in GFLOP/s
 * @param percent of P that the repetitions reached, each the median of its times against the mean of the readings before
 *     and after it
 */
record StepBesidePeak(LearnerStep step, Samples times, Spread peak, Spread percent) {
    private static final int REPETITIONS = 5;

    /** Long enough for two products, the first of which finds the clock of the core. */
    private static final double PEAK_SECONDS = 0.25;

    /** Measures for about that long, beside the readings of P; the first half warms up. */
    static StepBesidePeak measure(LearnerStep step, Peak peak, double seconds) throws IOException {
        List<Samples> parts = new ArrayList<>();
        List<Double> readings = new ArrayList<>();
        List<Double> percents = new ArrayList<>();
        double peakSeconds = Math.min(PEAK_SECONDS, seconds / 4);
        try (LearnerStep.Running running = step.start()) {
            running.measure(seconds / 2);
            readings.add(peak.reading(peakSeconds));
            for (int i = 0; i < REPETITIONS; i++) {
                Samples part = running.measure(seconds / 2 / REPETITIONS).all();
                readings.add(peak.reading(peakSeconds));
                double beside = (readings.get(i) + readings.get(i + 1)) / 2;
                percents.add(100 * step.mflop() * 1e3 / part.median() / beside);
                parts.add(part);
            }
        }
        return new StepBesidePeak(
                step,
                Samples.joined(parts),
                Spread.of(readings, Double::doubleValue),
                Spread.of(percents, Double::doubleValue));
    }
}
