package org.rltune.envs.box2d;

/** Actions of some numbers from -1 to 1. */
final class Throttle {
    private Throttle() {}

    /** Refuses an action of another length or with a NaN, which the physics would spread over the whole world. */
    static void require(String env, float[] action, int length) {
        if (action.length != length) {
            throw new IllegalArgumentException(
                    env + ": the action has " + action.length + " numbers, but must have " + length);
        }
        for (int i = 0; i < length; i++) {
            if (Float.isNaN(action[i])) {
                throw new IllegalArgumentException(
                        env + ": number " + i + " of the action is NaN, but must be from -1 to 1");
            }
        }
    }

    /** What lies beyond -1 or 1 counts as that. */
    static double clip(float value) {
        return Math.min(Math.max(value, -1f), 1f);
    }
}
