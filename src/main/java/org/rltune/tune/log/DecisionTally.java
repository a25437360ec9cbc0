package org.rltune.tune.log;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.rltune.tune.Decision;
import org.rltune.tune.DecisionRecord;

/**
 * Which trials the scheduler has stopped, or let copy others, since somebody was told: with many trials a line for each
 * would hide everything else. All of them stand in {@code decisions.jsonl}, with their reasons.
 */
final class DecisionTally {
    private static final int MOST_NAMED = 6;

    /** In a population of at most so many trials, each exploit is worth a line of its own. */
    private static final int SMALL = 16;

    private final List<String> stopped = new ArrayList<>();
    private final List<String> copied = new ArrayList<>();

    /** Returns the lines to print at once; what has none is counted. */
    List<String> add(DecisionRecord record, int trials) {
        if (record.decision() instanceof Decision.Exploit exploit) {
            if (trials <= SMALL) {
                return ExploitLine.lines(record, exploit);
            }
            copied.add(exploit.trialId() + " copies " + exploit.donor().trialId());
        } else if (record.decision() instanceof Decision.Stop stop) {
            stopped.add(stop.trialId());
        }
        return List.of();
    }

    /** Returns what was counted since the last call, in a line each; empty if nothing was. */
    List<String> lines() {
        List<String> lines = new ArrayList<>();
        if (!stopped.isEmpty()) {
            lines.add("the scheduler stopped " + trials(stopped.size()) + ": " + named(stopped));
        }
        if (!copied.isEmpty()) {
            lines.add(trials(copied.size()) + " copied others: " + named(copied));
        }
        stopped.clear();
        copied.clear();
        return lines;
    }

    private static String trials(int count) {
        return count + (count == 1 ? " trial" : " trials");
    }

    private static String named(List<String> all) {
        int left = all.size() - MOST_NAMED;
        // "and 1 more" is longer than the name itself.
        String names =
                all.stream().limit(left > 1 ? MOST_NAMED : MOST_NAMED + 1L).collect(Collectors.joining(", "));
        return left > 1 ? names + " and " + left + " more" : names;
    }
}
