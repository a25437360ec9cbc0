package org.rltune.tune.file;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.rltune.check.Suggest;

/**
 * What a file can say about one kind of object: each setting by its key, with its type in words and who takes the value.
 *
 * @param <B> what takes the values, such as a builder
 */
final class Settings<B> {
    private record Setting<B>(String type, BiConsumer<? super B, Node> give) {}

    private final Map<String, Setting<B>> byKey = new LinkedHashMap<>();

    Settings<B> add(String key, String type, BiConsumer<? super B, Node> give) {
        if (byKey.putIfAbsent(key, new Setting<>(type, give)) != null) {
            throw new IllegalArgumentException("The key " + key + " stands twice in the table. Remove one.");
        }
        return this;
    }

    Settings<B> whole(String key, BiConsumer<? super B, Integer> give) {
        return add(key, "whole number", (target, node) -> give.accept(target, node.whole()));
    }

    Settings<B> large(String key, BiConsumer<? super B, Long> give) {
        return add(key, "whole number", (target, node) -> give.accept(target, node.large()));
    }

    Settings<B> real(String key, BiConsumer<? super B, Double> give) {
        return add(key, "number", (target, node) -> give.accept(target, node.real()));
    }

    Settings<B> flag(String key, BiConsumer<? super B, Boolean> give) {
        return add(key, "true or false", (target, node) -> give.accept(target, node.flag()));
    }

    Settings<B> text(String key, BiConsumer<? super B, String> give) {
        return add(key, "text", (target, node) -> give.accept(target, node.text()));
    }

    /** Returns the keys with their types in words, in the order of the table. */
    Map<String, String> types() {
        Map<String, String> types = new LinkedHashMap<>();
        byKey.forEach((key, setting) -> types.put(key, setting.type()));
        return types;
    }

    /**
     * Gives the values of an object to who takes them.
     *
     * @param owner whose settings these are, for errors
     * @param besides keys that are read elsewhere
     */
    void give(B target, Node object, String owner, List<String> besides) {
        object.parts().forEach((key, node) -> {
            Setting<B> setting = byKey.get(key);
            if (setting != null) {
                node.<Object>at(() -> {
                    setting.give().accept(target, node);
                    return key;
                });
            } else if (!besides.contains(key)) {
                String near = Suggest.nearest(key, byKey.keySet());
                String known = byKey.isEmpty() ? " It has none." : " Known: " + String.join(", ", byKey.keySet()) + ".";
                throw node.error("is not a setting of " + owner + "." + (near.isEmpty() ? known : near));
            }
        });
    }
}
