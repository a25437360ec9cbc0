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
 * @param logStds numbers that do not depend on the state and come after the head outputs as columns of the policy output:
 *     log standard deviations, one per head output of Gaussian actions (RLlib's {@code free_log_std}), fewer if only some
 *     parts of an action are Gaussian, 0 if none are
 * @param useGsde whether these depend on the state as {@link StateDependentNoise} says (Stable-Baselines3's
 *     {@code use_gsde}); there is one per head output then
 */
public record MlpConfig(
        int observationSize,
        int headOutputs,
        List<Integer> hiddens,
        Activation activation,
        boolean vfShareLayers,
        int logStds,
        boolean useGsde) {
    /** Checks the sizes. */
    public MlpConfig {
        Check.positive("observation_size", observationSize);
        Check.positive("head_outputs", headOutputs);
        hiddens = List.copyOf(hiddens);
        for (int i = 0; i < hiddens.size(); i++) {
            Check.positive("fcnet_hiddens[" + i + "]", hiddens.get(i));
        }
        Check.inClosed("log_stds", logStds, 0, headOutputs);
        if (useGsde && logStds != headOutputs) {
            throw new IllegalArgumentException("use_gsde needs a log standard deviation for each of the " + headOutputs
                    + " head outputs, but there are " + logStds + ". Use it for Gaussian actions alone.");
        }
    }

    /** A network with a log standard deviation for each head output, or with none. */
    public MlpConfig(
            int observationSize,
            int headOutputs,
            List<Integer> hiddens,
            Activation activation,
            boolean vfShareLayers,
            boolean freeLogStd) {
        this(observationSize, headOutputs, hiddens, activation, vfShareLayers, freeLogStd ? headOutputs : 0, false);
    }

    /** Columns of the policy output. */
    public int policyOutputs() {
        return headOutputs + logStds;
    }

    /** Returns how many parameters a network of this shape has, also where that is more than an array can hold. */
    public long parameterCount() {
        double stack = 0; // exact below 2^53, and rounded to something too large above
        double inputs = observationSize;
        for (int width : hiddens) {
            stack += (inputs + 1) * width;
            inputs = width;
        }
        double heads = (inputs + 1) * ((double) headOutputs + 1);
        double latent = !useGsde ? 1 : hiddens.isEmpty() ? observationSize : hiddens.get(hiddens.size() - 1);
        return (long) ((vfShareLayers ? stack : 2 * stack) + heads + latent * logStds);
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
        boolean allOrNone = logStds == 0 || logStds == headOutputs;
        map.put("free_log_std", allOrNone ? (Object) (logStds > 0) : (Object) (long) logStds);
        if (useGsde) {
            map.put("use_gsde", true);
        }
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
        int heads = integer("head_outputs", get(map, "head_outputs", Number.class));
        int logStds = map.get("free_log_std") instanceof Number some
                ? integer("free_log_std", some)
                : get(map, "free_log_std", Boolean.class) ? heads : 0;
        return new MlpConfig(
                integer("observation_size", get(map, "observation_size", Number.class)),
                heads,
                hiddens,
                Activation.parse(get(map, "fcnet_activation", String.class)),
                get(map, "vf_share_layers", Boolean.class),
                logStds,
                map.containsKey("use_gsde") && get(map, "use_gsde", Boolean.class));
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
