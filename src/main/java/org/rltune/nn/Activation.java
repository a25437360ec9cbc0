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
        void apply(Kernels k, int n, float[] x) {
            k.tanh(n, x, 0, x, 0);
        }

        @Override
        void gradient(Kernels k, int n, float[] y, float[] d) {
            k.tanhGradient(n, y, 0, d, 0);
        }
    },
    /** The positive part. */
    RELU {
        @Override
        void apply(Kernels k, int n, float[] x) {
            k.relu(n, x, 0, x, 0);
        }

        @Override
        void gradient(Kernels k, int n, float[] y, float[] d) {
            k.reluGradient(n, y, 0, d, 0);
        }
    };

    /** x = f(x), for the first {@code n} elements. */
    abstract void apply(Kernels k, int n, float[] x);

    /** d *= f'(x), where y = f(x), for the first {@code n} elements. */
    abstract void gradient(Kernels k, int n, float[] y, float[] d);

    /** The name in configurations: "tanh" or "relu". */
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * The activation of that name; upper and lower case do not count.
     *
     * @throws IllegalArgumentException if there is none
     */
    public static Activation parse(String name) {
        for (Activation activation : values()) {
            if (activation.key().equals(name.toLowerCase(Locale.ROOT))) {
                return activation;
            }
        }
        List<String> known = Arrays.stream(values()).map(Activation::key).toList();
        throw new IllegalArgumentException("fcnet_activation is '" + name + "', but it must be one of " + known + "."
                + Suggest.nearest(name, known));
    }
}
