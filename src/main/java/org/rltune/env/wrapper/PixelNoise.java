package org.rltune.env.wrapper;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.rltune.env.Env;
import org.rltune.env.ResetResult;
import org.rltune.env.StateFields;
import org.rltune.env.Wrapper;
import org.rltune.random.Pcg64;

/**
 * What wrappers that disturb pictures share: a generator of their own, which {@code reset} seeds as that of the
 * environment, and noise with NumPy's draws.
 */
abstract class PixelNoise<O, A> extends Wrapper<O, A> {
    /** Gymnasium's gray is a sum of three whole numbers below these. */
    private static final int[] GRAY_COUNTS = {76, 149, 29};

    private final boolean gray;
    private Pcg64 random = new Pcg64(0);

    PixelNoise(Env<O, A> inner, String name, boolean gray) {
        super(inner);
        Needs.pictures(name, inner);
        this.gray = gray;
    }

    final Pcg64 random() {
        return random;
    }

    @Override
    public final ResetResult<O> reset(@Nullable Long seed, Map<String, Object> options) {
        if (seed != null && seed >= 0) {
            random = new Pcg64(seed);
        }
        return super.reset(seed, options);
    }

    /** A colour {@code 0xRRGGBB} for each pixel: from 0 to 254 in each channel, or gray. */
    final int[] noise(int pixels) {
        int[] colors = new int[pixels];
        if (!gray) {
            int[] channels = random.integers8(0, 255, 3 * pixels);
            for (int i = 0; i < pixels; i++) {
                colors[i] = channels[3 * i] << 16 | channels[3 * i + 1] << 8 | channels[3 * i + 2];
            }
            return colors;
        }
        Bytes bytes = new Bytes(random);
        for (int i = 0; i < pixels; i++) {
            int sum = 0;
            for (int count : GRAY_COUNTS) {
                sum += bytes.below(count);
            }
            colors[i] = sum * 0x010101;
        }
        return colors;
    }

    @Override
    protected final void state(StateFields fields) {
        fields.keep(random);
    }

    /** NumPy's {@code integers(dtype=uint8)} with a range for each element: bytes cut from draws of 32 bits. */
    private static final class Bytes {
        private final Pcg64 random;
        private int word;
        private int left;

        Bytes(Pcg64 random) {
            this.random = random;
        }

        /** From 0 to count - 1 without bias, by Lemire's multiplication. */
        int below(int count) {
            int product = next() * count;
            int threshold = (256 - count) % count;
            while ((product & 0xff) < threshold) {
                product = next() * count;
            }
            return product >> 8;
        }

        private int next() {
            if (left == 0) {
                word = random.nextInt();
                left = 4;
            } else {
                word >>>= 8;
            }
            left--;
            return word & 0xff;
        }
    }
}
