package org.rltune.plot;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Where the time of the iterations went, in seconds: the mean over the trials that ran an iteration.
 *
 * <p>The phases come from the {@code timers/*_s} of the rows. Those of PPO lie within each other: {@code env_s} and {@code
 * inference_s} are parts of {@code sample_s}, summed over its workers; where workers ran side by side the two are scaled to
 * the time that sampling took. What {@code time_this_iter_s} has beyond all timers is called the rest.
 *
 * @param iterations the first iteration of each group
 * @param each how many iterations a group holds
 * @param seconds phase to seconds of one iteration in each group
 * @param totals phase to the seconds of all iterations of all trials
 */
record Phases(List<Integer> iterations, int each, Map<String, double[]> seconds, Map<String, Double> totals) {
    static final String REST = "rest";
    private static final int MOST_GROUPS = 200;
    private static final String TIMERS = "timers";
    private static final String SECONDS = "_s";

    /** @param trials the rows of each trial */
    static Phases of(List<List<Map<String, Object>>> trials) {
        int last = trials.stream().mapToInt(List::size).max().orElse(0);
        int each = Math.max(1, (int) Math.ceil((double) last / MOST_GROUPS));
        int groups = (last + each - 1) / each;
        Map<String, double[]> sums = new LinkedHashMap<>();
        Map<String, Double> totals = new LinkedHashMap<>();
        int[] rows = new int[groups];
        Set<String> order = new LinkedHashSet<>();
        for (List<Map<String, Object>> trial : trials) {
            for (int i = 0; i < trial.size(); i++) {
                int group = i / each;
                rows[group]++;
                of(trial.get(i)).forEach((phase, seconds) -> {
                    order.add(phase);
                    sums.computeIfAbsent(phase, name -> new double[groups])[group] += seconds;
                    totals.merge(phase, seconds, Double::sum);
                });
            }
        }
        Map<String, double[]> means = new LinkedHashMap<>();
        List<String> names = new ArrayList<>(order);
        if (names.remove(REST)) {
            names.add(REST); // on top of the others
        }
        for (String phase : names) {
            double[] mean = sums.getOrDefault(phase, new double[groups]).clone();
            for (int g = 0; g < groups; g++) {
                mean[g] /= Math.max(1, rows[g]);
            }
            means.put(phase, mean);
        }
        List<Integer> firsts = new ArrayList<>();
        for (int g = 0; g < groups; g++) {
            firsts.add(g * each + 1);
        }
        return new Phases(firsts, each, means, totals);
    }

    /** Returns the phases of one row; together they are the time of the iteration. */
    static Map<String, Double> of(Map<String, Object> row) {
        Map<String, Double> timers = new LinkedHashMap<>();
        if (row.get(TIMERS) instanceof Map<?, ?> nested) {
            nested.forEach((name, value) -> put(timers, String.valueOf(name), value));
        }
        row.forEach((name, value) -> {
            if (name.startsWith(TIMERS + "/")) {
                put(timers, name.substring(TIMERS.length() + 1), value);
            }
        });
        Map<String, Double> phases = new LinkedHashMap<>();
        Double sample = timers.remove("sample");
        if (sample != null) {
            double env = timers.getOrDefault("env", 0.0);
            double inference = timers.getOrDefault("inference", 0.0);
            timers.remove("env");
            timers.remove("inference");
            double parts = env + inference;
            double scale = parts > sample ? sample / parts : 1;
            phases.put("environments", env * scale);
            phases.put("policy", inference * scale);
            phases.put("rest of sampling", Math.max(0, sample - parts * scale));
        }
        Double learn = timers.remove("learn");
        if (learn != null) {
            phases.put("learning", learn);
        }
        phases.putAll(timers);
        double known = phases.values().stream().mapToDouble(seconds -> seconds).sum();
        double all = Curve.number(row, "time_this_iter_s");
        if (!Double.isNaN(all)) {
            phases.put(REST, Math.max(0, all - known));
        }
        return phases;
    }

    private static void put(Map<String, Double> timers, String name, Object value) {
        boolean duration = name.endsWith(SECONDS) && !name.endsWith("per" + SECONDS);
        if (duration && value instanceof Number number && Double.isFinite(number.doubleValue())) {
            timers.put(name.substring(0, name.length() - SECONDS.length()), Math.max(0, number.doubleValue()));
        }
    }
}
