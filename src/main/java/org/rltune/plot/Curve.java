package org.rltune.plot;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * Points of one line. A point whose y is NaN is a gap.
 *
 * @param name what the line is called
 * @param points in the order of the rows
 */
record Curve(String name, List<Point> points) {
    Curve {
        points = List.copyOf(points);
    }

    /** A point; y is NaN where there is none. */
    record Point(double x, double y) {}

    /** Returns the curve of a column over another. A row without the first is left out; one without the second is a gap. */
    static Curve of(String name, List<? extends Map<String, ?>> rows, String x, String y) {
        List<Point> points = new ArrayList<>();
        for (Map<String, ?> row : rows) {
            double at = number(row, x);
            if (!Double.isNaN(at)) {
                points.add(new Point(at, number(row, y)));
            }
        }
        return new Curve(name, points);
    }

    /** Returns the y at an x, if there is one; the last of several. */
    OptionalDouble at(double x) {
        return points.stream()
                .filter(point -> point.x() == x && !Double.isNaN(point.y()))
                .mapToDouble(Point::y)
                .reduce((first, second) -> second);
    }

    /** Returns whether any point is more than a gap. */
    boolean hasValues() {
        return points.stream().anyMatch(point -> !Double.isNaN(point.y()));
    }

    /** Returns the number in a column, nested ones with "/". Infinite values are NaN, too: no axis has a place for them. */
    static double number(Map<String, ?> row, String key) {
        Object value = row.get(key);
        int slash = key.indexOf('/');
        if (value == null && slash > 0 && row.get(key.substring(0, slash)) instanceof Map<?, ?> nested) {
            @SuppressWarnings("unchecked")
            Map<String, ?> inner = (Map<String, ?>) nested;
            return number(inner, key.substring(slash + 1));
        }
        double number = value instanceof Number given ? given.doubleValue() : Double.NaN;
        return Double.isFinite(number) ? number : Double.NaN;
    }
}
