package org.rltune.env.wrapper;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.rltune.check.Suggest;
import org.rltune.env.Env;
import org.rltune.space.Dict;
import org.rltune.space.Space;
import org.rltune.space.Tuple;

/**
 * Leaves only some parts of observations that are maps or lists, as Gymnasium's wrapper of this name.
 *
 * @param <O> type of an observation: a map or a list
 */
public final class FilterObservation<O, A> extends TransformObservation<O, A, O> {
    private FilterObservation(Env<O, A> inner, Function<O, O> function, @Nullable RowFunction rows, Space<O> space) {
        super(inner, function, rows, space);
    }

    /**
     * Leaves these keys of maps, at least one.
     *
     * @throws IllegalArgumentException for observations that are no {@link Dict}, or an unknown or repeated key
     */
    public static <A> FilterObservation<Map<String, Object>, A> keys(
            Env<Map<String, Object>, A> inner, String... filterKeys) {
        if (!(inner.observationSpace() instanceof Dict dict)) {
            throw Needs.unfit("FilterObservation", "observation", inner.observationSpace(), "a Dict");
        }
        Map<String, Space<?>> spaces = new LinkedHashMap<>();
        for (String key : filterKeys) {
            Space<?> space = dict.spaces().get(key);
            if (space == null) {
                throw new IllegalArgumentException("FilterObservation got the key '" + key
                        + "', but the observations have " + dict.spaces().keySet() + "."
                        + Suggest.nearest(key, dict.spaces().keySet()));
            }
            if (spaces.put(key, space) != null) {
                throw repeated("key '" + key + "'");
            }
        }
        requireSome(spaces.size());
        Set<String> kept = Collections.unmodifiableSet(new LinkedHashSet<>(spaces.keySet()));
        Dict filteredSpace = Dict.sorted(spaces);
        List<String> keys = List.copyOf(dict.spaces().keySet());
        int[] order =
                filteredSpace.spaces().keySet().stream().mapToInt(keys::indexOf).toArray();
        return new FilterObservation<>(
                inner,
                observation -> {
                    Map<String, Object> filtered = new LinkedHashMap<>();
                    kept.forEach(key -> filtered.put(key, observation.get(key)));
                    return Collections.unmodifiableMap(filtered);
                },
                rows(List.copyOf(dict.spaces().values()), order),
                filteredSpace);
    }

    /**
     * Leaves the parts of lists with these indices, at least one, in this order. Indices count from 0; Gymnasium's
     * negative ones are refused.
     *
     * @throws IllegalArgumentException for observations that are no {@link Tuple}, or an unknown or repeated index
     */
    public static <A> FilterObservation<List<Object>, A> parts(Env<List<Object>, A> inner, int... filterKeys) {
        if (!(inner.observationSpace() instanceof Tuple tuple)) {
            throw Needs.unfit("FilterObservation", "observation", inner.observationSpace(), "a Tuple");
        }
        List<Integer> kept = new ArrayList<>();
        List<Space<?>> spaces = new ArrayList<>();
        for (int index : filterKeys) {
            if (index < 0 || index >= tuple.spaces().size()) {
                throw new IllegalArgumentException("FilterObservation got the index " + index
                        + ", but the observations have the parts 0 to "
                        + (tuple.spaces().size() - 1) + ". Choose among them.");
            }
            if (kept.contains(index)) {
                throw repeated("index " + index);
            }
            kept.add(index);
            spaces.add(tuple.spaces().get(index));
        }
        requireSome(kept.size());
        return new FilterObservation<>(
                inner,
                observation -> {
                    List<Object> filtered = new ArrayList<>(kept.size());
                    kept.forEach(index -> filtered.add(observation.get(index)));
                    return Collections.unmodifiableList(filtered);
                },
                rows(tuple.spaces(), filterKeys),
                Tuple.of(spaces));
    }

    /** Copies the flat forms of some parts, in this order; null where a part has none. */
    private static @Nullable RowFunction rows(List<? extends Space<?>> parts, int[] order) {
        if (!parts.stream().allMatch(Space::isFlattenable)) {
            return null;
        }
        int[] begin = new int[parts.size() + 1];
        for (int i = 0; i < parts.size(); i++) {
            begin[i + 1] = begin[i] + parts.get(i).flatSize();
        }
        int[] chosen = order.clone();
        return (from, at, into, to) -> {
            int place = to;
            for (int part : chosen) {
                int size = begin[part + 1] - begin[part];
                System.arraycopy(from, at + begin[part], into, place, size);
                place += size;
            }
        };
    }

    private static void requireSome(int count) {
        if (count == 0) {
            throw new IllegalArgumentException(
                    "FilterObservation got no keys, so nothing would be left of an observation. Name at least one.");
        }
    }

    private static IllegalArgumentException repeated(String what) {
        return new IllegalArgumentException("FilterObservation got the " + what + " twice. Name it once.");
    }
}
