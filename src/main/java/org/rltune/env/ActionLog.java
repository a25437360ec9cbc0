package org.rltune.env;

/**
 * The actions of the running episodes, from which an episode can be repeated: the last steps of all environments, in a
 * ring of rows of {@code envs * actionSize} floats that grows until the longest running episode fits.
 */
final class ActionLog {
    private static final int FIRST_ROWS = 64;

    private final int width;
    private final int size;
    private float[] ring;
    private int rows = FIRST_ROWS;
    private long count; // steps written
    private long needed; // the oldest step that a running episode may need

    ActionLog(int envs, int actionSize) {
        size = actionSize;
        width = envs * actionSize;
        ring = new float[FIRST_ROWS * width];
    }

    /**
     * Writes the next step.
     *
     * @param steps those that each running episode has taken before this one
     */
    void add(float[] action, int[] steps) {
        if (count - needed >= rows) {
            needed = count - longest(steps);
            if (count - needed >= rows) {
                grow();
            }
        }
        System.arraycopy(action, 0, ring, at(count, rows), width);
        count++;
    }

    /** Writes the action of one environment in the step {@code back} steps before the newest, in place of what was there. */
    void set(int e, int back, float[] action) {
        System.arraycopy(action, 0, ring, at(count - 1 - back, rows) + e * size, size);
    }

    /** The actions of the last {@code steps} steps of one environment. */
    float[] last(int e, int steps) {
        float[] actions = new float[steps * size];
        for (int i = 0; i < steps; i++) {
            System.arraycopy(ring, at(count - steps + i, rows) + e * size, actions, i * size, size);
        }
        return actions;
    }

    /** Forgets everything and takes over the actions of the running episode of each environment. */
    void replace(float[][] actions) {
        int longest = 0;
        for (float[] of : actions) {
            longest = Math.max(longest, of.length / size);
        }
        while (rows < longest) {
            rows *= 2;
        }
        ring = new float[Math.multiplyExact(rows, width)];
        count = longest;
        needed = 0;
        for (int e = 0; e < actions.length; e++) {
            int steps = actions[e].length / size;
            for (int i = 0; i < steps; i++) {
                System.arraycopy(actions[e], i * size, ring, at(count - steps + i, rows) + e * size, size);
            }
        }
    }

    private void grow() {
        int larger = 2 * rows;
        float[] copy = new float[Math.multiplyExact(larger, width)];
        for (long step = needed; step < count; step++) {
            System.arraycopy(ring, at(step, rows), copy, at(step, larger), width);
        }
        ring = copy;
        rows = larger;
    }

    private int at(long step, int rows) {
        return (int) (step & (rows - 1)) * width; // rows is a power of two
    }

    private static int longest(int[] steps) {
        int longest = 0;
        for (int n : steps) {
            longest = Math.max(longest, n);
        }
        return longest;
    }
}
