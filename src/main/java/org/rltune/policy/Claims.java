package org.rltune.policy;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.rltune.nn.MlpConfig;

/**
 * Compares what a policy's description announces with what its weights hold, before anything of that size is made: a damaged
 * or hostile file must not take more memory than it is long.
 */
final class Claims {
    /** Numbers that a space may have whatever the weights, where a network may have fewer weights than an image has pixels. */
    private static final int FREE = 1 << 20;

    private Claims() {}

    /**
     * Checks a network against its weights.
     *
     * @throws IllegalArgumentException if it would need another number of weights
     */
    static void check(MlpConfig network, int weights) {
        long needed = network.parameterCount();
        if (needed != weights) {
            throw new IllegalArgumentException("the network that it describes has " + needed
                    + " weights, but the file of weights holds " + weights
                    + "; the two do not belong together. Take both from one checkpoint.");
        }
    }

    /**
     * As {@link #check(String, Object, int)}, for networks of other frameworks: convolutions have few weights for images, so a
     * space of up to 1,048,576 numbers needs none.
     */
    static void checkFreely(String name, @Nullable Object space, int weights) {
        check(name, space, Math.max(weights, FREE / 2));
    }

    /**
     * Checks a space: each of its numbers has at least one weight of its own, or is an element of an action mask, which
     * has one by the choice that it is about.
     *
     * @param name of the space, for errors
     * @throws IllegalArgumentException if it is larger than the weights allow
     */
    static void check(String name, @Nullable Object space, int weights) {
        double size = size(space);
        if (size > 2.0 * weights) {
            throw new IllegalArgumentException(name + " has " + Math.round(size)
                    + " numbers, but there are no more than " + weights
                    + " weights; the file is damaged. Take another checkpoint.");
        }
    }

    /** Returns about how many numbers a space with its parts has; at least as many as an object for it would hold. */
    private static double size(@Nullable Object json) {
        double size = 0;
        if (json instanceof Map<?, ?> map) {
            size += number(map.get("n"));
            double elements = map.get("shape") instanceof List<?> ? 1 : 0;
            if (map.get("shape") instanceof List<?> shape) {
                for (Object length : shape) {
                    elements *= number(length);
                }
            }
            size += elements;
            if (map.get("nvec") instanceof List<?> choices) {
                for (Object choice : choices) {
                    size += number(choice);
                }
            }
            for (Map.Entry<?, ?> part : map.entrySet()) {
                size += part.getValue() instanceof Map || "spaces".equals(part.getKey()) ? size(part.getValue()) : 0;
            }
        } else if (json instanceof List<?> list) {
            for (Object part : list) {
                size += size(part);
            }
        }
        return size;
    }

    private static double number(@Nullable Object json) {
        return json instanceof Number number ? Math.max(0, number.doubleValue()) : 0;
    }
}
