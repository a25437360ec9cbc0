package org.rltune.experiments.bench;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/** Repeated measurements of one figure: their median, and how far they lie apart. */
record Spread(double median, double least, double most) {
    /** Of an even number the mean of the middle two. */
    static <T> Spread of(List<T> measurements, ToDoubleFunction<T> figure) {
        double[] sorted = measurements.stream().mapToDouble(figure).sorted().toArray();
        int n = sorted.length;
        return new Spread((sorted[(n - 1) / 2] + sorted[n / 2]) / 2, sorted[0], sorted[n - 1]);
    }

    /** Ratios, repetition by repetition: a machine that slows down for a while slows both down. */
    static <T> Spread ofRatios(List<T> above, List<T> below, ToDoubleFunction<T> figure) {
        double[] ratios = new double[above.size()];
        Arrays.setAll(ratios, i -> figure.applyAsDouble(above.get(i)) / figure.applyAsDouble(below.get(i)));
        return of(Arrays.stream(ratios).boxed().toList(), ratio -> ratio);
    }

    /** Median and range in one cell, such as {@code 1.93 (1.90-1.95)}. */
    String text(String format) {
        return String.format(Locale.ROOT, format + " (" + format + "-" + format + ")", median, least, most);
    }
}
