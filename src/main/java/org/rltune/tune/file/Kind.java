package org.rltune.tune.file;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.rltune.check.Suggest;

/**
 * A searcher or scheduler that a file can name.
 *
 * @param name by which a file names it
 * @param types its settings, with the types of their values in words
 * @param make makes one by the settings of an object, or by the defaults if there is none
 */
record Kind<T>(String name, Map<String, String> types, Function<Node, T> make) {
    private static final String TYPE = "type";

    /**
     * Makes an entry for a class with a builder.
     *
     * @param builder given the whole value, makes one with defaults
     */
    static <B, T> Kind<T> of(String name, Settings<B> settings, Function<Node, B> builder, Function<B, T> build) {
        return new Kind<>(name, settings.types(), node -> {
            B given = builder.apply(node);
            if (node.isObject()) {
                settings.give(given, node, name, List.of(TYPE));
            }
            return node.at(() -> build.apply(given));
        });
    }

    /**
     * Makes what a value names: {@code AshaScheduler}, or {@code {type: AshaScheduler, max_t: 50}}.
     *
     * @param what for errors, such as "scheduler"
     */
    static <T> T make(Node node, List<Kind<T>> kinds, String what) {
        Node named = node;
        if (node.isObject()) {
            Node type = node.parts().get(TYPE);
            if (type == null) {
                throw node.error("has no type. Add the name of a " + what + ", such as type: "
                        + kinds.get(0).name() + ".");
            }
            named = type;
        }
        String name = named.text();
        for (Kind<T> kind : kinds) {
            if (kind.name().equals(name)) {
                return kind.make().apply(node);
            }
        }
        List<String> names = kinds.stream().map(Kind::name).collect(Collectors.toList());
        throw named.error("is '" + name + "', which is not a " + what + ". Known: " + String.join(", ", names) + "."
                + Suggest.nearest(name, names));
    }
}
