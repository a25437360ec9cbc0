package org.rltune.env;

import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.rltune.check.Check;

/**
 * Truncates an episode after a number of steps, as Gymnasium's wrapper of this name.
 *
 * <p>A step that is both the last one allowed and the end of the task is terminated and truncated.
 */
public final class TimeLimit<O, A> extends Wrapper<O, A> {
    private final int maxEpisodeSteps;
    private int steps;

    /** Limits episodes to this many steps, at least 1. */
    public TimeLimit(Env<O, A> inner, int maxEpisodeSteps) {
        super(inner);
        Check.atLeast("maxEpisodeSteps", maxEpisodeSteps, 1);
        this.maxEpisodeSteps = maxEpisodeSteps;
    }

    /** Steps after which an episode is truncated. */
    public int maxEpisodeSteps() {
        return maxEpisodeSteps;
    }

    /** The spec inside with the limit that is in force: the lesser of its own and this one. */
    @Override
    public Optional<EnvSpec> spec() {
        return super.spec()
                .map(spec -> spec.withMaxEpisodeSteps(
                        Math.min(maxEpisodeSteps, spec.maxEpisodeSteps().orElse(maxEpisodeSteps))));
    }

    @Override
    public ResetResult<O> reset(@Nullable Long seed, Map<String, Object> options) {
        steps = 0;
        return super.reset(seed, options);
    }

    @Override
    public StepResult<O> step(A action) {
        StepResult<O> result = super.step(action);
        steps++;
        if (steps < maxEpisodeSteps || result == null || result.truncated()) {
            return result;
        }
        return new StepResult<>(result.observation(), result.reward(), result.terminated(), true, result.info());
    }

    @Override
    protected void state(StateFields fields) {
        steps = fields.keep(steps);
    }
}
