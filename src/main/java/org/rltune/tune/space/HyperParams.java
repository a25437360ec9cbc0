package org.rltune.tune.space;

import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.rltune.check.Suggest;

/**
 * Hyperparameters: ordered, immutable, typed values under declared names.
 *
 * <p>A value is a Double (never NaN), a Long, a Boolean, a String, or a List or Map of such values. Smaller number types
 * are widened when they come in, so that an Integer 3 and a Long 3 are one value. Names keep the order of a
 * LinkedHashMap or a SortedMap; the names of any other map are sorted, since its own order may differ between two JVMs.
 */
public final class HyperParams {
    private static final HyperParams EMPTY = new HyperParams(new LinkedHashMap<>(), Set.of());

    private final Map<String, Object> values;

    /** Names that a {@code sampleFrom} may ask for although they are not chosen yet; asking for one postpones it. */
    private final Set<String> pending;

    private HyperParams(Map<String, Object> values, Set<String> pending) {
        this.values = Collections.unmodifiableMap(values);
        this.pending = pending;
    }

    /**
     * Returns the values of a map.
     *
     * @throws IllegalArgumentException if a value is null, NaN or of a type that a hyperparameter cannot have
     */
    public static HyperParams of(Map<String, ?> values) {
        Map<String, Object> copy = new LinkedHashMap<>();
        Values.ordered(values).forEach((name, value) -> copy.put(name, Values.normal(name, value)));
        return new HyperParams(copy, Set.of());
    }

    /** Returns no values. */
    public static HyperParams empty() {
        return EMPTY;
    }

    /**
     * Returns the value of a name, or of a path: {@code optimizer/lr} is the name itself, or the entry {@code lr} of the
     * map {@code optimizer}; {@code optimizer} alone is the map of all names below it.
     *
     * @throws IllegalArgumentException if the name is unknown, with the nearest known one
     */
    public Object get(String name) {
        refuseIfPending(name);
        Object value = Nested.find(values, name);
        if (value == null) {
            throw new IllegalArgumentException("There is no hyperparameter '" + name + "'. Known: "
                    + String.join(", ", values.keySet()) + "." + Suggest.nearest(name, values.keySet()));
        }
        return value;
    }

    /** Returns a number as a double; a whole number is widened. */
    public double getDouble(String name) {
        if (get(name) instanceof Number number) {
            return number.doubleValue();
        }
        throw wrongType(name, "a number");
    }

    /** Returns a whole number. */
    public long getLong(String name) {
        if (get(name) instanceof Long number) {
            return number;
        }
        throw wrongType(name, "a whole number");
    }

    /** Returns a whole number that fits into an int. */
    public int getInt(String name) {
        long value = getLong(name);
        if (value != (int) value) {
            throw wrongType(name, "a whole number of 32 bits");
        }
        return (int) value;
    }

    /** Returns a text. */
    public String getString(String name) {
        if (get(name) instanceof String text) {
            return text;
        }
        throw wrongType(name, "a text");
    }

    /** Returns true or false. */
    public boolean getBoolean(String name) {
        if (get(name) instanceof Boolean flag) {
            return flag;
        }
        throw wrongType(name, "true or false");
    }

    /** Returns whether the name, or the path, has a value. */
    public boolean contains(String name) {
        refuseIfPending(name);
        return Nested.find(values, name) != null;
    }

    /** Returns the names in their order. */
    public List<String> names() {
        return List.copyOf(values.keySet());
    }

    /** Returns the values in the order of the names; cannot be changed. */
    public Map<String, Object> asMap() {
        return values;
    }

    /**
     * Returns the values as maps within maps and lists, by the paths that the names are: {@code optimizer/lr} becomes the
     * entry {@code lr} of the map {@code optimizer}, {@code widths/0} the first element of the list {@code widths}.
     *
     * @throws IllegalArgumentException if a name has a value of its own and names below it
     */
    public Map<String, Object> nested() {
        return Nested.all(values);
    }

    /**
     * Returns these values with one set; a new name comes last. A path into a map or list that is a value sets that part
     * of it.
     */
    public HyperParams with(String name, Object value) {
        Map<String, Object> copy = new LinkedHashMap<>(values);
        put(copy, name, Values.normal(name, value));
        return new HyperParams(copy, pending);
    }

    /** Returns these values with all others set, as by {@link #with}. */
    public HyperParams withAll(HyperParams others) {
        Map<String, Object> copy = new LinkedHashMap<>(values);
        others.values.forEach((name, value) -> put(copy, name, value));
        return new HyperParams(copy, pending);
    }

    private static void put(Map<String, Object> values, String name, Object value) {
        String around = values.containsKey(name) ? null : Nested.around(values, name);
        if (around == null) {
            values.put(name, value);
        } else {
            String path = name.substring(around.length() + 1);
            values.put(around, Nested.replaced(around, values.get(around), path, value));
        }
    }

    /** Returns these values without one of them. */
    public HyperParams without(String name) {
        if (!values.containsKey(name)) {
            return this;
        }
        Map<String, Object> copy = new LinkedHashMap<>(values);
        copy.remove(name);
        return new HyperParams(copy, pending);
    }

    /** Returns the values of the given names that are here, in the order of this; then those of the paths that are. */
    public HyperParams only(Collection<String> names) {
        Map<String, Object> copy = new LinkedHashMap<>(values);
        copy.keySet().retainAll(Set.copyOf(names));
        for (String name : names) {
            Object part = Nested.find(values, name);
            if (part != null) {
                copy.putIfAbsent(name, part);
            }
        }
        return new HyperParams(copy, Set.of());
    }

    /** Returns these values, where asking for one of the given names throws {@link NotChosenYet}. */
    HyperParams withPending(Set<String> names) {
        return new HyperParams(new LinkedHashMap<>(values), names);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof HyperParams that && values.equals(that.values);
    }

    @Override
    public int hashCode() {
        return values.hashCode();
    }

    /** Returns the names and values in their order, such as {@code {lr=0.001, num_sgd_iter=10}}. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("{");
        values.forEach((name, value) -> text.append(text.length() == 1 ? "" : ", ")
                .append(name)
                .append('=')
                .append(Values.text(value)));
        return text.append('}').toString();
    }

    private void refuseIfPending(String name) {
        for (String open : pending) {
            if (open.equals(name) || open.startsWith(name + Nested.SEPARATOR)) {
                throw new NotChosenYet(open);
            }
        }
    }

    private IllegalArgumentException wrongType(String name, String wanted) {
        Object value = get(name);
        String maybe = value instanceof Double number && number == Math.rint(number) && Math.abs(number) < 1e15
                ? " Maybe " + name + "=" + number.longValue() + "?"
                : " Change where " + name + " is set.";
        return new IllegalArgumentException(name + " is " + Values.text(value) + " ("
                + value.getClass().getSimpleName() + "), but " + wanted + " is needed." + maybe);
    }

    /** A {@code sampleFrom} asked for a value that is not chosen yet. */
    static final class NotChosenYet extends IllegalArgumentException {
        final String name;

        NotChosenYet(String name) {
            super("The value of " + name + " is not chosen yet.");
            this.name = name;
        }
    }
}
