package org.rltune.policy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The convolutions of a network for images, as RLlib's {@code conv_filters}: a list of [filters, kernel, stride], or the
 * name of a network that is known. A kernel is a number or [height, width].
 *
 * <p>Convolutions of a list have RLlib's padding: all but the last are padded with zeros so that an image of n pixels
 * becomes one of ceil(n / stride), the last is not padded. Those with a name have none, as the networks they are named after:
 *
 * <ul>
 *   <li>{@code nature}: Mnih et al. 2015 (doi:10.1038/nature14236): [32, 8, 4], [64, 4, 2], [64, 3, 1], then a layer of 512.
 *   <li>{@code small}: Young and Tian 2019 (arXiv:1903.03176), for images of 10x10 or so: [16, 3, 1], then a layer of 128.
 * </ul>
 *
 * @param name of a network that is known, or "" for a list
 * @param layers the convolutions, in order; empty for none
 */
public record ConvFilters(String name, List<Layer> layers) {
    /** No convolutions. */
    public static final ConvFilters NONE = new ConvFilters("", List.of());

    private static final Map<String, ConvFilters> KNOWN = Map.of(
            "nature",
            new ConvFilters(
                    "nature",
                    List.of(
                            new Layer(32, 8, 8, 4, false),
                            new Layer(64, 4, 4, 2, false),
                            new Layer(64, 3, 3, 1, false))),
            "small",
            new ConvFilters("small", List.of(new Layer(16, 3, 3, 1, false))));
    private static final Map<String, List<Integer>> DENSE = Map.of("nature", List.of(512), "small", List.of(128));
    private static final String FORM =
            "nature, small, or a list of [filters, kernel, stride] such as [[16, 4, 2], [32, 4, 2]]";

    /**
     * One convolution.
     *
     * @param filters channels that come out
     * @param kernelHeight rows of the kernel
     * @param kernelWidth columns of the kernel
     * @param stride pixels from one place of the kernel to the next, in both directions
     * @param padded whether zeros are added around the image, see {@link ConvFilters}
     */
    public record Layer(int filters, int kernelHeight, int kernelWidth, int stride, boolean padded) {}

    /** Keeps the list as it is. */
    public ConvFilters {
        layers = List.copyOf(layers);
    }

    /** Returns what a value must be, in words. */
    public static String form() {
        return FORM;
    }

    /** Returns whether there are none. */
    public boolean isEmpty() {
        return layers.isEmpty();
    }

    /** Returns the widths of the layers that belong to a network with a name, after its convolutions. */
    public List<Integer> dense() {
        return DENSE.getOrDefault(name, List.of());
    }

    /**
     * Reads a value of {@code conv_filters}.
     *
     * @throws IllegalArgumentException if it is neither a known name nor such a list
     */
    public static ConvFilters parse(@Nullable Object value) {
        if (value instanceof String text && KNOWN.containsKey(text)) {
            return KNOWN.get(text);
        }
        if (value instanceof List<?> list) {
            List<Layer> layers = new ArrayList<>();
            for (int i = 0; i < list.size(); i++) {
                layers.add(layer(list, i));
            }
            return new ConvFilters("", layers);
        }
        throw refused(value, "");
    }

    private static Layer layer(List<?> list, int i) {
        if (!(list.get(i) instanceof List<?> numbers) || numbers.size() != 3) {
            throw refused(list, " Element " + i + " is " + list.get(i) + ".");
        }
        Object kernel = numbers.get(1);
        List<?> sides = kernel instanceof List<?> pair && pair.size() == 2 ? pair : List.of(kernel, kernel);
        return new Layer(
                count(list, i, numbers.get(0)),
                count(list, i, sides.get(0)),
                count(list, i, sides.get(1)),
                count(list, i, numbers.get(2)),
                i < list.size() - 1);
    }

    private static int count(List<?> list, int i, @Nullable Object value) {
        if (value instanceof Number number
                && number.doubleValue() == number.intValue()
                && number.intValue() >= 1
                && number.intValue() <= 65_536) {
            return number.intValue();
        }
        throw refused(list, " Element " + i + " has " + value + ", which is no whole number from 1 to 65536.");
    }

    private static IllegalArgumentException refused(@Nullable Object value, String detail) {
        return new IllegalArgumentException("conv_filters must be " + FORM + ", but is " + value + "." + detail);
    }

    /** Returns the value as it may be written in a config. */
    public Object toJson() {
        if (!name.isEmpty()) {
            return name;
        }
        List<Object> list = new ArrayList<>();
        for (Layer layer : layers) {
            boolean square = layer.kernelHeight() == layer.kernelWidth();
            Object kernel = square
                    ? (Object) (long) layer.kernelHeight()
                    : List.of((long) layer.kernelHeight(), (long) layer.kernelWidth());
            list.add(List.of((long) layer.filters(), kernel, (long) layer.stride()));
        }
        return List.copyOf(list);
    }
}
