package org.rltune.env.wrapper;

import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.rltune.env.Env;
import org.rltune.env.FlatActions;
import org.rltune.env.ResetResult;
import org.rltune.env.StepResult;
import org.rltune.env.TransformingWrapper;
import org.rltune.space.Dict;
import org.rltune.space.MultiBinary;
import org.rltune.space.Space;

/**
 * Moves the mask of allowed actions from the info, where environments such as Gymnasium's Taxi put it, into the
 * observation, where a policy looks for it: the observation becomes a {@code Dict} of {@code observation} and {@code
 * action_mask}. Not a wrapper of Gymnasium's.
 *
 * <p>The info's {@code action_mask} is an array or list with one flag for each choice: numbers (0 forbids) or booleans; for
 * a {@code Discrete} action its {@code n}, for {@code MultiDiscrete} those of one element after the other, for {@code
 * MultiBinary} "0" and "1" of each element. The info of an episode's last step may lack it.
 *
 * @param <A> type of an action
 * @param <P> type of an observation inside
 */
public final class ActionMaskFromInfo<A, P> extends TransformingWrapper<Map<String, Object>, A, P, A> {
    private static final String MASK = "action_mask";

    private final int choices;
    private final Dict space;

    /** Wraps an environment whose actions are choices. */
    public ActionMaskFromInfo(Env<P, A> inner) {
        super(inner);
        FlatActions actions = FlatActions.of(inner.actionSpace());
        int sum = 0;
        for (int j = 0; j < actions.size(); j++) {
            sum += actions.choices(j);
        }
        if (sum == 0) {
            throw Needs.unfit(
                    "ActionMaskFromInfo",
                    "action",
                    inner.actionSpace(),
                    "Discrete, MultiDiscrete or MultiBinary actions");
        }
        choices = sum;
        space = Dict.of("observation", inner.observationSpace(), MASK, MultiBinary.of(sum));
    }

    @Override
    public Space<Map<String, Object>> observationSpace() {
        return space;
    }

    @Override
    public Space<A> actionSpace() {
        return inner().actionSpace();
    }

    @Override
    public ResetResult<Map<String, Object>> reset(@Nullable Long seed, Map<String, Object> options) {
        ResetResult<P> first = inner().reset(seed, options);
        return new ResetResult<>(joined(first.observation(), first.info(), false), first.info());
    }

    @Override
    public StepResult<Map<String, Object>> step(A action) {
        StepResult<P> result = inner().step(action);
        return new StepResult<>(
                joined(result.observation(), result.info(), result.ended()),
                result.reward(),
                result.terminated(),
                result.truncated(),
                result.info());
    }

    private Map<String, Object> joined(P observation, Map<String, Object> info, boolean ended) {
        Object told = info.get(MASK);
        byte[] mask = new byte[choices];
        if (told == null && ended) {
            Arrays.fill(mask, (byte) 1);
        } else {
            for (int j = 0; j < choices; j++) {
                mask[j] = (byte) (flag(told, j) ? 1 : 0);
            }
        }
        Map<String, Object> joined = new LinkedHashMap<>();
        joined.put("observation", observation);
        joined.put(MASK, mask);
        return Collections.unmodifiableMap(joined);
    }

    private boolean flag(@Nullable Object mask, int j) {
        if (mask instanceof byte[] bytes && bytes.length == choices) {
            return bytes[j] != 0;
        }
        if (mask instanceof boolean[] flags && flags.length == choices) {
            return flags[j];
        }
        if (mask instanceof int[] numbers && numbers.length == choices) {
            return numbers[j] != 0;
        }
        if (mask instanceof float[] numbers && numbers.length == choices) {
            return numbers[j] != 0;
        }
        if (mask instanceof List<?> list && list.size() == choices) {
            Object flag = list.get(j);
            return Boolean.TRUE.equals(flag) || (flag instanceof Number number && number.doubleValue() != 0);
        }
        throw new IllegalStateException("The info's action_mask is " + (mask == null ? "missing" : "unfit: " + mask)
                + ", but ActionMaskFromInfo needs an array or list of " + choices + " flags, one for each choice of "
                + inner().actionSpace() + ". Put it into the info of every reset and step.");
    }
}
