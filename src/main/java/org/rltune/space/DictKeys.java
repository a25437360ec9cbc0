package org.rltune.space;

import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** The keys of a {@link Dict}: their order, and whether something has just these. */
final class DictKeys {
    /** Python compares texts by code points, Java by UTF-16 units. */
    private static final Comparator<String> BY_CODE_POINT =
            (a, b) -> Arrays.compare(a.codePoints().toArray(), b.codePoints().toArray());

    private DictKeys() {}

    static boolean isOrdered(Map<?, ?> map) {
        return map.getClass() != HashMap.class
                && map.getClass() != Map.of(1, 1, 2, 2).getClass()
                && map.getClass() != Map.of(1, 1).getClass();
    }

    static Map<String, Space<?>> sorted(Map<String, ? extends Space<?>> spaces) {
        Map<String, Space<?>> sorted = new TreeMap<>(BY_CODE_POINT);
        sorted.putAll(Parts.of("spaces", spaces, "a space"));
        return sorted;
    }

    static Map<String, Space<?>> pairs(String key, Space<?> space, Object... more) {
        Map<String, Space<?>> spaces = new LinkedHashMap<>();
        spaces.put(key, space);
        if (more.length % 2 != 0) {
            throw new IllegalArgumentException("After the first pair come " + more.length
                    + " arguments, but there must be a space for each key. Add what is missing.");
        }
        for (int i = 0; i < more.length; i += 2) {
            if (!(more[i] instanceof String name) || !(more[i + 1] instanceof Space<?> part)) {
                throw new IllegalArgumentException("The pair after '" + key + "' number " + (i / 2 + 1) + " is "
                        + more[i] + " and " + more[i + 1] + ", but it must be a text and a space. Correct it.");
            }
            if (spaces.put(name, part) != null) {
                throw new IllegalArgumentException(
                        "The key '" + name + "' comes twice, but each key has one space. Rename one of them.");
            }
        }
        return spaces;
    }

    static Map<String, Mask> masks(Dict dict, Mask mask) {
        if (mask instanceof Mask.None) {
            return Map.of();
        }
        if (mask instanceof Mask.Named named) {
            requireSame("The mask", named.parts().keySet(), dict.spaces().keySet());
            return named.parts();
        }
        throw Masks.wrong(dict, mask, "Mask.named, with a mask or Mask.none() for each key");
    }

    static void requireSame(String what, Set<String> keys, Set<String> expected) {
        if (!keys.equals(expected)) {
            throw new IllegalArgumentException(what + " has the keys " + List.copyOf(keys) + ", but the space has "
                    + expected + ". Give one for each key.");
        }
    }
}
