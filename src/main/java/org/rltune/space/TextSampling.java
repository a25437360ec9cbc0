package org.rltune.space;

import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import org.rltune.check.Check;
import org.rltune.random.Pcg64;

/** How the length and the characters of a {@link Text} are drawn. */
final class TextSampling {
    private TextSampling() {}

    /** The positions of the characters of a text in the set, which has {@code size} of them. */
    static int[] draw(Text space, int size, Pcg64 random, Mask mask) {
        OptionalInt length = OptionalInt.empty();
        double[] p = new double[size];
        Arrays.fill(p, 1.0 / size);
        if (mask instanceof Mask.OfText text) {
            length = text.length();
            length.ifPresent(
                    given -> Check.inClosed("The length of the text", given, space.minLength(), space.maxLength()));
            if (text.characters() instanceof Mask.Weights weights) {
                p = Masks.distribution(space, weights, size);
            } else if (!(text.characters() instanceof Mask.None)) {
                p = uniform(Masks.flags(space, text.characters(), size, 1));
            }
        } else if (!(mask instanceof Mask.None)) {
            throw Masks.wrong(space, mask, "Mask.text");
        }
        int count = length.isPresent()
                ? length.getAsInt()
                : (int) random.integers(space.minLength(), space.maxLength() + 1L);
        if (Arrays.stream(p).allMatch(x -> x == 0)) {
            if (space.minLength() == 0) {
                return new int[0];
            }
            throw new IllegalArgumentException("The mask allows no character, but a text of " + space + " has at least "
                    + space.minLength() + ". Allow one character.");
        }
        return random.choice(p, count, true);
    }

    private static double[] uniform(List<Integer> flags) {
        long allowed = flags.stream().filter(flag -> flag == 1).count();
        return flags.stream().mapToDouble(flag -> flag == 0 ? 0 : 1.0 / allowed).toArray();
    }
}
