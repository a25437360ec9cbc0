package org.rltune.nn;

import org.rltune.random.Pcg64;

/** Numbers for tests. */
public final class Numbers {
    private Numbers() {}

    /** Uniform on [-scale, scale). */
    public static float[] uniform(int n, double scale, Pcg64 random) {
        float[] x = new float[n];
        for (int i = 0; i < n; i++) {
            x[i] = (float) random.uniform(-scale, scale);
        }
        return x;
    }

    /** Fills an array with numbers uniform on [-scale, scale). */
    public static void fill(float[] x, double scale, Pcg64 random) {
        System.arraycopy(uniform(x.length, scale, random), 0, x, 0, x.length);
    }

    /** A hash of the bits, with all zeros alike. */
    static long hash(float[]... arrays) {
        long hash = 1;
        for (float[] array : arrays) {
            for (float x : array) {
                hash = hash * 1_000_003 + Float.floatToIntBits(x == 0f ? 0f : x);
            }
        }
        return hash;
    }

    public static double largest(double[] x) {
        double largest = 0;
        for (double value : x) {
            largest = Math.max(largest, Math.abs(value));
        }
        return largest;
    }
}
