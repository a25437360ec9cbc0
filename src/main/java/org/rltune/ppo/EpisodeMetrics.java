package org.rltune.ppo;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.rltune.json.Json;

/** The custom metrics of the latest episodes: those that {@link EpisodeWindow} holds. */
final class EpisodeMetrics {
    private final List<String> names;
    private final ArrayDeque<Map<String, Double>> latest = new ArrayDeque<>();

    EpisodeMetrics(List<String> names) {
        this.names = names;
    }

    /** Adds what the episodes of an iteration carried, and drops those that no longer count. */
    void add(List<Map<String, Double>> ended, int smoothing) {
        latest.addAll(ended);
        int keep = Math.max(smoothing, ended.size());
        while (latest.size() > keep) {
            latest.removeFirst();
        }
    }

    /** Writes mean, smallest and largest of each metric over the episodes that carried it; or why there are none. */
    void putInto(Map<String, Object> row) {
        for (String name : names) {
            int count = 0;
            double sum = 0;
            double min = Double.POSITIVE_INFINITY;
            double max = Double.NEGATIVE_INFINITY;
            for (Map<String, Double> episode : latest) {
                Double value = episode.get(name);
                if (value != null) {
                    count++;
                    sum += value;
                    min = Math.min(min, value);
                    max = Math.max(max, value);
                }
            }
            if (count == 0) {
                row.put(
                        name + "_mean_absent",
                        latest.isEmpty() ? "no episode has ended yet" : "no episode that counts has it");
            } else {
                row.put(name + "_mean", sum / count);
                row.put(name + "_min", min);
                row.put(name + "_max", max);
            }
        }
    }

    List<Map<String, Double>> save() {
        return List.copyOf(latest);
    }

    void restore(@Nullable Object saved, String file) {
        List<Map<String, Double>> read = new ArrayList<>();
        for (Object episode : Json.asList(saved, file + ": latest")) {
            read.add(metrics(episode, names, file));
        }
        latest.clear();
        latest.addAll(read);
    }

    void clear() {
        latest.clear();
    }

    /** Reads metrics that may carry these names. */
    static Map<String, Double> metrics(@Nullable Object saved, List<String> names, String file) {
        Map<String, Double> metrics = new LinkedHashMap<>();
        Json.asObject(saved, file + ": metrics").forEach((name, value) -> {
            if (!names.contains(name)) {
                throw new IllegalArgumentException(file + ": has the custom metric '" + name
                        + "', which neither episode_info_metrics nor the callbacks declare now (" + names
                        + "). Set both as they were.");
            }
            metrics.put(name, ResultMetrics.finite(name, Json.asDouble(value, file + ": " + name)));
        });
        return metrics;
    }
}
