package org.rltune.policy;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.rltune.json.Json;

/** Reads typed values out of parsed JSON. */
final class Described {
    private Described() {}

    @SuppressWarnings("unchecked")
    static Map<String, Object> object(@Nullable Object value, String source) {
        if (!(value instanceof Map)) {
            throw new IllegalArgumentException(
                    source + ": an object was expected, but there is " + Json.shown(value) + "; the file is damaged.");
        }
        return (Map<String, Object>) value;
    }
}
