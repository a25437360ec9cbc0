package org.rltune.env;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.rltune.space.Box;
import org.rltune.space.Discrete;
import org.rltune.space.MultiBinary;
import org.rltune.space.MultiDiscrete;
import org.rltune.space.Space;

/**
 * How the actions of a space lie in the flat arrays of a {@link VectorEnv}. Immutable.
 *
 * <table>
 * <caption>Flat actions</caption>
 * <tr><th>space</th><th>floats of one action</th></tr>
 * <tr><td>{@code Discrete}</td><td>1: the index from 0; the start is added here</td></tr>
 * <tr><td>{@code MultiDiscrete}</td><td>an index from 0 for each element</td></tr>
 * <tr><td>{@code MultiBinary}</td><td>0 or 1 for each element</td></tr>
 * <tr><td>{@code Box}</td><td>its elements, finite, passed on as they are, not clipped</td></tr>
 * <tr><td>any other with a flat form</td><td>{@link Space#flatten}, in which discrete parts are one-hot</td></tr>
 * </table>
 */
public final class FlatActions {
    // Beyond 2^24 a float cannot tell two neighbouring indices apart.
    private static final int MAX_INDEX = 1 << 24;
    // Sign, exponent and the first three digits tell the numbers up to 15 apart.
    private static final int CODE_SHIFT = 20;
    private static final int MOST_CODES = 16;
    private static final int INFINITY = Float.floatToRawIntBits(Float.POSITIVE_INFINITY);

    private final Space<?> space;
    private final Space<Object> values;
    private final boolean single; // a Discrete
    private final int size;
    private final int[] counts; // of an index; empty where the action is not made of indices
    private final int[] starts;
    private final int[] codes; // of a single index among few, else empty

    private FlatActions(Space<?> space, int size, int[] counts, int[] starts) {
        this.space = space;
        this.values = untyped(space);
        this.single = space instanceof Discrete;
        this.size = size;
        this.counts = counts;
        this.starts = starts;
        this.codes = counts.length == 1 && counts[0] <= MOST_CODES ? codes(counts[0]) : new int[0];
    }

    @SuppressWarnings("unchecked") // values are checked before they are cast
    private static Space<Object> untyped(Space<?> space) {
        return (Space<Object>) space;
    }

    /**
     * The flat form of this space's actions.
     *
     * @throws IllegalArgumentException when there is none
     */
    public static FlatActions of(Space<?> space) {
        if (space instanceof Discrete discrete) {
            return indices(space, new int[] {discrete.n()}, new int[] {discrete.start()});
        }
        if (space instanceof MultiDiscrete multi) {
            return indices(space, multi.nvec(), multi.start());
        }
        if (space instanceof MultiBinary binary) {
            int[] two = new int[binary.size()];
            Arrays.fill(two, 2);
            return indices(space, two, new int[two.length]);
        }
        if (!space.isFlattenable()) {
            throw new IllegalArgumentException("the action space " + space + " has no flat form of one size");
        }
        return new FlatActions(space, space.flatSize(), new int[0], new int[0]);
    }

    private static FlatActions indices(Space<?> space, int[] counts, int[] starts) {
        for (int count : counts) {
            if (count > MAX_INDEX) {
                throw new IllegalArgumentException(
                        "the action space " + space + " is too large; at most " + MAX_INDEX + " choices are possible");
            }
        }
        return new FlatActions(space, counts.length, counts, starts);
    }

    /** The space of the actions. */
    public Space<?> space() {
        return space;
    }

    /** Floats of one action. */
    public int size() {
        return size;
    }

    /** How many indices element {@code j} may have, 0 where it is no index. */
    public int choices(int j) {
        return counts.length == 0 ? 0 : counts[j];
    }

    /** Writes an action of the space at this place. Throws {@link IllegalArgumentException} for any other value. */
    public void encode(@Nullable Object action, float[] out, int at) {
        String wrong = values.violationOf(action);
        if (wrong != null || action == null) {
            throw new IllegalArgumentException("the action " + action + " is not of the space " + space + ": " + wrong);
        }
        if (action instanceof Integer index) {
            out[at] = index - starts[0];
        } else if (action instanceof int[] indices && counts.length > 0) {
            for (int j = 0; j < size; j++) {
                out[at + j] = indices[j] - starts[j];
            }
        } else if (action instanceof byte[] bits && counts.length > 0) {
            for (int j = 0; j < size; j++) {
                out[at + j] = bits[j];
            }
        } else {
            values.flatten(action, out, at);
        }
    }

    /** The action at this place as a new object; it must be valid, see {@link #wrong}. */
    public Object decode(float[] floats, int at) {
        if (single) {
            return starts[0] + (int) floats[at];
        }
        if (counts.length == 0) {
            return space.unflatten(floats, at);
        }
        int[] indices = new int[size];
        byte[] bits = new byte[size];
        for (int j = 0; j < size; j++) {
            indices[j] = starts[j] + (int) floats[at + j];
            bits[j] = (byte) floats[at + j];
        }
        return space instanceof MultiBinary ? bits : indices;
    }

    /** As {@link #decode}; for a Box without a new object: {@code buffer} is filled and returned. */
    Object decode(float[] floats, int at, float[] buffer) {
        if (single) {
            return starts[0] + (int) floats[at];
        }
        if (!(space instanceof Box)) {
            return decode(floats, at);
        }
        System.arraycopy(floats, at, buffer, 0, size);
        return buffer;
    }

    /**
     * Whether {@link #wrong} finds nothing in any of these actions. Fast, and false too where it would have to look more
     * closely.
     */
    boolean allRight(float[] floats) {
        if (counts.length == 0) {
            int bad = 0;
            for (float v : floats) {
                bad |= INFINITY - 1 - (Float.floatToRawIntBits(v) & Integer.MAX_VALUE); // negative if not finite
            }
            return bad >= 0;
        }
        return codes.length > 0 && allIndices(floats, codes);
    }

    private static boolean allIndices(float[] floats, int[] codes) {
        int bad = 0;
        for (float v : floats) {
            int bits = Float.floatToRawIntBits(v);
            bad |= codes[bits >>> CODE_SHIFT] ^ bits;
        }
        return bad == 0;
    }

    /**
     * For the first bits of a float those of the only index that begins with them, else bits that do not begin with them.
     * A conversion to an index and back takes three times as long (EnvBench).
     */
    private static int[] codes(int choices) {
        int[] codes = new int[1 << (Integer.SIZE - CODE_SHIFT)];
        Arrays.setAll(codes, first -> ~(first << CODE_SHIFT));
        for (int index = 0; index < choices; index++) {
            int bits = Float.floatToRawIntBits(index);
            codes[bits >>> CODE_SHIFT] = bits;
        }
        return codes;
    }

    /** What is wrong with the flat action at this place, or null. */
    public @Nullable String wrong(float[] floats, int at) {
        for (int j = 0; j < size; j++) {
            float v = floats[at + j];
            if (counts.length == 0) {
                if (!(Math.abs(v) <= Float.MAX_VALUE)) {
                    return "action index " + j + ": value " + v + " must be a finite number";
                }
            } else if (!(v >= 0 && v < counts[j] && v == (int) v)) {
                String which = size == 1 ? "action " : "action index " + j + ": value ";
                return which + v + " must be an index from 0 to " + (counts[j] - 1) + " of " + space;
            }
        }
        return null;
    }
}
