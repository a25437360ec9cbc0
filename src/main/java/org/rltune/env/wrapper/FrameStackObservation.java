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
import org.rltune.env.StepResult;
import org.rltune.env.TransformingWrapper;
import org.rltune.space.Space;

/**
 * Puts the latest observations together, the oldest first, as Gymnasium's wrapper of this name: those of shape (3,)
 * become one of shape (4, 3).
 *
 * <p>What an observation of several is: for a {@code Box} or an {@code ArrayBox} an array with one more dimension in
 * front, for a {@code Discrete} a {@code MultiDiscrete}, for a {@code Dict} or a {@code Tuple} such a thing for each
 * part, for any other space a {@code Tuple} of as many.
 *
 * @param <O> type of the observations outside; that of the ones inside for arrays, {@code int[]} for numbers
 * @param <A> type of an action
 * @param <P> type of an observation inside
 */
public final class FrameStackObservation<O, A, P> extends TransformingWrapper<O, A, P, A> {
    private final Stacking<O, P> stacking;
    private final int stackSize;
    private final @Nullable P padding; // null: the first observation itself
    private final Deque<P> frames = new ArrayDeque<>();

    private FrameStackObservation(Env<P, A> inner, Stacking<O, P> stacking, int stackSize, @Nullable P padding) {
        super(inner);
        this.stacking = stacking;
        this.stackSize = stackSize;
        this.padding = padding;
    }

    /** Fills up with the first observation of an episode: Gymnasium's {@code padding_type="reset"}. */
    public static <A, P> FrameStackObservation<?, A, P> paddedByReset(Env<P, A> inner, int stackSize) {
        return new FrameStackObservation<>(inner, stacking(inner, stackSize), stackSize, null);
    }

    /** Fills up with zeros, or what comes nearest in the space: Gymnasium's {@code padding_type="zero"}. */
    public static <A, P> FrameStackObservation<?, A, P> paddedByZeros(Env<P, A> inner, int stackSize) {
        P zero = Zeros.of(inner.observationSpace());
        return new FrameStackObservation<>(inner, stacking(inner, stackSize), stackSize, zero);
    }

    /** Fills up with an observation of one's own. */
    public static <A, P> FrameStackObservation<?, A, P> paddedBy(Env<P, A> inner, int stackSize, P padding) {
        String violation = inner.observationSpace().violationOf(padding);
        if (violation != null) {
            throw new IllegalArgumentException("The padding is not of the observation space " + inner.observationSpace()
                    + ": " + violation + ". Pass an observation of the environment.");
        }
        return new FrameStackObservation<>(inner, stacking(inner, stackSize), stackSize, Values.copy(padding));
    }

    /**
     * For observations that are arrays, whose type stays the same: fills up with the first observation of an episode.
     *
     * @throws IllegalArgumentException for a space that is neither a {@code Box} nor an {@code ArrayBox}
     */
    public static <A, P> FrameStackObservation<P, A, P> ofArrays(Env<P, A> inner, int stackSize) {
        ArrayView<P> arrays = ArrayView.of("FrameStackObservation.ofArrays", inner.observationSpace());
        return new FrameStackObservation<>(
                inner, Stacking.ofArrays(arrays, Check.positive("stackSize", stackSize)), stackSize, null);
    }

    private static <P> Stacking<?, P> stacking(Env<P, ?> inner, int stackSize) {
        return Stacking.of(inner.observationSpace(), Check.positive("stackSize", stackSize));
    }

    @Override
    public Space<O> observationSpace() {
        return stacking.space();
    }

    @Override
    public Space<A> actionSpace() {
        return inner().actionSpace();
    }

    @Override
    public ResetResult<O> reset(@Nullable Long seed, Map<String, Object> options) {
        ResetResult<P> result = inner().reset(seed, options);
        P first = result.observation();
        P filler = padding == null ? first : padding;
        frames.clear();
        for (int i = 1; i < stackSize; i++) {
            frames.addLast(filler);
        }
        frames.addLast(first);
        return new ResetResult<>(stacking.stack(frames), result.info());
    }

    @Override
    public StepResult<O> step(A action) {
        StepResult<P> result = inner().step(action);
        frames.pollFirst();
        frames.addLast(result.observation());
        return new StepResult<>(
                stacking.stack(frames), result.reward(), result.terminated(), result.truncated(), result.info());
    }

    @Override
    protected void state(StateFields fields) {
        List<P> kept = Values.kept(fields, Collections.unmodifiableList(new ArrayList<>(frames)));
        frames.clear();
        frames.addAll(kept);
    }
}
