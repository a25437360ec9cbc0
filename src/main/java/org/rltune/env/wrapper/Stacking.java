package org.rltune.env.wrapper;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.rltune.space.ArrayBox;
import org.rltune.space.Box;
import org.rltune.space.DType;
import org.rltune.space.Dict;
import org.rltune.space.Discrete;
import org.rltune.space.MultiBinary;
import org.rltune.space.MultiDiscrete;
import org.rltune.space.Space;
import org.rltune.space.Tuple;

/**
 * Several values of a space as one: Gymnasium's {@code batch_space} and {@code concatenate}.
 *
 * @param <S> type of several values together
 * @param <T> type of one
 */
interface Stacking<S, T> {
    /** The space of several values together. */
    Space<S> space();

    /** The values together, in their order; shares nothing with them. */
    S stack(Collection<? extends T> values);

    /** For {@code count} values of this space. */
    @SuppressWarnings("unchecked") // each branch serves the values of its space
    static <T> Stacking<?, T> of(Space<T> space, int count) {
        if (space instanceof Box || space instanceof ArrayBox) {
            return ofArrays(ArrayView.of("FrameStackObservation", space), count);
        }
        Stacking<?, ?> stacking;
        if (space instanceof Discrete discrete) {
            stacking = ofNumbers(discrete, count);
        } else if (space instanceof MultiDiscrete multi) {
            stacking = ofNumberArrays(multi, count);
        } else if (space instanceof MultiBinary binary) {
            stacking = ofArrays(ArrayView.of("", bits(binary)), count);
        } else if (space instanceof Dict dict) {
            stacking = ofMaps(dict, count);
        } else if (space instanceof Tuple tuple) {
            stacking = ofLists(tuple, count);
        } else {
            stacking = ofWholes(space, count);
        }
        return (Stacking<?, T>) stacking;
    }

    /** Arrays behind each other: one more dimension in front. */
    static <T> Stacking<T, T> ofArrays(ArrayView<T> arrays, int count) {
        int[] shape = stacked(count, arrays.shape());
        T low = arrays.repeat(arrays.low(), count);
        T high = arrays.repeat(arrays.high(), count);
        return new Of<>(arrays.space(low, high, shape), values -> {
            T all = arrays.newArray(count * arrays.size());
            int i = 0;
            for (T value : values) {
                arrays.copy(value, all, i++);
            }
            return all;
        });
    }

    private static Stacking<int[], Integer> ofNumbers(Discrete space, int count) {
        int[] nvec = new int[count];
        int[] start = new int[count];
        Arrays.fill(nvec, space.n());
        Arrays.fill(start, space.start());
        return new Of<>(
                MultiDiscrete.of(nvec, start),
                values -> values.stream().mapToInt(Integer::intValue).toArray());
    }

    private static Stacking<int[], int[]> ofNumberArrays(MultiDiscrete space, int count) {
        int size = space.size();
        int[] nvec = Arrays.copyOf(space.nvec(), count * size);
        int[] start = Arrays.copyOf(space.start(), count * size);
        for (int i = size; i < nvec.length; i++) {
            nvec[i] = nvec[i - size];
            start[i] = start[i - size];
        }
        return new Of<>(MultiDiscrete.of(nvec, start, stacked(count, space.shape())), values -> {
            int[] all = new int[count * size];
            int at = 0;
            for (int[] value : values) {
                System.arraycopy(value, 0, all, at, size);
                at += size;
            }
            return all;
        });
    }

    private static Space<byte[]> bits(MultiBinary space) {
        return ArrayBox.of(DType.INT8, 0, 1, space.shape());
    }

    private static Stacking<Map<String, Object>, Map<String, Object>> ofMaps(Dict space, int count) {
        Map<String, Stacking<?, ?>> parts = new LinkedHashMap<>();
        Map<String, Space<?>> spaces = new LinkedHashMap<>();
        space.spaces().forEach((key, part) -> {
            parts.put(key, of(part, count));
            spaces.put(key, parts.get(key).space());
        });
        return new Of<>(Dict.of(spaces), values -> {
            Map<String, Object> all = new LinkedHashMap<>();
            parts.forEach((key, part) -> {
                List<Object> column = new ArrayList<>();
                values.forEach(value -> column.add(value.get(key)));
                all.put(key, stackPart(part, column));
            });
            return Collections.unmodifiableMap(all);
        });
    }

    private static Stacking<List<Object>, List<Object>> ofLists(Tuple space, int count) {
        List<Stacking<?, ?>> parts = new ArrayList<>();
        List<Space<?>> spaces = new ArrayList<>();
        for (Space<?> part : space.spaces()) {
            Stacking<?, ?> stacking = of(part, count);
            parts.add(stacking);
            spaces.add(stacking.space());
        }
        return new Of<>(Tuple.of(spaces), values -> {
            List<Object> all = new ArrayList<>();
            for (int i = 0; i < parts.size(); i++) {
                List<Object> column = new ArrayList<>();
                for (List<Object> value : values) {
                    column.add(value.get(i));
                }
                all.add(stackPart(parts.get(i), column));
            }
            return Collections.unmodifiableList(all);
        });
    }

    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"}) // the values of a part are of its space
    private static <T> Object stackPart(Stacking<?, T> part, List<Object> values) {
        return Objects.requireNonNull(part.stack((List<T>) values));
    }

    /** What is no array and has no parts stays whole: a tuple of as many values. */
    private static <T> Stacking<List<Object>, T> ofWholes(Space<T> space, int count) {
        return new Of<>(
                Tuple.of(Collections.nCopies(count, space)),
                values -> Collections.unmodifiableList(new ArrayList<Object>(values)));
    }

    private static int[] stacked(int count, int[] shape) {
        int[] stacked = new int[shape.length + 1];
        stacked[0] = count;
        System.arraycopy(shape, 0, stacked, 1, shape.length);
        return stacked;
    }

    /** A space with the way into it. */
    record Of<S, T>(Space<S> space, Function<Collection<? extends T>, S> way) implements Stacking<S, T> {
        @Override
        public S stack(Collection<? extends T> values) {
            return way.apply(values);
        }
    }
}
