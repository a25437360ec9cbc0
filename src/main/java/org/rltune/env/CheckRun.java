package org.rltune.env;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** One run of the checker: the environments that it checks, and what it found so far. */
final class CheckRun<O, A> {
    private final List<EnvFinding> findings;
    private final Set<String> known;
    private final List<Env<O, A>> made = new ArrayList<>();
    private final Supplier<Env<O, A>> maker;
    private final boolean copies;
    private boolean deterministic;

    /**
     * Begins a run.
     *
     * @param maker gives an environment; always the same one without {@code copies}
     * @param deterministic whether the same seed and actions must give the same episode
     */
    CheckRun(Supplier<Env<O, A>> maker, boolean copies, boolean deterministic) {
        this(maker, copies, deterministic, new ArrayList<>(), new HashSet<>());
    }

    private CheckRun(
            Supplier<Env<O, A>> maker,
            boolean copies,
            boolean deterministic,
            List<EnvFinding> findings,
            Set<String> known) {
        this.maker = maker;
        this.copies = copies;
        this.deterministic = deterministic;
        this.findings = findings;
        this.known = known;
    }

    /** A run over environments made in another way that adds to the same findings. */
    CheckRun<O, A> with(Supplier<Env<O, A>> other) {
        return new CheckRun<>(other, copies, deterministic, findings, known);
    }

    boolean copies() {
        return copies;
    }

    boolean deterministic() {
        return deterministic;
    }

    /** Spares the checks that would only find consequences of what was found already. */
    void notDeterministic() {
        deterministic = false;
    }

    /** Whether none of these rules is broken so far. */
    boolean keeps(EnvRule... rules) {
        List<EnvRule> asked = List.of(rules);
        return findings.stream().noneMatch(finding -> asked.contains(finding.rule()));
    }

    Env<O, A> env() {
        Env<O, A> env = maker.get();
        if (copies) {
            made.add(env);
        }
        return env;
    }

    List<EnvFinding> findings() {
        return findings;
    }

    /** Notes a finding; one for each rule and place, whatever the numbers in the place. */
    void report(EnvRule rule, String where, String what) {
        if (known.add(rule + where.replaceAll("\\d+", "#"))) {
            findings.add(new EnvFinding(rule, where, what));
        }
    }

    /** Runs a check; an exception is a finding itself. Returns whether there was none. */
    boolean attempt(EnvRule rule, String where, Runnable check) {
        try {
            check.run();
            return true;
        } catch (RuntimeException | LinkageError | AssertionError | StackOverflowError e) {
            report(rule, where, "it throws " + e);
            return false;
        }
    }

    /** Notes the difference of two traces that should be equal. */
    void compare(EnvRule rule, String where, Trace<O, A> expected, Trace<O, A> actual) {
        String difference = expected.difference(actual);
        if (difference != null) {
            report(rule, where, difference);
        }
    }

    /** Whether the call throws an exception of this class; any other one is a finding. */
    boolean refuses(EnvRule rule, String where, Class<? extends RuntimeException> expected, Runnable call) {
        RuntimeException thrown = thrown(call);
        if (thrown != null && !expected.isInstance(thrown)) {
            report(rule, where, "it throws " + thrown + ", but should throw " + expected.getSimpleName());
            return true;
        }
        return thrown != null;
    }

    private static @Nullable RuntimeException thrown(Runnable call) {
        try {
            call.run();
            return null;
        } catch (RuntimeException e) {
            return e;
        }
    }

    /** Closes all that were made; failures were found by the check of close already. */
    void closeAll() {
        for (Env<O, A> env : made) {
            RuntimeException failure = thrown(env::close);
            if (failure != null) {
                report(EnvRule.CLOSE_FAILS, "close()", "it throws " + failure);
            }
        }
    }
}
