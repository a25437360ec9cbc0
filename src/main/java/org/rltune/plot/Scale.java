package org.rltune.plot;

import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.rltune.json.Json;

/**
 * Where the values of one hyperparameter lie between the ends of its axis, 0 and 1: evenly, by their logarithm, by the
 * logarithm of 1 - x, or as categories side by side. The declared domain says which.
 */
final class Scale {
    /** How values lie. */
    enum Kind {
        LINEAR,
        LOG,
        ONE_MINUS_LOG,
        CATEGORIES
    }

    /** A mark of an axis. */
    record Tick(double at, String label) {}

    private static final Set<String> LOGARITHMIC = Set.of("loguniform", "qloguniform", "lograndint", "qlograndint");

    /** Options that are numbers and more than this lie as numbers. */
    private static final int MOST_CATEGORIES = 12;

    /** Rounding must not cost an axis its last mark. */
    private static final double EDGE = 1e-9;

    private final Kind kind;
    private final boolean whole;
    private final List<String> categories;
    private final double low;
    private final double high;

    private Scale(Kind kind, boolean whole, List<String> categories, double low, double high) {
        this.kind = kind;
        this.whole = whole;
        this.categories = List.copyOf(categories);
        this.low = low;
        this.high = high;
    }

    /**
     * Returns the scale that shows the whole declared domain and all values.
     *
     * @param declared the domain as {@code Domain.toJson} writes it; empty if there is none
     */
    static Scale of(Map<String, ?> declared, Collection<?> values) {
        List<Object> all = new ArrayList<>();
        if (declared.get("options") instanceof List<?> options) {
            options.forEach(option -> all.add(option instanceof Map<?, ?> branch ? branch.get("value") : option));
        }
        boolean few = !all.isEmpty() && all.size() <= MOST_CATEGORIES;
        all.addAll(values);
        boolean numbersOnly = all.stream().allMatch(Number.class::isInstance);
        for (String bound : List.of("lower", "upper")) {
            if (numbersOnly && declared.get(bound) instanceof Number number) {
                all.add(number);
            }
        }
        if (few || !numbersOnly || all.isEmpty()) {
            List<String> texts = all.stream().map(Scale::text).distinct().toList();
            return new Scale(Kind.CATEGORIES, false, texts, -0.5, Math.max(1, texts.size()) - 0.5);
        }
        double[] numbers = all.stream()
                .mapToDouble(value -> ((Number) value).doubleValue())
                .filter(Double::isFinite)
                .sorted()
                .toArray();
        if (numbers.length == 0) {
            return new Scale(Kind.LINEAR, false, List.of(), 0, 1);
        }
        double least = numbers[0];
        double most = numbers[numbers.length - 1];
        Kind kind = kind(String.valueOf(declared.get("domain")), least, most);
        boolean whole = all.stream().allMatch(Long.class::isInstance);
        return new Scale(kind, whole, List.of(), place(kind, least), place(kind, most));
    }

    private static Kind kind(String domain, double least, double most) {
        if (LOGARITHMIC.contains(domain) && least > 0) {
            return Kind.LOG;
        }
        return domain.equals("oneMinusLog") && most < 1 ? Kind.ONE_MINUS_LOG : Kind.LINEAR;
    }

    Kind kind() {
        return kind;
    }

    /** Returns how many categories there are; 0 if the values are numbers. */
    int categories() {
        return categories.size();
    }

    /** Returns where a value lies, from 0 to 1; NaN if it has no place. */
    double at(@Nullable Object value) {
        if (kind == Kind.CATEGORIES) {
            int index = value == null ? -1 : categories.indexOf(text(value));
            return index < 0 ? Double.NaN : (index - low) / (high - low);
        }
        return value instanceof Number number ? share(place(kind, number.doubleValue())) : Double.NaN;
    }

    private double share(double place) {
        return high > low ? (place - low) / (high - low) : 0.5;
    }

    private static double place(Kind kind, double value) {
        return switch (kind) {
            case LOG -> StrictMath.log10(value);
            case ONE_MINUS_LOG -> -StrictMath.log10(1 - value);
            default -> value;
        };
    }

    private double value(double place) {
        return switch (kind) {
            case LOG -> StrictMath.pow(10, place);
            case ONE_MINUS_LOG -> 1 - StrictMath.pow(10, -place);
            default -> place;
        };
    }

    /** Returns round values from one end to the other, at least two where they differ, at most about as many as asked for. */
    List<Tick> ticks(int most) {
        if (kind == Kind.CATEGORIES) {
            return thinned(categories.stream().map(text -> new Tick(share(categories.indexOf(text)), text)), most);
        }
        if (!(high > low)) {
            return List.of(new Tick(0.5, label(value(low))));
        }
        List<Double> values = new ArrayList<>();
        if (kind == Kind.LINEAR) {
            values = even(low, high, most);
        } else {
            boolean decades = Math.floor(high + EDGE) - Math.ceil(low - EDGE) >= 2;
            for (int exponent = (int) Math.floor(low) - 1; exponent <= high + 1; exponent++) {
                for (int digit : decades ? new int[] {1} : new int[] {1, 2, 5}) {
                    values.add(
                            kind == Kind.LOG
                                    ? Double.parseDouble(digit + "e" + exponent)
                                    : 1 - Double.parseDouble(digit + "e-" + exponent));
                }
            }
            values.removeIf(value -> place(kind, value) < low - EDGE || place(kind, value) > high + EDGE);
            if (values.size() < 2) {
                values = even(Math.min(value(low), value(high)), Math.max(value(low), value(high)), most);
            }
        }
        return thinned(values.stream().sorted().map(value -> new Tick(at(value), label(value))), most);
    }

    private List<Double> even(double from, double to, int most) {
        double raw = (to - from) / Math.max(1, most);
        double size = StrictMath.pow(10, Math.floor(StrictMath.log10(raw)));
        double step = size * 10;
        for (double round : new double[] {5, 2, 1}) {
            step = round * size >= raw * (1 - EDGE) ? round * size : step;
        }
        step = whole ? Math.max(1, step) : step;
        List<Double> values = new ArrayList<>();
        for (double i = Math.ceil(from / step - EDGE); i * step <= to + EDGE * step; i++) {
            values.add(i * step + 0.0); // no negative zero
        }
        // A wide step may miss the range; whole numbers have no finer one than 1.
        return values.size() < 2 && !(whole && step == 1) ? even(from, to, 2 * Math.max(1, most)) : values;
    }

    private static List<Tick> thinned(Stream<Tick> ticks, int most) {
        List<Tick> all = ticks.toList();
        int each = (int) Math.ceil((double) all.size() / Math.max(1, most));
        List<Tick> kept = new ArrayList<>();
        for (int i = 0; i < all.size(); i += Math.max(1, each)) {
            kept.add(all.get(i));
        }
        return kept;
    }

    /** Returns a number as an axis shows it, such as {@code 0.001}, {@code 1e-5} or {@code 4,000}. */
    static String label(double value) {
        double size = Math.abs(value);
        boolean plain = size == 0 || (size >= 0.999e-3 && size < 1e6);
        DecimalFormatSymbols symbols = DecimalFormatSymbols.getInstance(Locale.ROOT);
        symbols.setExponentSeparator("e");
        return new DecimalFormat(plain ? "#,##0.########" : "0.######E0", symbols).format(value);
    }

    static String text(@Nullable Object value) {
        return value instanceof String text ? text : Json.write(value);
    }
}
