package org.rltune.env.wrapper;

/**
 * The resizing of OpenCV's {@code INTER_AREA} for images of bytes, with its roundings.
 *
 * <p>Smaller by whole factors in both directions: the mean of whole pixels. Smaller otherwise: the weighted mean of the
 * pixels under a new one, in float32, first along each line and then over the lines. Larger in one direction at least:
 * a line between two neighbours, with weights in 2048ths. Means are rounded to the nearest number, ties to even.
 */
abstract class AreaResize {
    final int height;
    final int width;
    final int channels;
    private final int newHeight;
    private final int newWidth;

    AreaResize(int height, int width, int channels, int newHeight, int newWidth) {
        this.height = height;
        this.width = width;
        this.channels = channels;
        this.newHeight = newHeight;
        this.newWidth = newWidth;
    }

    static AreaResize of(int height, int width, int channels, int newHeight, int newWidth) {
        if (newHeight > height || newWidth > width) {
            return new LineResize(height, width, channels, newHeight, newWidth);
        }
        if (height % newHeight == 0 && width % newWidth == 0) {
            return new WholeResize(height, width, channels, newHeight, newWidth);
        }
        return new MeanResize(height, width, channels, newHeight, newWidth);
    }

    final int newHeight() {
        return newHeight;
    }

    final int newWidth() {
        return newWidth;
    }

    /** Bytes of an image in the old size. */
    final int size() {
        return height * width * channels;
    }

    /** Bytes of an image in the new size. */
    final int newSize() {
        return newHeight * newWidth * channels;
    }

    /** The image in the new size, a new array of shape (newHeight, newWidth, channels). */
    final byte[] apply(byte[] image) {
        byte[] result = new byte[newSize()];
        fill(image, result);
        return result;
    }

    abstract void fill(byte[] image, byte[] result);

    /** The nearest number, ties to even; the mean of bytes lies between 0 and 255. */
    static byte rounded(float mean) {
        return (byte) (int) Math.rint(mean);
    }

    /** Smaller by a whole factor in each direction. */
    private static final class WholeResize extends AreaResize {
        WholeResize(int height, int width, int channels, int newHeight, int newWidth) {
            super(height, width, channels, newHeight, newWidth);
        }

        @Override
        void fill(byte[] image, byte[] result) {
            int rows = height / newHeight();
            int columns = width / newWidth();
            float share = 1f / (rows * columns);
            // For 1, 3 and 4 channels OpenCV has a way of its own for halves, which rounds ties up.
            boolean halves = rows == 2 && columns == 2 && channels != 2 && channels <= 4;
            for (int y = 0; y < newHeight(); y++) {
                for (int x = 0; x < newWidth(); x++) {
                    for (int c = 0; c < channels; c++) {
                        int sum = 0;
                        for (int r = y * rows; r < (y + 1) * rows; r++) {
                            for (int k = x * columns; k < (x + 1) * columns; k++) {
                                sum += image[(r * width + k) * channels + c] & 0xff;
                            }
                        }
                        result[(y * newWidth() + x) * channels + c] =
                                halves ? (byte) ((sum + 2) >> 2) : rounded(sum * share);
                    }
                }
            }
        }
    }
}
