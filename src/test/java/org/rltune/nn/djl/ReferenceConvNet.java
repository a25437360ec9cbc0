package org.rltune.nn.djl;

import java.util.Arrays;
import java.util.List;
import org.rltune.policy.ConvFilters;

/** A network with convolutions in double precision, one row at a time, by the loops of its definition. */
final class ReferenceConvNet {
    private final ImageShape image;
    private final List<ConvFilters.Layer> layers;
    private final List<Integer> dense;
    private final int outputs;
    final double[] parameters;
    private int at;

    /** Convolutions and dense layers with relu below a policy head and a value head, parameters in that order. */
    ReferenceConvNet(
            ImageShape image, List<ConvFilters.Layer> layers, List<Integer> dense, int outputs, float[] parameters) {
        this.image = image;
        this.layers = layers;
        this.dense = dense;
        this.outputs = outputs;
        this.parameters = new double[parameters.length];
        for (int i = 0; i < parameters.length; i++) {
            this.parameters[i] = parameters[i];
        }
    }

    /** Returns the policy outputs, then the value. */
    double[] forward(double[] pixels) {
        at = 0;
        int height = image.height();
        int width = image.width();
        double[][][] x = new double[image.channels()][height][width];
        for (int c = 0; c < image.channels(); c++) {
            for (int i = 0; i < height; i++) {
                for (int j = 0; j < width; j++) {
                    x[c][i][j] = pixels[
                            image.channelsFirst()
                                    ? (c * height + i) * width + j
                                    : (i * width + j) * image.channels() + c];
                }
            }
        }
        for (ConvFilters.Layer layer : layers) {
            x = convolve(x, layer);
        }
        double[] flat = new double[x.length * x[0].length * x[0][0].length];
        int n = 0;
        for (double[][] channel : x) {
            for (double[] row : channel) {
                for (double value : row) {
                    flat[n++] = value;
                }
            }
        }
        double[] seen = flat;
        for (int units : dense) {
            seen = linear(seen, units, true);
        }
        double[] policy = linear(seen, outputs, false);
        double[] all = Arrays.copyOf(policy, outputs + 1);
        all[outputs] = linear(seen, 1, false)[0];
        return all;
    }

    private double[][][] convolve(double[][][] x, ConvFilters.Layer layer) {
        int height = x[0].length;
        int width = x[0][0].length;
        int outHeight = places(height, layer.kernelHeight(), layer);
        int outWidth = places(width, layer.kernelWidth(), layer);
        int above = before(height, outHeight, layer.kernelHeight(), layer);
        int left = before(width, outWidth, layer.kernelWidth(), layer);
        int weights = at;
        int kernel = x.length * layer.kernelHeight() * layer.kernelWidth();
        int biases = at + layer.filters() * kernel;
        at = biases + layer.filters();
        double[][][] y = new double[layer.filters()][outHeight][outWidth];
        for (int f = 0; f < layer.filters(); f++) {
            for (int i = 0; i < outHeight; i++) {
                for (int j = 0; j < outWidth; j++) {
                    double sum = parameters[biases + f];
                    int w = weights + f * kernel;
                    for (double[][] channel : x) {
                        for (int k = 0; k < layer.kernelHeight(); k++) {
                            for (int l = 0; l < layer.kernelWidth(); l++) {
                                int r = i * layer.stride() - above + k;
                                int c = j * layer.stride() - left + l;
                                boolean inside = r >= 0 && r < height && c >= 0 && c < width;
                                sum += inside ? parameters[w] * channel[r][c] : 0;
                                w++;
                            }
                        }
                    }
                    y[f][i][j] = Math.max(0, sum);
                }
            }
        }
        return y;
    }

    /** RLlib's and TensorFlow's "same": ceil(n / stride); "valid": as many as fit. */
    private static int places(int n, int kernel, ConvFilters.Layer layer) {
        return layer.padded() ? (n + layer.stride() - 1) / layer.stride() : (n - kernel) / layer.stride() + 1;
    }

    private static int before(int n, int places, int kernel, ConvFilters.Layer layer) {
        return layer.padded() ? Math.max(0, (places - 1) * layer.stride() + kernel - n) / 2 : 0;
    }

    private double[] linear(double[] x, int units, boolean relu) {
        int weights = at;
        int biases = at + units * x.length;
        at = biases + units;
        double[] y = new double[units];
        for (int o = 0; o < units; o++) {
            double sum = parameters[biases + o];
            for (int i = 0; i < x.length; i++) {
                sum += parameters[weights + o * x.length + i] * x[i];
            }
            y[o] = relu ? Math.max(0, sum) : sum;
        }
        return y;
    }
}
