package org.rltune.tune;

import java.nio.file.Path;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * A checkpoint on disk.
 *
 * @param trialId whose it is
 * @param trainingIteration after which of the trial's own iterations it was taken
 * @param score the value of the checkpoint score attribute (sign as reported), empty where the row had none
 * @param folder where it lies, {@code <trial folder>/checkpoint_000012}
 */
public record SavedCheckpoint(String trialId, int trainingIteration, OptionalDouble score, Path folder) {

    /**
     * Reads the trainable's files and verifies each against the manifest.
     *
     * @throws IllegalArgumentException naming what is damaged
     */
    public Map<String, byte[]> files() {
        return CheckpointFolder.read(folder);
    }
}
