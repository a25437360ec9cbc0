package org.rltune.env;

import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.rltune.space.Box;
import org.rltune.space.Discrete;
import org.rltune.space.Space;

/** The spaces of one environment and how their values lie in flat arrays. Immutable. */
final class FlatSpaces {
    // Beyond 2^24 a float cannot tell two neighbouring indices apart.
    private static final int MAX_DISCRETE = 1 << 24;

    private final Box observation;
    private final float[] low;
    private final float[] high;
    private final Space<?> action;
    private final @Nullable Discrete discrete;

    private FlatSpaces(Box observation, Space<?> action, @Nullable Discrete discrete) {
        this.observation = observation;
        this.low = observation.low();
        this.high = observation.high();
        this.action = action;
        this.discrete = discrete;
    }

    static FlatSpaces of(String id, Space<?> observation, Space<?> action) {
        if (!(observation instanceof Box box)) {
            throw new IllegalArgumentException(id + " has the observation space " + observation
                    + "; only a Box has a flat form here. Return a float[] from the environment and declare a Box");
        }
        if (action instanceof Discrete discrete) {
            if (discrete.n() > MAX_DISCRETE) {
                throw new IllegalArgumentException(
                        id + " has the action space " + action + "; at most " + MAX_DISCRETE + " actions are possible");
            }
            return new FlatSpaces(box, action, discrete);
        }
        if (action instanceof Box) {
            return new FlatSpaces(box, action, null);
        }
        throw new IllegalArgumentException(
                id + " has the action space " + action + "; only Box and Discrete have a flat form here");
    }

    Box observationSpace() {
        return observation;
    }

    Space<?> actionSpace() {
        return action;
    }

    int observationSize() {
        return low.length;
    }

    int actionSize() {
        return discrete != null ? 1 : action.flatSize();
    }

    /** Copies an observation to its place; returns null, or what is wrong with the observation. */
    @Nullable
    String copyObservation(@Nullable Object value, float[] into, int at) {
        if (!(value instanceof float[] values)) {
            return value == null
                    ? "the observation is null; it must be a float[] of length " + low.length
                    : "the observation is of the type " + value.getClass().getSimpleName() + ", but must be a float[]";
        }
        if (values.length != low.length) {
            return "the observation has the length " + values.length + ", but its space " + observation
                    + " has the size " + low.length;
        }
        for (int j = 0; j < values.length; j++) {
            float v = values[j];
            // An infinite value may lie within infinite bounds, but no network can use it.
            if (!(v >= low[j] && v <= high[j] && Math.abs(v) <= Float.MAX_VALUE)) {
                return describe(j, v);
            }
            into[at + j] = v;
        }
        return null;
    }

    private String describe(int j, float v) {
        String rule = Float.isFinite(v)
                ? "is outside the bounds [" + low[j] + ", " + high[j] + "] of the observation space"
                : "must be a finite number within [" + low[j] + ", " + high[j] + "]";
        return String.format(
                Locale.ROOT,
                "observation index %d: value %s %s. Return values inside the space, or declare a wider one",
                j,
                Float.toString(v),
                rule);
    }

    /** What is wrong with the flat action at this place, or null. */
    @Nullable
    String wrongAction(float[] action, int at) {
        if (discrete != null) {
            float v = action[at];
            return v >= 0 && v < discrete.n() && v == (int) v
                    ? null
                    : "action " + v + " must be an index from 0 to " + (discrete.n() - 1) + " of " + discrete;
        }
        for (int j = 0; j < actionSize(); j++) {
            if (!Float.isFinite(action[at + j])) {
                return "action index " + j + ": value " + action[at + j] + " must be a finite number";
            }
        }
        return null;
    }

    /** The action as the environment takes it; {@code buffer} is filled and returned for a Box. */
    Object decode(float[] action, int at, float[] buffer) {
        if (discrete != null) {
            return discrete.start() + (int) action[at];
        }
        System.arraycopy(action, at, buffer, 0, buffer.length);
        return buffer;
    }

    /** Whether these are the same two spaces. */
    boolean sameAs(Space<?> otherObservation, Space<?> otherAction) {
        return observation.equals(otherObservation) && action.equals(otherAction);
    }
}
