package org.rltune.ppo;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.rltune.check.Suggest;

/** Where {@link PpoCallbacks} put metrics of an iteration. */
public final class ResultMetrics {
    private final List<String> names;
    private final Map<String, Double> values = new LinkedHashMap<>();

    ResultMetrics(List<String> names) {
        this.names = names;
    }

    /**
     * Sets a metric of this iteration, in place of what another hook has set.
     *
     * @throws IllegalArgumentException if {@link PpoCallbacks#resultMetrics} does not name it, or it is not finite
     */
    public void put(String name, double value) {
        if (!names.contains(name)) {
            throw new IllegalArgumentException("The metric '" + name + "' is not declared. resultMetrics() names "
                    + names + "." + Suggest.nearest(name, names) + " Add it there.");
        }
        values.put(name, finite(name, value));
    }

    static double finite(String name, double value) {
        if (!Double.isFinite(value)) {
            throw new IllegalArgumentException(
                    "The metric '" + name + "' is " + value
                            + ", but must be finite. Leave it out where it does not exist; the row says then that it is absent.");
        }
        return value;
    }

    /** Writes each metric, or why it is absent, and begins the next iteration. */
    void moveInto(Map<String, Object> row) {
        for (String name : names) {
            Double value = values.remove(name);
            if (value != null) {
                row.put(name, value);
            } else {
                row.put(name + "_absent", "the callbacks did not set it in this iteration");
            }
        }
    }
}
