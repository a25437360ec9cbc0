package org.rltune.tune;

import java.util.List;

/**
 * A decision with what is needed to write it down.
 *
 * @param number counts from 0 within the experiment
 * @param time the deciding trial's own time when it was taken, in the scheduler's time attribute
 * @param decision what was decided
 * @param targetTag Tune's tag of the target trial at that moment
 * @param donorTag Tune's tag of the donor, or null where there is none
 * @param targetIteration the target's own iterations at that moment
 * @param donorIteration the iteration of the checkpoint that was copied, or -1
 * @param lineage trial ids from the root to the weights now in the target, oldest first
 */
public record DecisionRecord(
        int number,
        double time,
        Decision decision,
        String targetTag,
        @org.jspecify.annotations.Nullable String donorTag,
        int targetIteration,
        int donorIteration,
        List<String> lineage) {}
