package org.rltune.env.wrapper;

import org.rltune.check.Check;
import org.rltune.env.Env;
import org.rltune.space.ArrayBox;

/**
 * Gives images another size, as Gymnasium's wrapper of this name: each new pixel is the mean of the area that it
 * covers, OpenCV's {@code INTER_AREA}.
 *
 * <p>The results have the bits of OpenCV 5.0 ({@code cv2.resize} of the wheel for x86-64): compared in {@code
 * ResizeTest} with recorded images that become smaller by whole and by other factors, larger, and both.
 */
public final class ResizeObservation<A> extends TransformObservation<byte[], A, byte[]> {
    /**
     * Wraps an environment with images of shape (height, width) or (height, width, channels).
     *
     * @param height rows of the images outside, at least 1
     * @param width columns of the images outside, at least 1
     */
    public ResizeObservation(Env<byte[], A> inner, int height, int width) {
        this(inner, resize(ArrayView.ofImages("ResizeObservation", inner.observationSpace()), inner, height, width));
    }

    private ResizeObservation(Env<byte[], A> inner, AreaResize resize) {
        super(
                inner,
                resize::apply,
                rows(resize),
                space(
                        ArrayView.ofImages("ResizeObservation", inner.observationSpace())
                                .shape(),
                        resize));
    }

    private static AreaResize resize(ArrayView<byte[]> images, Env<byte[], ?> inner, int height, int width) {
        Check.positive("height", height);
        Check.positive("width", width);
        int[] shape = images.shape();
        if (shape.length != 2 && shape.length != 3) {
            throw Needs.unfit(
                    "ResizeObservation",
                    "observation",
                    inner.observationSpace(),
                    "images of (height, width) or (height, width, channels)");
        }
        return AreaResize.of(shape[0], shape[1], shape.length == 3 ? shape[2] : 1, height, width);
    }

    private static ArrayBox<byte[]> space(int[] inside, AreaResize resize) {
        int[] shape = inside.clone();
        shape[0] = resize.newHeight();
        shape[1] = resize.newWidth();
        return ArrayBox.uint8(0, 255, shape);
    }

    private static RowFunction rows(AreaResize resize) {
        byte[] image = new byte[resize.size()];
        byte[] result = new byte[resize.newSize()];
        return (from, at, into, to) -> {
            for (int i = 0; i < image.length; i++) {
                image[i] = (byte) (int) from[at + i];
            }
            resize.fill(image, result);
            for (int i = 0; i < result.length; i++) {
                into[to + i] = result[i] & 0xff;
            }
        };
    }
}
