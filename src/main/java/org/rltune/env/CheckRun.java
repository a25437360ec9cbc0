package org.rltune.env;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** One run of the checker: the environments that it checks, and what it found so far. */
final class CheckRun<O, A> extends Findings {
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
        this(maker, copies, deterministic, new Findings());
    }

    private CheckRun(Supplier<Env<O, A>> maker, boolean copies, boolean deterministic, Findings others) {
        super(others);
        this.maker = maker;
        this.copies = copies;
        this.deterministic = deterministic;
    }

    /** A run over environments made in another way that adds to the same findings. */
    CheckRun<O, A> with(Supplier<Env<O, A>> other) {
        return new CheckRun<>(other, copies, deterministic, this);
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

    Env<O, A> env() {
        Env<O, A> env = maker.get();
        if (copies) {
            made.add(env);
        }
        return env;
    }

    /** Notes the difference of two traces that should be equal. */
    void compare(EnvRule rule, String where, Trace<O, A> expected, Trace<O, A> actual) {
        String difference = expected.difference(actual);
        if (difference != null) {
            report(rule, where, difference);
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
