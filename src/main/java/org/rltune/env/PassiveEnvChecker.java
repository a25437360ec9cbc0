package org.rltune.env;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.rltune.space.Space;

/**
 * Checks everything that goes into an environment and comes out of it, as Gymnasium's wrapper of this name: actions
 * and observations against their spaces, rewards for being finite. The first violation is an error, not a warning.
 */
public final class PassiveEnvChecker<O, A> extends Wrapper<O, A> {
    private final String id;
    private long episode = -1;
    private long step;

    /** Checks an environment that messages call by this id. */
    public PassiveEnvChecker(Env<O, A> inner, String id) {
        super(inner);
        this.id = id;
    }

    @Override
    public ResetResult<O> reset(@Nullable Long seed, Map<String, Object> options) {
        ResetResult<O> result = super.reset(seed, options);
        episode++;
        step = 0;
        if (result == null) {
            throw fault("reset returned null; it must return a ResetResult");
        }
        checkObservation(result.observation());
        return result;
    }

    @Override
    public StepResult<O> step(A action) {
        step++;
        String wrongAction = violation(actionSpace(), action);
        if (wrongAction != null) {
            throw new IllegalArgumentException(
                    where() + "the action is outside its space " + actionSpace() + ": " + wrongAction);
        }
        StepResult<O> result = super.step(action);
        if (result == null) {
            throw fault("step returned null; it must return a StepResult");
        }
        checkObservation(result.observation());
        if (!Double.isFinite(result.reward())) {
            throw fault("the reward is " + result.reward() + "; it must be a finite number");
        }
        return result;
    }

    @Override
    protected void state(StateFields fields) {
        episode = fields.keep(episode);
        step = fields.keep(step);
    }

    private void checkObservation(O observation) {
        String wrong = violation(observationSpace(), observation);
        if (wrong != null) {
            throw fault("the observation is outside its space " + observationSpace() + ": " + wrong
                    + ". Return values inside the space, or declare a wider one");
        }
    }

    /** What is wrong with a value, or null; values of a wrong type, which unchecked casts let through, included. */
    private static <T> @Nullable String violation(Space<T> space, @Nullable T value) {
        if (value == null) {
            return "it is null";
        }
        try {
            return space.violation(value);
        } catch (ClassCastException e) {
            return "it is of the type " + value.getClass().getSimpleName();
        }
    }

    private EnvException fault(String what) {
        return new EnvException(where() + what, null);
    }

    private String where() {
        return id + ", episode " + episode + ", step " + step + ": ";
    }
}
