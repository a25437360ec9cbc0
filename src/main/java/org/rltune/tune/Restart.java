package org.rltune.tune;

import java.util.Map;

/**
 * A state from which a trial can go on with a new trainable.
 *
 * @param iteration after which of the trial's own iterations it was saved
 * @param changed whether what was ordered after that iteration had been carried out already
 * @param files what {@link Trainable#save()} returned then
 */
record Restart(int iteration, boolean changed, Map<String, byte[]> files) {}
