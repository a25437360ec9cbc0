package org.rltune.space;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Parts of spaces and of masks, none of which may be missing. */
final class Parts {
    private Parts() {}

    /** A copy of the list. */
    static <E> List<E> of(String name, List<? extends E> parts, String wanted) {
        for (int i = 0; i < parts.size(); i++) {
            if (parts.get(i) == null) {
                throw missing(name + "[" + i + "]", wanted);
            }
        }
        return List.copyOf(parts);
    }

    /** A copy of the map, in its order. */
    static <E> Map<String, E> of(String name, Map<String, ? extends E> parts, String wanted) {
        parts.forEach((key, part) -> {
            if (key == null || part == null) {
                throw missing(name + "[" + key + "]", key == null ? "under a key" : wanted);
            }
        });
        return Collections.unmodifiableMap(new LinkedHashMap<>(parts));
    }

    private static IllegalArgumentException missing(String name, String wanted) {
        return new IllegalArgumentException(name + " is null, but it must be " + wanted + ". Put it there.");
    }
}
