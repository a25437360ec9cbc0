package org.rltune.envs;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.rltune.check.Check;
import org.rltune.check.Suggest;
import org.rltune.env.StateFields;

/**
 * What a mountain car has to do: pass this position at this velocity or faster.
 *
 * @param goalPosition right of where every episode begins, at most the right end of the world
 * @param goalVelocity any finite number
 */
record MountainCarTask(double goalPosition, double goalVelocity) {
    private static final String POSITION = "goal_position";
    private static final String VELOCITY = "goal_velocity";
    private static final List<String> KEYS = List.of(POSITION, VELOCITY);

    /** Reads what {@link #plain} returned, or a part of it; what is left out is that of another task. */
    static MountainCarTask of(Object task, MountainCarTask otherwise) {
        if (!(task instanceof Map<?, ?> map) || !KEYS.containsAll(map.keySet())) {
            String near = task instanceof Map<?, ?> other
                    ? other.keySet().stream()
                            .filter(key -> !KEYS.contains(key))
                            .map(key -> Suggest.nearest(String.valueOf(key), KEYS))
                            .findFirst()
                            .orElse("")
                    : "";
            throw new IllegalArgumentException("The task is " + task
                    + ", but one of a mountain car is a map with goal_position, goal_velocity or both." + near);
        }
        double position = number(map, POSITION, otherwise.goalPosition);
        Check.inOpenClosed(POSITION, position, MountainCar.START_HIGH, MountainCar.MAX_POSITION);
        return new MountainCarTask(position, Check.finite(VELOCITY, number(map, VELOCITY, otherwise.goalVelocity)));
    }

    private static double number(Map<?, ?> task, String key, double otherwise) {
        Object value = task.get(key);
        if (value == null) {
            return otherwise;
        }
        if (value instanceof Number number) {
            return number.doubleValue();
        }
        throw new IllegalArgumentException("The task's " + key + " is " + value + ", but must be a number.");
    }

    /** The task after {@link StateFields} kept or restored it. */
    MountainCarTask kept(StateFields fields) {
        return new MountainCarTask(fields.keep(goalPosition), fields.keep(goalVelocity));
    }

    /** The task as a map. */
    Map<String, Object> plain() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put(POSITION, goalPosition);
        map.put(VELOCITY, goalVelocity);
        return map;
    }
}
