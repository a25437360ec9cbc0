package org.rltune.policy;

import java.util.Arrays;
import org.rltune.nn.Approximations;
import org.rltune.space.Box;
import org.rltune.space.Dict;
import org.rltune.space.Discrete;
import org.rltune.space.MultiBinary;
import org.rltune.space.MultiDiscrete;
import org.rltune.space.Space;
import org.rltune.space.Tuple;

/**
 * Turns raw actions, as a distribution draws them, into actions of the environment, in training and in use alike.
 *
 * <p>A raw action has a number for each element: an index from 0 for a choice (0 or 1 for an element of a
 * {@code MultiBinary}), a real number for an element of a {@code Box}. Parts of a {@code Tuple} or {@code Dict} follow one
 * another. What comes out lies as the flat actions of a vector environment do: indices as they are, but one-hot inside a
 * {@code Tuple} or {@code Dict}; and an element of a {@code Box}
 *
 * <ul>
 *   <li>of a Gaussian: with two finite bounds and normalised actions (RLlib's {@code normalize_actions}) clipped to
 *       [-1, 1] and mapped linearly onto [low, high]; otherwise clipped to the bounds that it has (as Stable-Baselines3
 *       does), or left alone without {@code clip_actions};
 *   <li>of a squashed Gaussian: its hyperbolic tangent, mapped from [-1, 1] onto [low, high];
 *   <li>of a Beta variable: mapped from [0, 1] onto [low, high].
 * </ul>
 *
 * <p>Log-probabilities are always those of the raw action. Immutable.
 */
public final class ActionScaling {
    private enum Kind {
        INDEX,
        ONE_HOT,
        CLIP,
        UNIT,
        SQUASH,
        FRACTION
    }

    private final Space<?> space;
    private final boolean normalize;
    private final boolean clip;
    private final BoxDistribution boxes;

    // One entry for each number of a raw action, as far as `size`.
    private Kind[] kinds = new Kind[4];
    private float[] low = new float[4];
    private float[] high = new float[4];
    private int[] places = new int[4];
    private int size;
    private int envSize;
    private final boolean plain;

    /** As {@link #ActionScaling(Space, boolean, boolean, BoxDistribution)}, clipped Gaussians. */
    public ActionScaling(Space<?> space, boolean normalize) {
        this(space, normalize, true, BoxDistribution.DIAG_GAUSSIAN);
    }

    /**
     * Makes the scaling for one space.
     *
     * @param space a {@code Discrete}, {@code MultiDiscrete}, {@code MultiBinary}, {@code Box}, or a {@code Tuple} or
     *     {@code Dict} of them
     * @param normalize whether bounded elements of Gaussians are mapped from [-1, 1]
     * @param clip whether elements that are not mapped are clipped to their bounds
     * @param boxes what elements of boxes are drawn from
     */
    public ActionScaling(Space<?> space, boolean normalize, boolean clip, BoxDistribution boxes) {
        this.space = space;
        this.normalize = normalize;
        this.clip = clip;
        this.boxes = boxes;
        add(space, false);
        this.plain = Arrays.stream(kinds, 0, size).allMatch(kind -> kind == Kind.INDEX);
    }

    private void add(Space<?> part, boolean oneHot) {
        if (part instanceof Discrete discrete) {
            addChoice(discrete.n(), oneHot);
        } else if (part instanceof MultiDiscrete multi) {
            Arrays.stream(multi.nvec()).forEach(n -> addChoice(n, oneHot));
        } else if (part instanceof MultiBinary binary) {
            for (int j = 0; j < binary.size(); j++) {
                addChoice(1, false); // bits stay bits in the flat form of a Tuple too
            }
        } else if (part instanceof Box box) {
            for (int j = 0; j < box.size(); j++) {
                addElement(kind(box, j), box.low(j), box.high(j), 1);
            }
        } else if (part instanceof Tuple tuple) {
            tuple.spaces().forEach(inner -> add(inner, true));
        } else if (part instanceof Dict dict) {
            dict.spaces().values().forEach(inner -> add(inner, true));
        } else {
            throw new IllegalArgumentException("No action distribution draws from " + part + ". Use Discrete,"
                    + " MultiDiscrete, MultiBinary, Box, or a Tuple or Dict of them.");
        }
    }

    private void addChoice(int n, boolean oneHot) {
        addElement(oneHot ? Kind.ONE_HOT : Kind.INDEX, 0, n, oneHot ? n : 1);
    }

    private Kind kind(Box box, int j) {
        return switch (boxes) {
            case SQUASHED_GAUSSIAN -> Kind.SQUASH;
            case BETA -> Kind.FRACTION;
            case DIAG_GAUSSIAN -> normalize && box.bounded(j) ? Kind.UNIT : Kind.CLIP;
        };
    }

    private void addElement(Kind kind, float least, float most, int width) {
        if (size == kinds.length) {
            kinds = Arrays.copyOf(kinds, 2 * size);
            low = Arrays.copyOf(low, 2 * size);
            high = Arrays.copyOf(high, 2 * size);
            places = Arrays.copyOf(places, 2 * size);
        }
        boolean free = kind == Kind.CLIP && !clip;
        kinds[size] = kind;
        low[size] = free ? Float.NEGATIVE_INFINITY : least;
        high[size] = free ? Float.POSITIVE_INFINITY : most;
        places[size] = envSize;
        size++;
        envSize = Math.addExact(envSize, width);
    }

    /** Returns the choices of each element of an action that is choices alone; empty for any other. */
    static int[] choices(Space<?> space) {
        if (space instanceof Discrete discrete) {
            return new int[] {discrete.n()};
        }
        if (space instanceof MultiDiscrete multi) {
            return multi.nvec();
        }
        if (space instanceof MultiBinary binary) {
            int[] two = new int[binary.size()];
            Arrays.fill(two, 2);
            return two;
        }
        return new int[0];
    }

    /** Returns whether bounded elements of Gaussians are mapped from [-1, 1]. */
    public boolean normalize() {
        return normalize;
    }

    /** Returns whether elements that are not mapped are clipped to their bounds. */
    public boolean clip() {
        return clip;
    }

    /** Returns what elements of boxes are drawn from. */
    public BoxDistribution boxes() {
        return boxes;
    }

    /** Returns the numbers in an action of the environment. */
    public int envSize() {
        return envSize;
    }

    /**
     * Writes the environment's actions for {@code rows} raw ones, row-major.
     *
     * @param raw raw actions, from {@code rawOffset}
     * @param out filled from index 0
     */
    public void toEnv(float[] raw, int rawOffset, int rows, float[] out) {
        if (plain) {
            System.arraycopy(raw, rawOffset, out, 0, rows * size);
            return;
        }
        for (int row = 0; row < rows; row++) {
            int from = rawOffset + row * size;
            int to = row * envSize;
            for (int j = 0; j < size; j++) {
                write(j, raw[from + j], out, to + places[j]);
            }
        }
    }

    private void write(int j, float raw, float[] out, int at) {
        switch (kinds[j]) {
            case INDEX -> out[at] = raw;
            case ONE_HOT -> {
                Arrays.fill(out, at, at + (int) high[j], 0f);
                out[at + (int) raw] = 1f;
            }
            case CLIP -> out[at] = clipped(j, raw);
            case UNIT -> out[at] = fromUnit(j, Math.max(-1f, Math.min(1f, raw)));
            case SQUASH -> out[at] = fromUnit(j, Approximations.tanh(raw));
            case FRACTION -> out[at] = clipped(j, Math.fma(raw, high[j] - low[j], low[j]));
        }
    }

    private float fromUnit(int j, float unit) {
        // The clip after the map keeps the last bit of rounding inside the space.
        return clipped(j, Math.fma((unit + 1f) * 0.5f, high[j] - low[j], low[j]));
    }

    private float clipped(int j, float x) {
        return Math.max(low[j], Math.min(high[j], x));
    }

    /** Returns the numbers in the environment's action that element {@code j} of a raw one becomes. */
    int width(int j) {
        return kinds[j] == Kind.ONE_HOT ? (int) high[j] : 1;
    }

    boolean oneHot(int j) {
        return kinds[j] == Kind.ONE_HOT;
    }

    /**
     * Returns what happens to a real element as six numbers: it is clipped to the first two, multiplied by the third, the
     * fourth is added, and the sum is clipped to the last two. (A squashed one has become its tangent before.)
     */
    float[] map(int j) {
        float least = Math.max(-Float.MAX_VALUE, low[j]);
        float most = Math.min(Float.MAX_VALUE, high[j]);
        return switch (kinds[j]) {
            case UNIT, SQUASH -> {
                float half = 0.5f * (most - least);
                yield new float[] {-1, 1, half, least + half, least, most};
            }
            case FRACTION -> new float[] {0, 1, most - least, least, least, most};
            default -> new float[] {-Float.MAX_VALUE, Float.MAX_VALUE, 1, 0, least, most};
        };
    }

    /** Returns an environment's action as a new value of its space. */
    Object toValue(float[] envAction) {
        if (space instanceof Discrete discrete) {
            return discrete.start() + (int) envAction[0];
        }
        if (space instanceof MultiDiscrete multi) {
            int[] value = multi.start();
            for (int j = 0; j < value.length; j++) {
                value[j] += (int) envAction[j];
            }
            return value;
        }
        if (space instanceof MultiBinary) {
            byte[] bits = new byte[size];
            for (int j = 0; j < size; j++) {
                bits[j] = (byte) envAction[j];
            }
            return bits;
        }
        return space instanceof Box ? envAction.clone() : space.unflatten(envAction, 0);
    }
}
