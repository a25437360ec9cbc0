package org.rltune.tune.schedule;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.rltune.json.Json;
import org.rltune.tune.Mode;

/** The rungs of one bracket, lowest first. */
final class AshaBracket {
    private final List<Rung> rungs = new ArrayList<>();

    AshaBracket(AshaBuilder settings, Mode mode, int bracket) {
        for (long milestone :
                Rungs.milestones(settings.gracePeriod, settings.maxT, settings.reductionFactor, bracket)) {
            rungs.add(new Rung(milestone, mode, settings.reductionFactor));
        }
    }

    List<Rung> rungs() {
        return Collections.unmodifiableList(rungs);
    }

    /** Returns the first milestone after a time, or infinity. */
    double next(double time) {
        for (Rung rung : rungs) {
            if (rung.milestone > time) {
                return rung.milestone;
            }
        }
        return Double.POSITIVE_INFINITY;
    }

    /** Returns the index of the highest rung that a time has reached, or -1. */
    int reached(double time) {
        int index = -1;
        while (index + 1 < rungs.size() && rungs.get(index + 1).milestone <= time) {
            index++;
        }
        return index;
    }

    List<Object> save() {
        return new ArrayList<>(rungs.stream().map(Rung::save).toList());
    }

    void restore(Object state) {
        List<?> saved = Json.asList(state, "bracket");
        if (saved.size() != rungs.size()) {
            throw new IllegalArgumentException("The saved bracket has " + Texts.count(saved.size(), "rung")
                    + ", but this one has " + rungs.size() + ". Restore it into the experiment that saved it.");
        }
        for (int i = 0; i < rungs.size(); i++) {
            rungs.get(i).restore(saved.get(i));
        }
    }
}
