package org.rltune.env;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.rltune.check.Check;
import org.rltune.check.Suggest;

/**
 * What an environment is made from, as RLlib's {@code EnvContext}.
 *
 * @param config settings of the environment by name; immutable, in the order given
 * @param workerIndex the rollout worker: 0 is the local one, others count from 1
 * @param vectorIndex place among the environments of this worker, from 0
 * @param numWorkers number of rollout workers beside the local one
 */
public record EnvContext(Map<String, Object> config, int workerIndex, int vectorIndex, int numWorkers) {
    /** Checks the indices and copies the config. */
    public EnvContext {
        Check.atLeast("workerIndex", workerIndex, 0);
        Check.atLeast("vectorIndex", vectorIndex, 0);
        Check.atLeast("numWorkers", numWorkers, 0);
        config = Collections.unmodifiableMap(new LinkedHashMap<>(config));
    }

    /** The context of a single environment outside any rollout worker. */
    public static EnvContext of(Map<String, Object> config) {
        return new EnvContext(config, 0, 0, 0);
    }

    /** The same place with another config. */
    public EnvContext withConfig(Map<String, Object> other) {
        return new EnvContext(other, workerIndex, vectorIndex, numWorkers);
    }

    /** Refuses every config key that is not among these; returns this context. */
    public EnvContext allowOnly(String... known) {
        List<String> names = List.of(known);
        for (String key : config.keySet()) {
            if (!names.contains(key)) {
                throw new IllegalArgumentException("Unknown env config '" + key + "'. Known: "
                        + (names.isEmpty() ? "none" : String.join(", ", names)) + "." + Suggest.nearest(key, names));
            }
        }
        return this;
    }

    /** The number under this key, or the default where the config has none. */
    public double get(String key, double otherwise) {
        Object value = config.get(key);
        if (value == null) {
            return otherwise;
        }
        if (value instanceof Number number) {
            return number.doubleValue();
        }
        throw wrongType(key, value, "a number");
    }

    /** The integer under this key, or the default where the config has none. */
    public long get(String key, long otherwise) {
        Object value = config.get(key);
        if (value == null) {
            return otherwise;
        }
        if (value instanceof Long || value instanceof Integer || value instanceof Short || value instanceof Byte) {
            return ((Number) value).longValue();
        }
        if (value instanceof Number number && number.doubleValue() == (double) number.longValue()) {
            return number.longValue();
        }
        throw wrongType(key, value, "an integer");
    }

    /** The integer under this key, or the default where the config has none. */
    public int get(String key, int otherwise) {
        long value = get(key, (long) otherwise);
        if (value != (int) value) {
            throw wrongType(key, value, "an integer of 32 bits");
        }
        return (int) value;
    }

    /** The flag under this key, or the default where the config has none. */
    public boolean get(String key, boolean otherwise) {
        Object value = config.get(key);
        if (value == null) {
            return otherwise;
        }
        if (value instanceof Boolean flag) {
            return flag;
        }
        throw wrongType(key, value, "true or false");
    }

    /** The text under this key, or the default where the config has none. */
    public String get(String key, String otherwise) {
        Object value = config.get(key);
        if (value == null) {
            return otherwise;
        }
        if (value instanceof String text) {
            return text;
        }
        throw wrongType(key, value, "a text");
    }

    /** The numbers under this key (a list or an array), or the default where the config has none. */
    public double[] get(String key, double[] otherwise) {
        Object value = config.get(key);
        if (value == null) {
            return otherwise.clone();
        }
        if (value instanceof double[] array) {
            return array.clone();
        }
        if (value instanceof List<?> list) {
            List<Double> numbers = new ArrayList<>();
            for (Object element : list) {
                if (!(element instanceof Number number)) {
                    throw wrongType(key, value, "a list of numbers");
                }
                numbers.add(number.doubleValue());
            }
            return numbers.stream().mapToDouble(Double::doubleValue).toArray();
        }
        throw wrongType(key, value, "a list of numbers");
    }

    /** The flag under this key; an error where neither the config nor its schema sets it, as for the next four. */
    public boolean flag(String key) {
        require(key);
        return get(key, false);
    }

    /** The integer of 32 bits under this key. */
    public int integer(String key) {
        require(key);
        return get(key, 0);
    }

    /** The number under this key. */
    public double number(String key) {
        require(key);
        return get(key, 0.0);
    }

    /** The text under this key. */
    public String text(String key) {
        require(key);
        return get(key, "");
    }

    /** The numbers under this key. */
    public double[] numbers(String key) {
        require(key);
        return get(key, new double[0]);
    }

    private void require(String key) {
        if (config.get(key) == null) {
            throw new IllegalArgumentException("Env config '" + key
                    + "' is not set. Declare it with a default in the EnvConfigSchema of the spec, or set it."
                    + Suggest.nearest(key, config.keySet()));
        }
    }

    /** The value under this key as it was given, or null where the config has none. */
    public @Nullable Object raw(String key) {
        return config.get(key);
    }

    private static IllegalArgumentException wrongType(String key, Object value, String expected) {
        return new IllegalArgumentException("Env config '" + key + "' is " + value + " ("
                + value.getClass().getSimpleName() + "), but must be " + expected);
    }
}
