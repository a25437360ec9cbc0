package org.rltune.json;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An object that was read from a file, with the lines of its parts.
 *
 * @param object what was read
 * @param lines the line, from 1, of each part by its path: keys and indices with "/" between them, "" for the whole
 */
public record Located(Map<String, @Nullable Object> object, Map<String, Integer> lines) {
    /** Copies the lines; the object is that of the reader. */
    public Located {
        lines = Collections.unmodifiableMap(new LinkedHashMap<>(lines));
    }

    /** Returns the line of a part, or else of the nearest part around it that is in the file; from 1. */
    public int line(String path) {
        String at = path;
        while (!at.isEmpty() && !lines.containsKey(at)) {
            at = at.substring(0, Math.max(0, at.lastIndexOf('/')));
        }
        return lines.getOrDefault(at, 1);
    }
}
