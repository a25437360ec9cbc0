package org.rltune.tune;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.rltune.check.Suggest;

/**
 * Rows under named columns: what an analysis is asked for. Immutable.
 *
 * @param columns names, each once
 * @param rows each as long as the columns; a cell is a number, a string, a boolean, a list, or null where there is nothing
 */
public record Table(List<String> columns, List<List<@Nullable Object>> rows) {
    /**
     * Copies the lists.
     *
     * @throws IllegalArgumentException if a name stands twice, or a row has another length
     */
    public Table {
        columns = List.copyOf(columns);
        if (new LinkedHashSet<>(columns).size() != columns.size()) {
            throw new IllegalArgumentException("A column stands twice in " + columns + ". Rename one of the two.");
        }
        List<List<@Nullable Object>> copy = new ArrayList<>();
        for (List<@Nullable Object> row : rows) {
            if (row.size() != columns.size()) {
                throw new IllegalArgumentException(
                        "Row " + copy.size() + " has " + row.size() + " cells, but there are " + columns.size()
                                + " columns: " + columns + ". Fill it up with null.");
            }
            copy.add(Collections.unmodifiableList(new ArrayList<>(row)));
        }
        rows = Collections.unmodifiableList(copy);
    }

    /** Makes a table from maps: columns in the order in which they first come; nested maps become {@code outer/inner}. */
    public static Table of(List<? extends Map<String, ?>> maps) {
        List<Map<String, Object>> flat = new ArrayList<>();
        Set<String> columns = new LinkedHashSet<>();
        for (Map<String, ?> map : maps) {
            Map<String, Object> cells = new LinkedHashMap<>();
            flatten("", map, cells);
            flat.add(cells);
            columns.addAll(cells.keySet());
        }
        List<List<@Nullable Object>> rows = new ArrayList<>();
        for (Map<String, Object> cells : flat) {
            List<@Nullable Object> row = new ArrayList<>();
            columns.forEach(column -> row.add(cells.get(column)));
            rows.add(row);
        }
        return new Table(List.copyOf(columns), rows);
    }

    private static void flatten(String prefix, Map<?, ?> map, Map<String, Object> cells) {
        map.forEach((key, value) -> {
            String name = prefix + key;
            if (value instanceof Map<?, ?> inner) {
                flatten(name + "/", inner, cells);
            } else if (value != null) {
                cells.put(name, value);
            }
        });
    }

    /** Returns the number of rows. */
    public int size() {
        return rows.size();
    }

    /**
     * Returns a column from top to bottom.
     *
     * @throws IllegalArgumentException if there is none of that name, naming those that exist
     */
    public List<@Nullable Object> column(String name) {
        int index = index(name);
        List<@Nullable Object> cells = new ArrayList<>();
        rows.forEach(row -> cells.add(row.get(index)));
        return Collections.unmodifiableList(cells);
    }

    /** Returns a cell; null where there is nothing. */
    public @Nullable Object get(int row, String column) {
        return rows.get(row).get(index(column));
    }

    /** Returns the table with the given columns only, in the given order. */
    public Table select(List<String> names) {
        List<Integer> indices = names.stream().map(this::index).toList();
        List<List<@Nullable Object>> selected = new ArrayList<>();
        for (List<@Nullable Object> row : rows) {
            List<@Nullable Object> cells = new ArrayList<>();
            indices.forEach(index -> cells.add(row.get(index)));
            selected.add(cells);
        }
        return new Table(names, selected);
    }

    /** Returns the table with its first rows only. */
    public Table head(int most) {
        return new Table(columns, rows.subList(0, Math.min(most, rows.size())));
    }

    /** Returns the table sorted by a column of numbers, the best first; rows without a number there, or NaN, come last. */
    public Table sorted(String column, Mode mode) {
        int index = index(column);
        List<List<@Nullable Object>> sorted = new ArrayList<>(rows);
        sorted.sort(Comparator.comparingDouble(row -> key(row.get(index), mode)));
        return new Table(columns, sorted);
    }

    private static double key(@Nullable Object cell, Mode mode) {
        return cell instanceof Number number ? -mode.signed(number.doubleValue()) : Double.NaN;
    }

    /** Returns the rows as maps without their empty cells, as JSON values. */
    public List<Map<String, Object>> toJson() {
        List<Map<String, Object>> maps = new ArrayList<>();
        for (List<@Nullable Object> row : rows) {
            Map<String, Object> map = new LinkedHashMap<>();
            for (int i = 0; i < row.size(); i++) {
                Object cell = row.get(i);
                if (cell != null) {
                    map.put(columns.get(i), cell);
                }
            }
            maps.add(map);
        }
        return maps;
    }

    private int index(String name) {
        int index = columns.indexOf(name);
        if (index < 0) {
            throw new IllegalArgumentException("There is no column '" + name + "'. There are "
                    + String.join(", ", columns) + "." + Suggest.nearest(name, columns));
        }
        return index;
    }
}
