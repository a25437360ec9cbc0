package org.rltune.tune;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.rltune.random.Seeds;
import org.rltune.tune.space.HyperParams;

/**
 * How much each hyperparameter alone explains of the variance of the score: functional ANOVA (Hutter, Hoos and
 * Leyton-Brown 2014, "An Efficient Approach for Assessing Hyperparameter Importance").
 *
 * <p>A random forest is fitted to the trials' configs and scores. For each tree, with f its prediction, a_j(v) = E[f | x_j =
 * v] and Var its variance, the share of hyperparameter j is Var[a_j(x_j)] / Var[f], both exact over the product of the
 * distributions of the tried values; the shares are means over the trees. What no hyperparameter explains alone is
 * {@link #interactions}.
 *
 * <p>The distributions are those of the values that were tried: with random search those of the domains, with a searcher
 * that learns those of where it looked. Values of a number are taken together in at most {@value #BINS} bins of equal
 * weight. Trust shares from some dozens of trials on; from few trials small shares are noise.
 *
 * @param shares name to share, the largest first; of equals in the order of names
 * @param deviations name to the standard deviation of the share over the trees, in the same order
 * @param interactions 1 less the sum of the shares, at least 0
 * @param trials how many trials had a score
 */
public record Importance(Map<String, Double> shares, Map<String, Double> deviations, double interactions, int trials) {
    private static final int BINS = 32;
    private static final int TREES = 64;
    private static final int LEAST_TRIALS = 8;

    /** Returns the importance for the metric of the run, each trial with its last score. */
    public static Importance of(ExperimentAnalysis analysis) {
        return of(analysis, analysis.metric(), analysis.mode(), Scope.LAST);
    }

    /**
     * Returns the importance for a metric.
     *
     * @throws IllegalArgumentException if fewer than 8 trials have a finite score, if the scores do not differ, or if no
     *     hyperparameter does
     */
    public static Importance of(ExperimentAnalysis analysis, String metric, Mode mode, Scope scope) {
        List<HyperParams> configs = new ArrayList<>();
        List<Double> scores = new ArrayList<>();
        for (Trial trial : analysis.trials()) {
            BestTrial.Scored scored = BestTrial.score(trial, metric, mode, scope);
            if (scored != null && Double.isFinite(scored.score())) {
                configs.add(trial.configAt(scored.iteration()));
                scores.add(scored.score());
            }
        }
        return of(configs, scores, Seeds.of(analysis.seed()));
    }

    /**
     * Returns the importance of configs with these scores.
     *
     * @param scores finite, one for each config
     * @param seeds of the forest; the same seeds give the same shares
     */
    public static Importance of(List<HyperParams> configs, List<Double> scores, Seeds seeds) {
        if (configs.size() != scores.size() || configs.size() < LEAST_TRIALS) {
            throw new IllegalArgumentException("There are " + configs.size() + " configs and " + scores.size()
                    + " scores, but at least " + LEAST_TRIALS
                    + " trials with a score are needed to tell what matters. Run"
                    + " more trials.");
        }
        double[] y = scores.stream().mapToDouble(Double::doubleValue).toArray();
        if (Spread.std(y) == 0) {
            throw new IllegalArgumentException("All " + y.length + " scores are " + y[0]
                    + ", so there is nothing to explain. Choose another metric.");
        }
        List<Axis> axes = axes(configs);
        if (axes.isEmpty()) {
            throw new IllegalArgumentException("All " + configs.size()
                    + " configs are equal, so no hyperparameter can matter. Tune at least one.");
        }
        return measured(axes, y, seeds);
    }

    /** One hyperparameter that took at least two values; each value is the number of a bin. */
    record Axis(String name, boolean ordered, int[] binOfTrial, double[] weights) {}

    private static List<Axis> axes(List<HyperParams> configs) {
        TreeSet<String> names = new TreeSet<>();
        configs.forEach(config -> names.addAll(config.names()));
        List<Axis> axes = new ArrayList<>();
        for (String name : names) {
            Axis axis = axis(name, configs);
            if (axis.weights().length > 1) {
                axes.add(axis);
            }
        }
        return axes;
    }

    private static Axis axis(String name, List<HyperParams> configs) {
        List<@Nullable Object> values = new ArrayList<>();
        configs.forEach(config -> values.add(config.contains(name) ? config.get(name) : null));
        boolean numbers = values.stream().filter(Objects::nonNull).allMatch(Number.class::isInstance);
        int[] bins = numbers ? numberBins(values) : optionBins(values);
        int count = 0;
        for (int bin : bins) {
            count = Math.max(count, bin + 1);
        }
        double[] weights = new double[count];
        for (int bin : bins) {
            weights[bin] += 1.0 / bins.length;
        }
        return new Axis(name, numbers, bins, weights);
    }

    /** Equal values share a bin; an absent value counts as less than any number. */
    private static int[] numberBins(List<@Nullable Object> values) {
        int n = values.size();
        double[] numbers = new double[n];
        Integer[] order = new Integer[n];
        for (int i = 0; i < n; i++) {
            numbers[i] = values.get(i) instanceof Number number ? number.doubleValue() : Double.NEGATIVE_INFINITY;
            order[i] = i;
        }
        Arrays.sort(order, Comparator.comparingDouble(i -> numbers[i]));
        int[] bins = new int[n];
        int bin = -1;
        int began = 0;
        for (int place = 0; place < n; place++) {
            boolean same = place > 0 && numbers[order[place]] == numbers[order[place - 1]];
            boolean full = place == 0
                    || (long) place * BINS / n > (long) began * BINS / n
                    || numbers[order[began]] == Double.NEGATIVE_INFINITY;
            if (!same && full) {
                bin++;
                began = place;
            }
            bins[order[place]] = bin;
        }
        return bins;
    }

    private static int[] optionBins(List<@Nullable Object> values) {
        Map<String, Integer> numbers = new LinkedHashMap<>();
        new TreeSet<>(values.stream().map(String::valueOf).toList()).forEach(text -> numbers.put(text, numbers.size()));
        return values.stream()
                .mapToInt(value -> numbers.get(String.valueOf(value)))
                .toArray();
    }

    private static Importance measured(List<Axis> axes, double[] y, Seeds seeds) {
        double[][] shares = new double[TREES][];
        int grown = 0;
        for (int tree = 0; tree < TREES; tree++) {
            double[] found = ImportanceTree.grow(axes, y, seeds.stream("importance", tree))
                    .shares();
            if (found.length > 0) {
                shares[grown++] = found;
            }
        }
        if (grown == 0) {
            throw new IllegalArgumentException(
                    "No tree could tell the " + y.length + " scores apart by their hyperparameters. Run more trials.");
        }
        Map<String, Double> means = new LinkedHashMap<>();
        Map<String, Double> deviations = new LinkedHashMap<>();
        for (int a = 0; a < axes.size(); a++) {
            double[] column = new double[grown];
            double sum = 0;
            for (int tree = 0; tree < grown; tree++) {
                column[tree] = shares[tree][a];
                sum += column[tree];
            }
            means.put(axes.get(a).name(), sum / grown);
            deviations.put(axes.get(a).name(), Spread.std(column));
        }
        Map<String, Double> sorted = new LinkedHashMap<>();
        Map<String, Double> sortedDeviations = new LinkedHashMap<>();
        means.entrySet().stream()
                .sorted(Map.Entry.<String, Double>comparingByValue().reversed())
                .forEach(entry -> {
                    sorted.put(entry.getKey(), entry.getValue());
                    sortedDeviations.put(entry.getKey(), Objects.requireNonNull(deviations.get(entry.getKey())));
                });
        double alone = sorted.values().stream().mapToDouble(Double::doubleValue).sum();
        return new Importance(
                Collections.unmodifiableMap(sorted),
                Collections.unmodifiableMap(sortedDeviations),
                Math.max(0, 1 - alone),
                y.length);
    }

    /** Returns a table with one row for each hyperparameter, and a last one for what none explains alone. */
    public Table table() {
        List<Map<String, Object>> rows = new ArrayList<>();
        shares.forEach((name, share) -> {
            Map<String, Object> row = new LinkedHashMap<>();
            row.put("hyperparameter", name);
            row.put("importance", share);
            row.put("deviation", Objects.requireNonNull(deviations.get(name)));
            rows.add(row);
        });
        rows.add(new LinkedHashMap<>(Map.of("hyperparameter", "(interactions)", "importance", interactions)));
        return Table.of(rows).select(List.of("hyperparameter", "importance", "deviation"));
    }
}
