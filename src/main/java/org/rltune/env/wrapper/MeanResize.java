package org.rltune.env.wrapper;

/** Smaller images whose pixels are weighted means; see {@link AreaResize}. */
final class MeanResize extends AreaResize {
    private final Cover columns;
    private final Cover rows;
    private final float[] line; // of the new width, made from one old line
    private final float[] sum;

    MeanResize(int height, int width, int channels, int newHeight, int newWidth) {
        super(height, width, channels, newHeight, newWidth);
        columns = new Cover(width, newWidth);
        rows = new Cover(height, newHeight);
        line = new float[newWidth * channels];
        sum = new float[line.length];
    }

    @Override
    void fill(byte[] image, byte[] result) {
        for (int y = 0; y < newHeight(); y++) {
            for (int t = rows.begin[y]; t < rows.begin[y + 1]; t++) {
                meanOfLine(image, rows.source[t] * width * channels);
                float weight = rows.weight[t];
                boolean first = t == rows.begin[y];
                for (int i = 0; i < sum.length; i++) {
                    sum[i] = first ? weight * line[i] : sum[i] + weight * line[i];
                }
            }
            for (int i = 0; i < sum.length; i++) {
                result[y * sum.length + i] = rounded(sum[i]);
            }
        }
    }

    private void meanOfLine(byte[] image, int at) {
        for (int x = 0; x < newWidth(); x++) {
            for (int c = 0; c < channels; c++) {
                float mean = 0;
                for (int t = columns.begin[x]; t < columns.begin[x + 1]; t++) {
                    mean += (image[at + columns.source[t] * channels + c] & 0xff) * columns.weight[t];
                }
                line[x * channels + c] = mean;
            }
        }
    }

    /** Which old pixels lie under each new one along a line, and by how much. */
    private static final class Cover {
        /** OpenCV leaves out what covers less of a pixel. */
        private static final double LEAST = 1e-3;

        final int[] begin; // of the entries for each new pixel
        final int[] source;
        final float[] weight;

        Cover(int size, int newSize) {
            double scale = 1 / ((double) newSize / size);
            begin = new int[newSize + 1];
            int most = size + 2 * newSize;
            source = new int[most];
            weight = new float[most];
            int n = 0;
            for (int x = 0; x < newSize; x++) {
                double left = x * scale;
                double right = left + scale;
                double covered = Math.min(scale, size - left);
                int lastWhole = Math.min((int) Math.floor(right), size - 1);
                int firstWhole = Math.min((int) Math.ceil(left), lastWhole);
                if (firstWhole - left > LEAST) {
                    source[n] = firstWhole - 1;
                    weight[n++] = (float) ((firstWhole - left) / covered);
                }
                for (int s = firstWhole; s < lastWhole; s++) {
                    source[n] = s;
                    weight[n++] = (float) (1 / covered);
                }
                if (right - lastWhole > LEAST) {
                    source[n] = lastWhole;
                    weight[n++] = (float) (Math.min(Math.min(right - lastWhole, 1), covered) / covered);
                }
                begin[x + 1] = n;
            }
        }
    }
}
