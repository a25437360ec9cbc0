package org.rltune.nn;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.rltune.check.Suggest;

/** The function after each hidden layer. */
public enum Activation {
    /** Hyperbolic tangent. */
    TANH {
        @Override
        void apply(Kernels k, int n, float[] x, int offset) {
            k.tanh(n, x, offset, x, offset);
        }

        @Override
        void gradient(
                Kernels k, int rows, int columns, float[] y, float[] d, int offset, int stride, float[] sums, int to) {
            k.tanhGradientSums(rows, columns, y, d, offset, stride, sums, to);
        }
    },
    /** The positive part. */
    RELU {
        @Override
        void apply(Kernels k, int n, float[] x, int offset) {
            k.relu(n, x, offset, x, offset);
        }

        @Override
        void gradient(
                Kernels k, int rows, int columns, float[] y, float[] d, int offset, int stride, float[] sums, int to) {
            k.reluGradient(rows * stride, y, offset, d, offset);
            k.columnSums(rows, columns, d, offset, stride, sums, to);
        }
    };

    /** x = f(x), for {@code n} elements from {@code offset} on. */
    abstract void apply(Kernels k, int n, float[] x, int offset);

    /**
     * d *= f'(x), where y = f(x), for matrices whose rows lie {@code stride} apart from {@code offset} on; and the sums of
     * the columns of d are added to {@code sums} from {@code to} on, that of the biases.
     */
    abstract void gradient(
            Kernels k, int rows, int columns, float[] y, float[] d, int offset, int stride, float[] sums, int to);

    /** The name in configurations: "tanh" or "relu". */
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** As {@link #parse(String, String)}, of {@code fcnet_activation}. */
    public static Activation parse(String name) {
        return parse("fcnet_activation", name);
    }

    /**
     * The activation of that name; upper and lower case do not count.
     *
     * @param key the setting that names it, for errors
     * @throws IllegalArgumentException if there is none
     */
    public static Activation parse(String key, String name) {
        for (Activation activation : values()) {
            if (activation.key().equals(name.toLowerCase(Locale.ROOT))) {
                return activation;
            }
        }
        List<String> known = Arrays.stream(values()).map(Activation::key).toList();
        throw new IllegalArgumentException(
                key + " is '" + name + "', but it must be one of " + known + "." + Suggest.nearest(name, known));
    }
}
