package org.rltune.nn.djl;

import java.util.ArrayList;
import java.util.List;
import org.rltune.policy.ConvFilters;

/** Sizes of the images between convolutions, computed before anything is made. */
final class Convolutions {
    /** No image between two layers is larger. */
    private static final long LARGEST = 1L << 27;

    /**
     * One convolution in its place.
     *
     * @param layer what it is
     * @param channels channels that come in
     * @param height of the image that comes out
     * @param width of the image that comes out
     * @param padHeight zeros to add in all above and below
     * @param padWidth zeros to add in all on the left and on the right
     */
    record Step(ConvFilters.Layer layer, int channels, int height, int width, int padHeight, int padWidth) {
        double weights() {
            return layer.filters() * ((double) channels * layer.kernelHeight() * layer.kernelWidth() + 1);
        }

        /** Numbers of the image that comes out. */
        int outputs() {
            return layer.filters() * height * width;
        }
    }

    private Convolutions() {}

    /**
     * Returns the steps over an image.
     *
     * @throws IllegalArgumentException if a kernel does not fit into what is left of the image
     */
    static List<Step> steps(ImageShape image, ConvFilters filters) {
        List<Step> steps = new ArrayList<>();
        int height = image.height();
        int width = image.width();
        int channels = image.channels();
        for (int i = 0; i < filters.layers().size(); i++) {
            ConvFilters.Layer layer = filters.layers().get(i);
            int padHeight = layer.padded() ? padding(height, layer.kernelHeight(), layer.stride()) : 0;
            int padWidth = layer.padded() ? padding(width, layer.kernelWidth(), layer.stride()) : 0;
            if (layer.kernelHeight() > height + padHeight || layer.kernelWidth() > width + padWidth) {
                throw new IllegalArgumentException(
                        "conv_filters " + filters.toJson() + ": the kernel of layer " + (i + 1)
                                + " is " + layer.kernelHeight() + "x" + layer.kernelWidth()
                                + ", but the image that it would see is " + height + "x" + width
                                + ". Take a smaller kernel, smaller strides before it, or fewer layers.");
            }
            height = (height + padHeight - layer.kernelHeight()) / layer.stride() + 1;
            width = (width + padWidth - layer.kernelWidth()) / layer.stride() + 1;
            if ((double) height * width * layer.filters() > LARGEST) {
                throw new IllegalArgumentException("conv_filters " + filters.toJson() + ": layer " + (i + 1) + " makes "
                        + layer.filters() + " images of " + height + "x" + width + ", more than " + LARGEST
                        + " numbers in all. Take fewer filters or larger strides.");
            }
            steps.add(new Step(layer, channels, height, width, padHeight, padWidth));
            channels = layer.filters();
        }
        return steps;
    }

    /** Zeros that make ceil(n / stride) places for the kernel, as TensorFlow's "same". */
    private static int padding(int n, int kernel, int stride) {
        int places = (n + stride - 1) / stride;
        return Math.max(0, (places - 1) * stride + kernel - n);
    }
}
