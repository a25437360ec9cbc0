package org.rltune.plot;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.rltune.tune.Decision;
import org.rltune.tune.DecisionRecord;

/** Where the weights of a trial come from: which trial trained them from when to when. */
final class Lineage {
    private Lineage() {}

    /**
     * A stretch of the way.
     *
     * @param trial who trained the weights
     * @param from after which of its own iterations it got them; 0 if it began with them
     * @param to after which of its own iterations they were copied, or are asked for
     */
    record Stretch(String trial, int from, int to) {}

    /** Returns the way of the weights that a trial had after one of its own iterations, oldest first. */
    static List<Stretch> of(List<DecisionRecord> decisions, String trial, int iteration) {
        List<Stretch> stretches = new ArrayList<>();
        String at = trial;
        int to = iteration;
        for (int i = decisions.size() - 1; i >= 0; i--) {
            DecisionRecord record = decisions.get(i);
            // What is copied after iteration n has an effect from n + 1 on.
            if (record.decision() instanceof Decision.Exploit exploit
                    && exploit.trialId().equals(at)
                    && record.targetIteration() < to) {
                stretches.add(new Stretch(at, record.targetIteration(), to));
                at = exploit.donor().trialId();
                to = record.donorIteration();
            }
        }
        stretches.add(new Stretch(at, 0, to));
        Collections.reverse(stretches);
        return stretches;
    }
}
