package org.rltune.tune;

import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.Arrays;
import java.util.Collections;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * A row: an ordered map that cannot be changed. Rows with the same columns share their names, so that a run of a million
 * rows fits into memory: a quarter of what a LinkedHashMap takes.
 */
final class Row extends AbstractMap<String, Object> {
    private final Columns columns;
    private final Object[] values;
    private byte @Nullable [] line;

    private Row(Columns columns, Object[] values) {
        this.columns = columns;
        this.values = values;
    }

    /** The names of columns in their order. */
    private static final class Columns {
        private final String[] names;
        private final Map<String, Integer> places = new LinkedHashMap<>();
        private final Set<String> keys = Collections.unmodifiableSet(places.keySet());

        Columns(String[] names) {
            this.names = names;
            for (int i = 0; i < names.length; i++) {
                places.put(names[i], i);
            }
        }

        boolean areThoseOf(Map<String, Object> row) {
            if (row.size() != names.length) {
                return false;
            }
            int i = 0;
            for (String name : row.keySet()) {
                if (!name.equals(names[i++])) {
                    return false;
                }
            }
            return true;
        }
    }

    /** Makes rows that share their names with earlier ones; safe for use by threads. */
    static final class Maker {
        /** Few: the first rows of a trial may lack columns that come later. */
        private static final int MOST = 8;

        private volatile Columns[] known = {};

        /** Returns a row with the entries of a map, in its order. */
        Row of(Map<String, Object> entries) {
            Object[] values = entries.values().toArray();
            for (Columns columns : known) {
                if (columns.areThoseOf(entries)) {
                    return new Row(columns, values);
                }
            }
            Columns columns = new Columns(entries.keySet().toArray(new String[0]));
            remember(columns);
            return new Row(columns, values);
        }

        private synchronized void remember(Columns columns) {
            if (known.length < MOST) {
                Columns[] more = Arrays.copyOf(known, known.length + 1);
                more[known.length] = columns;
                known = more;
            }
        }
    }

    /** Keeps the row as a line of JSON for as long as it is written to files; used by the thread that made the row. */
    void keepLine(byte @Nullable [] line) {
        this.line = line;
    }

    byte @Nullable [] line() {
        return line;
    }

    @Override
    public @Nullable Object get(@Nullable Object key) {
        Integer place = columns.places.get(key);
        return place == null ? null : values[place];
    }

    @Override
    public boolean containsKey(@Nullable Object key) {
        return columns.places.containsKey(key);
    }

    @Override
    public int size() {
        return values.length;
    }

    @Override
    public void forEach(BiConsumer<? super String, ? super Object> action) {
        for (int i = 0; i < values.length; i++) {
            action.accept(columns.names[i], values[i]);
        }
    }

    @Override
    public Set<String> keySet() {
        return columns.keys;
    }

    @Override
    public Set<Entry<String, Object>> entrySet() {
        return new AbstractSet<>() {
            @Override
            public Iterator<Entry<String, Object>> iterator() {
                return new Entries();
            }

            @Override
            public int size() {
                return values.length;
            }
        };
    }

    private final class Entries implements Iterator<Entry<String, Object>> {
        private int next;

        @Override
        public boolean hasNext() {
            return next < values.length;
        }

        @Override
        public Entry<String, Object> next() {
            if (!hasNext()) {
                throw new NoSuchElementException("The row has " + values.length + " columns.");
            }
            int at = next++;
            return new SimpleImmutableEntry<>(columns.names[at], values[at]);
        }
    }
}
