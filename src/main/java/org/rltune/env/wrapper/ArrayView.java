package org.rltune.env.wrapper;

import org.rltune.space.ArrayBox;
import org.rltune.space.Box;
import org.rltune.space.DType;
import org.rltune.space.Space;

/**
 * A {@link Box} or an {@link ArrayBox} seen alike: flat arrays of numbers of one type, with a shape and bounds.
 *
 * @param <T> the Java array
 */
abstract class ArrayView<T> {
    /** The view of a space of arrays. */
    @SuppressWarnings("unchecked") // the values of a Box are float[], those of an ArrayBox<U> are U
    static <T> ArrayView<T> of(String wrapper, Space<T> space) {
        if (space instanceof Box box) {
            return (ArrayView<T>) new Floats(box);
        }
        if (space instanceof ArrayBox<?> box) {
            return (ArrayView<T>) new Others<>(box);
        }
        throw Needs.unfit(wrapper, "observation", space, "a Box or an ArrayBox");
    }

    /** The view of images: bytes from 0 to 255. */
    static ArrayView<byte[]> ofImages(String wrapper, Space<byte[]> space) {
        if (space instanceof ArrayBox<byte[]> box && box.dtype() == DType.UINT8) {
            byte[] low = box.low();
            byte[] high = box.high();
            boolean full = true;
            for (int i = 0; i < low.length; i++) {
                full &= low[i] == 0 && high[i] == -1;
            }
            if (full) {
                return new Others<>(box);
            }
        }
        throw Needs.unfit(wrapper, "observation", space, "images (an ArrayBox of uint8 from 0 to 255)");
    }

    abstract int[] shape();

    abstract int size();

    abstract boolean bounded(int i);

    abstract T low();

    abstract T high();

    abstract T newArray(int length);

    abstract double get(T values, int i);

    abstract void set(T values, int i, double value);

    /** A space of the same type with other bounds and another shape. */
    abstract Space<T> space(T low, T high, int[] shape);

    /** Whether the elements are float32, in which NumPy then computes. */
    boolean isFloat32() {
        return false;
    }

    /** The value of the space that is nearest to 0. */
    T zero() {
        T zero = newArray(size());
        T low = low();
        T high = high();
        for (int i = 0; i < size(); i++) {
            set(zero, i, Math.min(Math.max(0, get(low, i)), get(high, i)));
        }
        return zero;
    }

    /** The array {@code times} times, one after the other. */
    T repeat(T values, int times) {
        T result = newArray(size() * times);
        for (int i = 0; i < times; i++) {
            copy(values, result, i);
        }
        return result;
    }

    /** Puts an array of this space at the place of this index in an array of several. */
    @SuppressWarnings("SuspiciousSystemArraycopy") // T is an array of primitives
    void copy(T values, T into, int index) {
        System.arraycopy(values, 0, into, index * size(), size());
    }

    private static final class Floats extends ArrayView<float[]> {
        private final Box box;

        Floats(Box box) {
            this.box = box;
        }

        @Override
        int[] shape() {
            return box.shape();
        }

        @Override
        int size() {
            return box.size();
        }

        @Override
        boolean bounded(int i) {
            return box.bounded(i);
        }

        @Override
        float[] low() {
            return box.low();
        }

        @Override
        float[] high() {
            return box.high();
        }

        @Override
        float[] newArray(int length) {
            return new float[length];
        }

        @Override
        double get(float[] values, int i) {
            return values[i];
        }

        @Override
        void set(float[] values, int i, double value) {
            values[i] = (float) value;
        }

        @Override
        Space<float[]> space(float[] low, float[] high, int[] shape) {
            return Box.of(low, high, shape);
        }

        @Override
        boolean isFloat32() {
            return true;
        }
    }

    private static final class Others<T> extends ArrayView<T> {
        private final ArrayBox<T> box;

        Others(ArrayBox<T> box) {
            this.box = box;
        }

        @Override
        int[] shape() {
            return box.shape();
        }

        @Override
        int size() {
            return box.size();
        }

        @Override
        boolean bounded(int i) {
            return box.bounded(i);
        }

        @Override
        T low() {
            return box.low();
        }

        @Override
        T high() {
            return box.high();
        }

        @Override
        T newArray(int length) {
            return box.dtype().newArray(length);
        }

        @Override
        double get(T values, int i) {
            return box.dtype().get(values, i);
        }

        @Override
        void set(T values, int i, double value) {
            box.dtype().set(values, i, value);
        }

        @Override
        Space<T> space(T low, T high, int[] shape) {
            return ArrayBox.ofBounds(box.dtype(), low, high, shape);
        }
    }
}
