package org.rltune.env.wrapper;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.rltune.check.Check;
import org.rltune.env.Env;
import org.rltune.env.ResetResult;
import org.rltune.env.StateFields;

/**
 * Gives each observation some steps late, as Gymnasium's wrapper of this name; until then zeros, or what comes nearest
 * in the space.
 */
public final class DelayObservation<O, A> extends ObservationWrapper<O, A, O> {
    private final int delay;
    private final O zero;
    private final Deque<O> queue = new ArrayDeque<>();

    /** Wraps this environment; observations come this many steps late, at least 0. */
    public DelayObservation(Env<O, A> inner, int delay) {
        super(inner, inner.observationSpace());
        this.delay = Check.atLeast("delay", delay, 0);
        this.zero = Zeros.of(inner.observationSpace());
    }

    @Override
    public ResetResult<O> reset(@Nullable Long seed, Map<String, Object> options) {
        queue.clear();
        return super.reset(seed, options);
    }

    @Override
    public O observation(O observation) {
        queue.addLast(observation);
        return queue.size() > delay ? queue.removeFirst() : Values.copy(zero);
    }

    @Override
    protected void state(StateFields fields) {
        List<O> kept = Values.kept(fields, Collections.unmodifiableList(new ArrayList<>(queue)));
        queue.clear();
        queue.addAll(kept);
    }
}
