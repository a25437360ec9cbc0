package org.rltune.tune;

import java.util.List;

/**
 * What a trial takes while it trains.
 *
 * @param cpus threads of the run; 0 if the user did not say, then trials share all threads as they come
 */
record Resources(int cpus) {
    /** Returns how many trials may train at the same moment. */
    int atOnce(int threads) {
        return cpus == 0 ? Integer.MAX_VALUE : Math.max(1, threads / cpus);
    }

    /** Refuses a trial that can never run. */
    void check(int threads) {
        if (cpus > threads) {
            throw new IllegalArgumentException("resources_per_trial wants " + cpus + " cpus, but the run has " + threads
                    + (threads == 1 ? " thread" : " threads") + ", so no trial could ever start. Set threads(" + cpus
                    + ") or resourcesPerTrial(" + threads + ").");
        }
    }

    /** Returns the arithmetic of demand and supply; nothing if the user did not say. */
    List<String> preflight(int threads, int slots, int trials) {
        if (cpus == 0) {
            return List.of();
        }
        int wanted = Math.min(slots, trials);
        int fit = atOnce(threads);
        int idle = threads - cpus * Math.min(wanted, fit);
        String line = "resources: " + threads + " threads / " + cpus + " a trial = " + fit + " trials at a time; "
                + wanted + " may be under way" + (wanted > fit ? ", which take turns" : "")
                + (idle > 0
                        ? "; " + idle + (idle == 1 ? " thread" : " threads") + " left for the trials' own work"
                        : "");
        return List.of(line);
    }
}
