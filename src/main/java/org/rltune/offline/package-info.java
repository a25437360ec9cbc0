/**
 * Trajectories in files: what rollout workers saw and did, written beside training and read back. May import {@code rollout}
 * for what is written and {@code tune} for how files are replaced; knows no trainer.
 */
@NullMarked
package org.rltune.offline;

import org.jspecify.annotations.NullMarked;
