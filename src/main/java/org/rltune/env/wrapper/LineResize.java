package org.rltune.env.wrapper;

/** Images that grow in one direction at least: each new pixel lies between two neighbours; see {@link AreaResize}. */
final class LineResize extends AreaResize {
    private final Between columns;
    private final Between rows;

    LineResize(int height, int width, int channels, int newHeight, int newWidth) {
        super(height, width, channels, newHeight, newWidth);
        columns = new Between(width, newWidth);
        rows = new Between(height, newHeight);
    }

    @Override
    void fill(byte[] image, byte[] result) {
        int length = newWidth() * channels;
        for (int y = 0; y < newHeight(); y++) {
            int upper = rows.source[y];
            int lower = Math.min(upper + 1, height - 1);
            for (int i = 0; i < length; i++) {
                int x = i / channels;
                int c = i % channels;
                // 11 bits of weight in each direction; OpenCV's vector code drops 4 + 16 of the 22 and rounds the last
                // 2.
                int top = (rows.near[y] * (across(image, upper, x, c) >> 4)) >> 16;
                int bottom = (rows.far[y] * (across(image, lower, x, c) >> 4)) >> 16;
                result[y * length + i] = (byte) Math.min(Math.max((top + bottom + 2) >> 2, 0), 255);
            }
        }
    }

    private int across(byte[] image, int row, int x, int c) {
        int left = columns.source[x];
        int right = Math.min(left + 1, width - 1);
        int line = row * width;
        return (image[(line + left) * channels + c] & 0xff) * columns.near[x]
                + (image[(line + right) * channels + c] & 0xff) * columns.far[x];
    }

    /** The old pixel before each new one along a line, and the weights of it and the next one, in 2048ths. */
    private static final class Between {
        private static final float ONE = 2048;

        final int[] source;
        final int[] near;
        final int[] far;

        Between(int size, int newSize) {
            double ratio = (double) newSize / size;
            double scale = 1 / ratio;
            source = new int[newSize];
            near = new int[newSize];
            far = new int[newSize];
            for (int x = 0; x < newSize; x++) {
                int s = (int) Math.floor(x * scale);
                float part = (float) ((x + 1) - (s + 1) * ratio);
                part = part <= 0 ? 0 : part - (float) Math.floor(part);
                if (s >= size - 1) {
                    s = size - 1;
                    part = 0;
                }
                source[x] = s;
                near[x] = (int) Math.rint((1 - part) * ONE);
                far[x] = (int) Math.rint(part * ONE);
            }
        }
    }
}
