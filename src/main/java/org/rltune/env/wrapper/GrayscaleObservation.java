package org.rltune.env.wrapper;

import org.rltune.env.Env;
import org.rltune.space.ArrayBox;

/**
 * Makes images of shape (height, width, 3) gray, as Gymnasium's wrapper of this name: {@code 0.2125 red + 0.7154 green
 * + 0.0721 blue}, summed in this order in double precision, without the fraction.
 */
public final class GrayscaleObservation<A> extends TransformObservation<byte[], A, byte[]> {
    private static final double RED = 0.2125;
    private static final double GREEN = 0.7154;
    private static final double BLUE = 0.0721;
    private static final int CHANNELS = 3;

    /** Wraps an environment with colour images; those outside have the shape (height, width). */
    public GrayscaleObservation(Env<byte[], A> inner) {
        this(inner, false);
    }

    /**
     * Wraps an environment with colour images.
     *
     * @param keepDim whether images outside have the shape (height, width, 1), not (height, width)
     */
    public GrayscaleObservation(Env<byte[], A> inner, boolean keepDim) {
        this(inner, space(ArrayView.ofImages("GrayscaleObservation", inner.observationSpace()), inner, keepDim));
    }

    private GrayscaleObservation(Env<byte[], A> inner, ArrayBox<byte[]> space) {
        super(inner, GrayscaleObservation::gray, grayRows(space.size()), space);
    }

    private static ArrayBox<byte[]> space(ArrayView<byte[]> images, Env<byte[], ?> inner, boolean keepDim) {
        int[] shape = images.shape();
        if (shape.length != CHANNELS || shape[2] != CHANNELS) {
            throw Needs.unfit(
                    "GrayscaleObservation", "observation", inner.observationSpace(), "images of (height, width, 3)");
        }
        return keepDim ? ArrayBox.uint8(0, 255, shape[0], shape[1], 1) : ArrayBox.uint8(0, 255, shape[0], shape[1]);
    }

    private static byte[] gray(byte[] image) {
        byte[] gray = new byte[image.length / CHANNELS];
        for (int i = 0; i < gray.length; i++) {
            int red = image[CHANNELS * i] & 0xff;
            int green = image[CHANNELS * i + 1] & 0xff;
            int blue = image[CHANNELS * i + 2] & 0xff;
            gray[i] = (byte) gray(red, green, blue);
        }
        return gray;
    }

    private static RowFunction grayRows(int pixels) {
        return (from, at, into, to) -> {
            for (int i = 0; i < pixels; i++) {
                int pixel = at + CHANNELS * i;
                into[to + i] = gray(from[pixel], from[pixel + 1], from[pixel + 2]);
            }
        };
    }

    private static int gray(double red, double green, double blue) {
        return (int) (RED * red + GREEN * green + BLUE * blue);
    }
}
