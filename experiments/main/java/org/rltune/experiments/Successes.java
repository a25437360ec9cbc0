package org.rltune.experiments;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * How many episodes succeeded, for a task where the return tells.
 *
 * @param above an episode with a return above this is a success
 */
record Successes(double above) {
    /** Returns the share of a training's evaluation episodes that succeeded, from 0 to 1. */
    double share(double[] returns) {
        return Arrays.stream(returns).filter(value -> value > above).count() / (double) returns.length;
    }

    /** Returns the shares by seed and their median, in a sentence. */
    String sentence(List<FixedRun> runs) {
        double[] shares = runs.stream()
                .mapToDouble(run -> share(run.evaluation().returns()))
                .toArray();
        String each = Arrays.stream(shares)
                .mapToObj(share -> String.format(Locale.ROOT, "%.0f %%", 100 * share))
                .collect(Collectors.joining(", "));
        Arrays.sort(shares);
        double median = (shares[(shares.length - 1) / 2] + shares[shares.length / 2]) / 2;
        return String.format(
                Locale.ROOT,
                "Successes (episodes with a return above %s), seed by seed: %s; median %.0f %%.%n",
                above == Math.rint(above) ? Long.toString((long) above) : Double.toString(above),
                each,
                100 * median);
    }
}
