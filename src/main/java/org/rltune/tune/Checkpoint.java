package org.rltune.tune;

import java.util.Map;
import java.util.OptionalDouble;

/**
 * The state of a trial after one of its iterations, held in memory; the tuner writes it to disk too.
 *
 * @param trialId whose it is
 * @param trainingIteration after which of the trial's own iterations it was taken
 * @param score the trial's last score (sign as reported), empty if it had none
 * @param files what {@link Trainable#save()} returned
 */
public record Checkpoint(String trialId, int trainingIteration, OptionalDouble score, Map<String, byte[]> files) {
    /** Copies the map; the arrays are shared and must not be changed. */
    public Checkpoint {
        files = Map.copyOf(files);
    }
}
