package org.rltune.env;

/** When a {@link VectorEnv} begins the next episode of an environment whose episode ended; Gymnasium's three modes. */
public enum AutoresetMode {
    /**
     * At the next step: that step ignores the environment's action, gives the first observation of the next episode, the
     * reward 0 and no end. Gymnasium's default.
     */
    NEXT_STEP,

    /**
     * Within the same step: the step gives the first observation of the next episode, and the last one of the old episode
     * in {@link VectorStep#finalObservation}. The trainer's mode: no step is lost.
     */
    SAME_STEP,

    /** Never: the caller resets the environment by {@link VectorReset#where} before the next step. */
    DISABLED
}
