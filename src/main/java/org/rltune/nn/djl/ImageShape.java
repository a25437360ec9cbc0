package org.rltune.nn.djl;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.rltune.policy.Preprocessor;
import org.rltune.space.ArrayBox;
import org.rltune.space.Box;
import org.rltune.space.Dict;
import org.rltune.space.Space;

/**
 * How an observation is an image: (height, width, channels) as in RLlib and Gymnasium, (height, width) for one channel, or
 * (channels, height, width) where the first number is the smallest, as stacked frames are.
 *
 * @param height rows of pixels
 * @param width columns of pixels
 * @param channels numbers of a pixel
 * @param channelsFirst whether the channels are the first axis
 */
record ImageShape(int height, int width, int channels, boolean channelsFirst) {
    /**
     * Returns how the observations are images.
     *
     * @throws IllegalArgumentException if they are not
     */
    static ImageShape of(Space<?> observations) {
        int[] shape = boxShape(observations);
        if (shape != null && shape.length == 2) {
            return new ImageShape(shape[0], shape[1], 1, false);
        }
        if (shape != null && shape.length == 3) {
            boolean first = shape[0] < shape[1] && shape[0] < shape[2];
            return first
                    ? new ImageShape(shape[1], shape[2], shape[0], true)
                    : new ImageShape(shape[0], shape[1], shape[2], false);
        }
        throw new IllegalArgumentException(
                "conv_filters need an image, a Box of 2 or 3 dimensions, but the observations" + " are " + observations
                        + ". Leave conv_filters out, or wrap the environment so that it shows an image.");
    }

    /** Returns the shape of the one box that the observations are beside an action mask, or null. */
    static int @Nullable [] boxShape(Space<?> observations) {
        if (observations instanceof Box box) {
            return box.shape();
        }
        if (observations instanceof ArrayBox<?> box) {
            return box.shape();
        }
        if (observations instanceof Dict dict) {
            List<Space<?>> parts = dict.spaces().entrySet().stream()
                    .filter(part -> !part.getKey().equals(Preprocessor.MASK_KEY))
                    .<Space<?>>map(Map.Entry::getValue)
                    .toList();
            return parts.size() == 1 && !(parts.get(0) instanceof Dict) ? boxShape(parts.get(0)) : null;
        }
        return null;
    }

    /** Returns the shape of a row as it lies in memory. */
    long[] row() {
        return channelsFirst ? new long[] {channels, height, width} : new long[] {height, width, channels};
    }

    @Override
    public String toString() {
        return "image " + Arrays.toString(row());
    }
}
