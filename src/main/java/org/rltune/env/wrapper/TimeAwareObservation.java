package org.rltune.env.wrapper;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import org.rltune.env.Env;
import org.rltune.env.EnvSpec;
import org.rltune.env.ResetResult;
import org.rltune.env.StateFields;
import org.rltune.env.StepResult;
import org.rltune.env.TimeLimit;
import org.rltune.env.TransformingWrapper;
import org.rltune.space.ArrayBox;
import org.rltune.space.Box;
import org.rltune.space.DType;
import org.rltune.space.Dict;
import org.rltune.space.Space;
import org.rltune.space.Tuple;

/**
 * Tells the number of the step beside the observation, as Gymnasium's wrapper of this name.
 *
 * <p>The time is the count of steps, one element of int32, or that count divided by the limit, one element of float32.
 * It joins a {@code Dict} under a key, a {@code Tuple} at the end, and any other observation in a {@code Dict} with the
 * keys {@code obs} and {@code time}. The flat form is a {@code Box} of float32 (Gymnasium's is float64 where the time
 * is a count; counts up to 2^24 are the same).
 *
 * @param <O> type of an observation outside: {@code float[]} for the flat form, else a map or a list
 * @param <A> type of an action
 * @param <P> type of an observation inside
 */
public final class TimeAwareObservation<O, A, P> extends ObservationWrapper<O, A, P> {
    /** Gymnasium's key. */
    public static final String DEFAULT_TIME_KEY = "time";

    private final BiFunction<P, Integer, O> join;
    private int steps;

    private TimeAwareObservation(Env<P, A> inner, Space<O> space, BiFunction<P, Integer, O> join) {
        super(inner, space);
        this.join = join;
    }

    /** Joins the count of steps to flat observations: Gymnasium's default. */
    public static <A, P> TimeAwareObservation<float[], A, P> flat(Env<P, A> inner) {
        return flat(inner, false, DEFAULT_TIME_KEY);
    }

    /**
     * Joins the time to flat observations.
     *
     * @param normalizeTime whether the time runs from 0 to 1
     * @param dictTimeKey the key of the time in a {@code Dict}; the places of a flat form are in the order of the keys
     */
    public static <A, P> TimeAwareObservation<float[], A, P> flat(
            Env<P, A> inner, boolean normalizeTime, String dictTimeKey) {
        return flattened(inner, Joint.of(inner, normalizeTime, dictTimeKey));
    }

    private static <A, P, J> TimeAwareObservation<float[], A, P> flattened(Env<P, A> inner, Joint<P, J> joint) {
        if (!joint.space().isFlattenable()) {
            throw Needs.unfit(
                    "TimeAwareObservation", "observation", inner.observationSpace(), "a space with a flat form");
        }
        return new TimeAwareObservation<>(
                inner,
                joint.space().flattened(),
                (observation, time) -> joint.space().flatten(joint.join().apply(observation, time)));
    }

    /**
     * Joins the time to observations as they are: Gymnasium's {@code flatten=False}.
     *
     * @param normalizeTime whether the time runs from 0 to 1
     * @param dictTimeKey the key of the time where the observation is a {@code Dict}
     */
    public static <A, P> TimeAwareObservation<?, A, P> nested(
            Env<P, A> inner, boolean normalizeTime, String dictTimeKey) {
        return joined(inner, Joint.of(inner, normalizeTime, dictTimeKey));
    }

    private static <A, P, J> TimeAwareObservation<J, A, P> joined(Env<P, A> inner, Joint<P, J> joint) {
        return new TimeAwareObservation<>(inner, joint.space(), joint.join());
    }

    @Override
    public ResetResult<O> reset(@Nullable Long seed, Map<String, Object> options) {
        steps = 0;
        return super.reset(seed, options);
    }

    @Override
    public StepResult<O> step(A action) {
        steps++;
        return super.step(action);
    }

    @Override
    public O observation(P observation) {
        return join.apply(observation, steps);
    }

    @Override
    protected void state(StateFields fields) {
        steps = fields.keep(steps);
    }

    /** An observation with its time: their space, and how the two come together. */
    private record Joint<P, J>(Space<J> space, BiFunction<P, Integer, J> join) {
        @SuppressWarnings("unchecked") // the observations of a Dict are maps, those of a Tuple lists
        static <P> Joint<P, ?> of(Env<P, ?> env, boolean normalize, String key) {
            int limit = limit(env);
            Space<?> time = normalize ? Box.of(0, 1, 1) : ArrayBox.of(DType.INT32, 0, limit, 1);
            Space<P> inside = env.observationSpace();
            if (inside instanceof Dict dict) {
                if (dict.spaces().containsKey(key)) {
                    throw new IllegalArgumentException("dictTimeKey is '" + key + "', but the observations already have"
                            + " this key: " + dict.spaces().keySet() + ". Choose another one.");
                }
                Map<String, Space<?>> spaces = new LinkedHashMap<>(dict.spaces());
                spaces.put(key, time);
                return new Joint<P, Map<String, Object>>(
                        Dict.sorted(spaces),
                        (observation, step) ->
                                with((Map<String, Object>) observation, key, at(step, normalize, limit)));
            }
            if (inside instanceof Tuple tuple) {
                List<Space<?>> spaces = new ArrayList<>(tuple.spaces());
                spaces.add(time);
                return new Joint<P, List<Object>>(
                        Tuple.of(spaces),
                        (observation, step) -> with((List<Object>) observation, at(step, normalize, limit)));
            }
            return new Joint<P, Map<String, Object>>(
                    Dict.of("obs", inside, "time", time),
                    (observation, step) -> with(Map.of("obs", observation), "time", at(step, normalize, limit)));
        }

        private static Object at(int step, boolean normalize, int limit) {
            return normalize ? new float[] {(float) (step / (double) limit)} : new int[] {step};
        }

        private static Map<String, Object> with(Map<String, Object> observation, String key, Object time) {
            Map<String, Object> joined = new LinkedHashMap<>(observation);
            joined.put(key, time);
            return Collections.unmodifiableMap(joined);
        }

        private static List<Object> with(List<Object> observation, Object time) {
            List<Object> joined = new ArrayList<>(observation);
            joined.add(time);
            return Collections.unmodifiableList(joined);
        }

        private static int limit(Env<?, ?> env) {
            for (Env<?, ?> at = env; at instanceof TransformingWrapper<?, ?, ?, ?> wrapper; at = wrapper.inner()) {
                if (at instanceof TimeLimit<?, ?> timeLimit) {
                    return timeLimit.maxEpisodeSteps();
                }
            }
            return env.spec()
                    .map(EnvSpec::maxEpisodeSteps)
                    .filter(OptionalInt::isPresent)
                    .orElseThrow(() -> new IllegalArgumentException("TimeAwareObservation needs a limit of steps, but"
                            + " the environment has none. Wrap it into a TimeLimit first, or give its spec"
                            + " maxEpisodeSteps."))
                    .getAsInt();
        }
    }
}
