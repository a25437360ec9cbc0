package org.rltune.nn;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.rltune.check.Check;

/**
 * The shape of an {@link Mlp}.
 *
 * @param observationSize elements of one observation, at least 1
 * @param headOutputs outputs of the policy head: logits, or means (and log std, if those depend on the state); at least 1
 * @param hiddens widths of the hidden layers; may be empty
 * @param activation after each hidden layer
 * @param vfShareLayers whether policy and value use the same hidden layers (RLlib's {@code vf_share_layers})
 * @param freeLogStd whether there is one log std per head output that does not depend on the state (RLlib's
 *     {@code free_log_std}); the policy output then has twice the columns, the second half being these
 */
public record MlpConfig(
        int observationSize,
        int headOutputs,
        List<Integer> hiddens,
        Activation activation,
        boolean vfShareLayers,
        boolean freeLogStd) {
    /** Checks the sizes. */
    public MlpConfig {
        Check.positive("observation_size", observationSize);
        Check.positive("head_outputs", headOutputs);
        hiddens = List.copyOf(hiddens);
        for (int i = 0; i < hiddens.size(); i++) {
            Check.positive("fcnet_hiddens[" + i + "]", hiddens.get(i));
        }
    }

    /** Columns of the policy output. */
    public int policyOutputs() {
        return freeLogStd ? 2 * headOutputs : headOutputs;
    }

    /** As JSON values; {@link #of} reads them back. */
    public Map<String, Object> toMap() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("type", "mlp");
        map.put("observation_size", (long) observationSize);
        map.put("head_outputs", (long) headOutputs);
        map.put("fcnet_hiddens", hiddens.stream().map(Integer::longValue).toList());
        map.put("fcnet_activation", activation.key());
        map.put("vf_share_layers", vfShareLayers);
        map.put("free_log_std", freeLogStd);
        return map;
    }

    /**
     * Reads what {@link #toMap} wrote.
     *
     * @throws IllegalArgumentException if a key is missing or its value has another type
     */
    public static MlpConfig of(Map<String, ?> map) {
        String type = get(map, "type", String.class);
        if (!type.equals("mlp")) {
            throw new IllegalArgumentException("type is '" + type
                    + "', but only 'mlp' can be read here. Load the file with the network that wrote it.");
        }
        List<?> widths = get(map, "fcnet_hiddens", List.class);
        List<Integer> hiddens =
                widths.stream().map(width -> integer("fcnet_hiddens", width)).toList();
        return new MlpConfig(
                integer("observation_size", get(map, "observation_size", Number.class)),
                integer("head_outputs", get(map, "head_outputs", Number.class)),
                hiddens,
                Activation.parse(get(map, "fcnet_activation", String.class)),
                get(map, "vf_share_layers", Boolean.class),
                get(map, "free_log_std", Boolean.class));
    }

    private static <T> T get(Map<String, ?> map, String key, Class<T> type) {
        Object value = map.get(key);
        if (value == null || !type.isInstance(value)) {
            throw new IllegalArgumentException("The description of the network has " + key + " = " + value + ", but a "
                    + type.getSimpleName() + " is needed. The file may be damaged.");
        }
        return type.cast(value);
    }

    private static int integer(String key, Object value) {
        if (value instanceof Number number && number.doubleValue() == number.intValue()) {
            return number.intValue();
        }
        throw new IllegalArgumentException("The description of the network has " + value + " in " + key
                + ", but an integer is needed. The file may be damaged.");
    }
}
