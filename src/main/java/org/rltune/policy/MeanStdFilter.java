package org.rltune.policy;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Gives observations mean 0 and deviation 1 by their running moments: RLlib's {@code MeanStdFilter}.
 *
 * <pre>
 *   y = clip((x - mean) / sqrt(variance + 1e-8), -clip, clip)
 * </pre>
 *
 * <p>As in RLlib each rollout worker has a filter of its own, which goes on learning while it collects; after an iteration
 * the trainer's filter merges what each has seen since, in the order of workers, and all take over the sum. A policy in
 * use has a filter that no longer learns. Discrete parts of an observation pass unchanged. The constant 1e-8 and the
 * limit of 10 are those of Stable-Baselines3's {@code VecNormalize}. One thread at a time, but for {@link #apply}.
 */
public final class MeanStdFilter {
    /** The name of this filter in settings and files. */
    public static final String NAME = "MeanStdFilter";

    private static final double EPSILON = 1e-8;

    private final boolean[] filtered;
    private final double clip;
    private final RunningMoments total;
    private final RunningMoments latest;
    private final double[] scale;

    /**
     * Makes a filter that has seen nothing and changes nothing but for the clip.
     *
     * @param filtered for each number of an observation whether it is filtered
     * @param clip the greatest magnitude of a filtered number; 0 for none
     */
    public MeanStdFilter(boolean[] filtered, double clip) {
        this.filtered = filtered.clone();
        this.clip = clip;
        this.total = new RunningMoments(filtered.length);
        this.latest = new RunningMoments(filtered.length);
        this.scale = new double[filtered.length];
        refresh();
    }

    /** Returns a new filter of the same kind that has seen the same. */
    public MeanStdFilter copy() {
        MeanStdFilter copy = new MeanStdFilter(filtered, clip);
        copy.take(this);
        return copy;
    }

    /** Learns from observations, row after row; {@link #apply} reckons with them from now on. */
    public void observe(float[] rows, int at, int count) {
        int size = filtered.length;
        for (int i = 0; i < count; i++) {
            total.add(rows, at + i * size);
            latest.add(rows, at + i * size);
        }
        refresh();
    }

    /** Writes filtered observations; {@code out} may be {@code rows} itself. */
    public void apply(float[] rows, int at, int count, float[] out, int outAt) {
        int size = filtered.length;
        float limit = clip > 0 ? (float) clip : Float.MAX_VALUE;
        for (int i = 0; i < count; i++) {
            for (int j = 0; j < size; j++) {
                float x = rows[at + i * size + j];
                if (filtered[j]) {
                    float y = (float) ((x - total.mean(j)) * scale[j]);
                    x = Math.max(-limit, Math.min(limit, y));
                }
                out[outAt + i * size + j] = x;
            }
        }
    }

    private void refresh() {
        for (int j = 0; j < scale.length; j++) {
            scale[j] = 1 / Math.sqrt(total.variance(j) + EPSILON);
        }
    }

    /** Takes over what another filter knows; what this one saw by itself is forgotten. */
    public void take(MeanStdFilter other) {
        total.set(other.total);
        latest.clear();
        refresh();
    }

    /** Learns what a worker's filter has seen since it took over this one's state. */
    public void merge(MeanStdFilter worker) {
        total.merge(worker.latest);
        refresh();
    }

    /** Returns how many observations it has learned from. */
    public long count() {
        return total.count();
    }

    /** Returns the numbers in an observation. */
    public int size() {
        return filtered.length;
    }

    /** Returns whether number {@code j} of an observation is filtered. */
    public boolean filters(int j) {
        return filtered[j];
    }

    /** Returns what is subtracted from number {@code j}. */
    public double mean(int j) {
        return total.mean(j);
    }

    /** Returns what number {@code j} is multiplied by after the subtraction. */
    public double scale(int j) {
        return scale[j];
    }

    /** Returns the greatest magnitude of a filtered number; 0 for none. */
    public double clip() {
        return clip;
    }

    /** Returns the state as JSON values. */
    Map<String, Object> toMap() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("type", NAME);
        map.put("clip_obs", clip);
        map.putAll(total.toMap());
        return map;
    }

    /** Takes over a saved state. */
    void restore(Map<String, ?> map, String source) {
        if (!NAME.equals(map.get("type"))) {
            throw new IllegalArgumentException(source + ": the observation filter is " + map.get("type") + ", but only "
                    + NAME + " can be read. Use the rltune that wrote it.");
        }
        total.restore(map, source);
        latest.clear();
        refresh();
    }
}
