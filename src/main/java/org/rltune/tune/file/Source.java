package org.rltune.tune.file;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.rltune.json.Json;
import org.rltune.json.Located;

/**
 * What a file says, and what was said instead from outside of it.
 *
 * @param file named in errors
 * @param located the object, changed already where something was said from outside
 * @param outside what was said from outside by its path, as text
 */
record Source(String file, Located located, Map<String, String> outside) {
    Source {
        outside = Collections.unmodifiableMap(new LinkedHashMap<>(outside));
    }

    Node root() {
        return new Node(this, "", located.object());
    }

    /** Returns where a value comes from: a line of the file, or what was said instead of it. */
    String place(String path) {
        for (Map.Entry<String, String> said : outside.entrySet()) {
            if (path.equals(said.getKey()) || path.startsWith(said.getKey() + "/")) {
                return file + " with " + said.getKey() + "=" + said.getValue();
            }
        }
        return file + " line " + located.line(path);
    }

    /** Returns this with another value at a path; objects that are missing on the way are added. */
    Source with(String path, Object value) {
        List<String> steps = List.of(path.split("/", -1));
        Map<String, @Nullable Object> changed = changed(located.object(), steps, path, value);
        Map<String, String> said = new LinkedHashMap<>(outside);
        said.put(path, value instanceof String text ? text : Json.write(value));
        return new Source(file, new Located(changed, located.lines()), said);
    }

    /** Returns this without the value at the path of a {@link Node} below the root. */
    Source without(String path) {
        return new Source(file, new Located(without(located.object(), path), located.lines()), outside);
    }

    private static Map<String, @Nullable Object> without(Map<String, @Nullable Object> object, String path) {
        Map<String, @Nullable Object> copy = new LinkedHashMap<>(object);
        // A name may hold "/" itself; the longest one that fits is the one meant.
        for (int end = path.length(); end > 0; end = path.lastIndexOf('/', end - 1)) {
            String step = path.substring(0, end);
            if (copy.containsKey(step)) {
                if (end == path.length()) {
                    copy.remove(step);
                } else {
                    copy.put(step, without(Json.asObject(copy.get(step), step), path.substring(end + 1)));
                }
                break;
            }
        }
        return copy;
    }

    private Map<String, @Nullable Object> changed(
            Map<String, @Nullable Object> object, List<String> steps, String path, Object value) {
        Map<String, @Nullable Object> copy = new LinkedHashMap<>(object);
        String step = steps.get(0);
        if (step.isBlank()) {
            throw new IllegalArgumentException("'" + path + "' names no value. Maybe num_samples, or config/lr?");
        }
        if (steps.size() == 1) {
            copy.put(step, value);
            return copy;
        }
        List<String> rest = new ArrayList<>(steps.subList(1, steps.size()));
        Object inside = copy.getOrDefault(step, Map.of());
        if (!(inside instanceof Map)) {
            throw new IllegalArgumentException(path + " cannot be set, for " + step + " is " + Json.write(inside)
                    + " in " + file + " and has no parts. Set the whole of it.");
        }
        copy.put(step, changed(Json.asObject(inside, step), rest, path, value));
        return copy;
    }
}
