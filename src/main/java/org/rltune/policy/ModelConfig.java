package org.rltune.policy;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.rltune.nn.Activation;

/**
 * What a network is to look like, in RLlib's words; what it takes and gives follows from the spaces.
 *
 * @param fcnetHiddens widths of the layers of an MLP; without effect on other networks
 * @param fcnetActivation after each of them
 * @param vfShareLayers whether the value stands on the same layers as the policy; without effect on a custom model
 * @param convFilters convolutions over an image, or none
 * @param convActivation after each of them
 * @param postFcnetHiddens widths of the layers after the convolutions; if empty, those that belong to their name
 * @param postFcnetActivation after each of them
 * @param lstmCellSize numbers of h of an LSTM cell between the layers and the heads, and of c; 0 for none
 * @param customModel name of a registered model that is the network, or ""
 * @param customModelConfig what its factory gets
 */
public record ModelConfig(
        List<Integer> fcnetHiddens,
        Activation fcnetActivation,
        boolean vfShareLayers,
        ConvFilters convFilters,
        Activation convActivation,
        List<Integer> postFcnetHiddens,
        Activation postFcnetActivation,
        int lstmCellSize,
        String customModel,
        Map<String, Object> customModelConfig) {
    /** Keeps copies. */
    public ModelConfig {
        fcnetHiddens = List.copyOf(fcnetHiddens);
        postFcnetHiddens = List.copyOf(postFcnetHiddens);
        customModelConfig = Collections.unmodifiableMap(new LinkedHashMap<>(customModelConfig));
    }

    /** Returns an MLP. */
    public static ModelConfig mlp(List<Integer> hiddens, Activation activation, boolean vfShareLayers) {
        return new ModelConfig(
                hiddens,
                activation,
                vfShareLayers,
                ConvFilters.NONE,
                Activation.RELU,
                List.of(),
                Activation.RELU,
                0,
                "",
                Map.of());
    }

    /** Returns convolutions with relu, and dense layers with relu after them. */
    public static ModelConfig convolutions(ConvFilters filters, List<Integer> dense, boolean vfShareLayers) {
        return new ModelConfig(
                List.of(),
                Activation.RELU,
                vfShareLayers,
                filters,
                Activation.RELU,
                dense,
                Activation.RELU,
                0,
                "",
                Map.of());
    }

    /** Returns a registered model. */
    public static ModelConfig custom(String name, Map<String, Object> config) {
        return new ModelConfig(
                List.of(),
                Activation.TANH,
                false,
                ConvFilters.NONE,
                Activation.RELU,
                List.of(),
                Activation.RELU,
                0,
                name,
                config);
    }

    /** Returns whether this is an MLP, which our own kernels can run. */
    public boolean isMlp() {
        return convFilters.isEmpty() && customModel.isEmpty() && lstmCellSize == 0;
    }

    /** Returns the widths of the layers after the convolutions. */
    public List<Integer> dense() {
        return postFcnetHiddens.isEmpty() ? convFilters.dense() : postFcnetHiddens;
    }

    /** Returns what matters of this as JSON values; {@link #of} reads it back. */
    public Map<String, Object> toMap() {
        Map<String, Object> map = new LinkedHashMap<>();
        if (lstmCellSize > 0) {
            map.put("lstm_cell_size", (long) lstmCellSize);
        }
        if (!customModel.isEmpty()) {
            map.put("custom_model", customModel);
            map.put("custom_model_config", customModelConfig);
            return map;
        }
        if (convFilters.isEmpty()) {
            map.put(
                    "fcnet_hiddens",
                    fcnetHiddens.stream().map(Integer::longValue).toList());
            map.put("fcnet_activation", fcnetActivation.key());
        } else {
            map.put("conv_filters", convFilters.toJson());
            map.put("conv_activation", convActivation.key());
            map.put(
                    "post_fcnet_hiddens",
                    dense().stream().map(Integer::longValue).toList());
            map.put("post_fcnet_activation", postFcnetActivation.key());
        }
        map.put("vf_share_layers", vfShareLayers);
        return map;
    }

    /**
     * Reads what {@link #toMap} wrote.
     *
     * @throws IllegalArgumentException if a value is of another kind
     */
    public static ModelConfig of(Map<String, ?> map) {
        return new ModelConfig(
                widths(map, "fcnet_hiddens"),
                activation(map, "fcnet_activation"),
                Boolean.TRUE.equals(map.get("vf_share_layers")),
                map.containsKey("conv_filters") ? ConvFilters.parse(map.get("conv_filters")) : ConvFilters.NONE,
                activation(map, "conv_activation"),
                widths(map, "post_fcnet_hiddens"),
                activation(map, "post_fcnet_activation"),
                map.containsKey("lstm_cell_size") ? width("lstm_cell_size", map.get("lstm_cell_size")) : 0,
                map.get("custom_model") instanceof String name ? name : "",
                map.containsKey("custom_model_config")
                        ? Described.object(map.get("custom_model_config"), "custom_model_config")
                        : Map.of());
    }

    private static List<Integer> widths(Map<String, ?> map, String key) {
        if (!map.containsKey(key)) {
            return List.of();
        }
        if (!(map.get(key) instanceof List<?> list)) {
            throw damaged(key, map.get(key));
        }
        return list.stream().map(width -> width(key, width)).toList();
    }

    private static int width(String key, @Nullable Object value) {
        if (value instanceof Number number && number.doubleValue() == number.intValue() && number.intValue() >= 1) {
            return number.intValue();
        }
        throw damaged(key, value);
    }

    private static Activation activation(Map<String, ?> map, String key) {
        if (!map.containsKey(key)) {
            return Activation.RELU;
        }
        if (!(map.get(key) instanceof String text)) {
            throw damaged(key, map.get(key));
        }
        return Activation.parse(key, text);
    }

    private static IllegalArgumentException damaged(String key, @Nullable Object value) {
        return new IllegalArgumentException(
                "The description of the network has " + key + " = " + value + ". The file may be damaged.");
    }
}
