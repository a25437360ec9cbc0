package org.rltune.env;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a checker has found so far, and how it looks. */
class Findings {
    private final List<EnvFinding> list;
    private final Set<String> known;

    /** Nothing found. */
    Findings() {
        list = new ArrayList<>();
        known = new HashSet<>();
    }

    /** Adds to what another one has found. */
    Findings(Findings others) {
        list = others.list;
        known = others.known;
    }

    final List<EnvFinding> findings() {
        return list;
    }

    /** Whether none of these rules is broken so far. */
    final boolean keeps(EnvRule... rules) {
        List<EnvRule> asked = List.of(rules);
        return list.stream().noneMatch(finding -> asked.contains(finding.rule()));
    }

    /** Notes a finding; one for each rule and place, whatever the numbers in the place. */
    final void report(EnvRule rule, String where, String what) {
        if (known.add(rule + where.replaceAll("\\d+", "#"))) {
            list.add(new EnvFinding(rule, where, what));
        }
    }

    /** Runs a check; an exception is a finding itself. Returns whether there was none. */
    final boolean attempt(EnvRule rule, String where, Runnable check) {
        try {
            check.run();
            return true;
        } catch (RuntimeException | LinkageError | AssertionError | StackOverflowError e) {
            report(rule, where, "it throws " + e);
            return false;
        }
    }

    /** Whether the call throws an exception of this class; any other one is a finding. */
    final boolean refuses(EnvRule rule, String where, Class<? extends RuntimeException> expected, Runnable call) {
        RuntimeException thrown = thrown(call);
        if (thrown != null && !expected.isInstance(thrown)) {
            report(rule, where, "it throws " + thrown + ", but should throw " + expected.getSimpleName());
            return true;
        }
        return thrown != null;
    }

    static @Nullable RuntimeException thrown(Runnable call) {
        try {
            call.run();
            return null;
        } catch (RuntimeException e) {
            return e;
        }
    }
}
