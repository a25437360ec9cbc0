package org.rltune.tune.schedule;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.OptionalDouble;

/** The reasons of successive halving, with the numbers on which they rest. */
final class AshaTexts {
    private final String metric;
    private final int factor;
    private final Rung rung;

    AshaTexts(String metric, int factor, Rung rung) {
        this.metric = metric;
        this.factor = factor;
        this.rung = rung;
    }

    /** Returns where a trial stands, such as {@code rung 16: rank 2 of 5 by reward (12.4)}. */
    String place(AshaTrial trial) {
        Rung.Entry entry = Objects.requireNonNull(trial.entry);
        String rank = "rung " + rung.milestone + ": rank " + rung.rank(entry) + " of " + rung.size();
        return entry.score.isAbsent()
                ? rank + ", no " + metric
                : rank + " by " + metric + " (" + Texts.value(entry.score.value()) + ")";
    }

    String cut(AshaTrial trial, double cutoff, int before) {
        Rung.Entry entry = Objects.requireNonNull(trial.entry);
        String why = entry.score.isNumber()
                ? ", worse than "
                : entry.score.isAbsent()
                        ? " at " + trial.absent + " rungs in a row, which is worse than "
                        : ", which is worse than ";
        return place(trial) + why + cutoffOf(cutoff, before);
    }

    String passed(AshaTrial trial, OptionalDouble cutoff, int before) {
        Rung.Entry entry = Objects.requireNonNull(trial.entry);
        if (cutoff.isEmpty()) {
            return place(trial) + "; nobody was here before to be compared with";
        }
        if (entry.score.isAbsent()) {
            return place(trial)
                    + ": not compared this time, but worse than every score if it is still absent at the next rung";
        }
        return place(trial) + ", not worse than " + cutoffOf(cutoff.getAsDouble(), before);
    }

    private String cutoffOf(double cutoff, int before) {
        return "the cutoff " + Texts.value(cutoff) + " (best 1 of " + factor + " among the "
                + Texts.count(before, "score") + " before)";
    }

    String promoted(AshaTrial trial) {
        return place(trial) + ", among the best " + rung.places() + " (" + rung.size() + " / " + factor + "): promoted";
    }

    String waits(AshaTrial trial) {
        return place(trial) + ", not among the best " + rung.places() + " (" + rung.size() + " / " + factor
                + "): waits";
    }

    String left(AshaTrial trial) {
        return place(trial) + ", never among the best " + rung.places() + " (" + rung.size() + " / " + factor
                + "): nothing runs, and no trial can come that would change that";
    }

    /** Returns what stands at which rung, highest first, such as {@code rung 16: 3, cutoff 180.5 | rung 4: 9, ...}. */
    static String table(AshaBracket bracket) {
        List<String> cells = new ArrayList<>();
        for (Rung rung : bracket.rungs()) {
            OptionalDouble cutoff = rung.cutoff();
            String words = "rung " + rung.milestone + ": " + Texts.count(rung.size(), "trial");
            cells.add(0, cutoff.isEmpty() ? words : words + ", cutoff " + Texts.value(cutoff.getAsDouble()));
        }
        return String.join(" | ", cells);
    }

    /** Returns a warning where so few trials are promoted that none reaches the highest rung. */
    static List<String> tooFew(int trials, AshaBracket bracket, int factor) {
        List<Rung> rungs = bracket.rungs();
        int left = trials;
        int highest = 0;
        while (highest < rungs.size() && left > 0) {
            left /= factor;
            highest++;
        }
        if (highest >= rungs.size()) {
            return List.of();
        }
        long needed = 1;
        for (int i = 1; i < rungs.size(); i++) {
            needed *= factor;
        }
        return List.of("AshaScheduler promotes the best 1 of " + factor + ": with " + Texts.count(trials, "trial")
                + " none goes beyond rung " + rungs.get(highest - 1).milestone + ", and the highest is "
                + rungs.get(rungs.size() - 1).milestone + ". Set numSamples(" + needed + ") or more, or raise"
                + " gracePeriod.");
    }
}
