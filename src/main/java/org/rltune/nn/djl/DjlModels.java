package org.rltune.nn.djl;

import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListMap;
import org.rltune.check.Check;
import org.rltune.check.Suggest;
import org.rltune.space.Space;

/**
 * Networks of your own, by the name that {@code custom_model} gives.
 *
 * <pre>{@code
 * DjlModels.register("wide", context -> new SequentialBlock()
 *         .add(Linear.builder().setUnits(256).build())
 *         .add(Activation.reluBlock()));
 * PpoConfig.of("CartPole-v1").with("custom_model", "wide");
 * }</pre>
 *
 * <p>A block gives either two outputs, the policy's (rows, {@link Context#policyOutputs}) and the value (rows, 1), or one,
 * (rows, features), on which the library puts both heads. It is drawn by its own initializers, on seeds of the trial.
 * {@code Dropout} and {@code BatchNorm} are refused: with them two runs of a network on the same row would differ.
 *
 * <p>Whoever loads a policy with such a network registers the model first. Safe for use by several threads.
 */
public final class DjlModels {
    private static final Map<String, Factory> KNOWN = new ConcurrentSkipListMap<>();

    private DjlModels() {}

    /**
     * What a factory is told.
     *
     * @param observations the environment's space of observations
     * @param input shape of a row of the block's input: that of a single {@code Box} (an image of bytes comes as floats in
     *     [0, 1]), (features) for everything else
     * @param policyOutputs columns of the policy output
     * @param config {@code custom_model_config}
     */
    public record Context(Space<?> observations, Shape input, int policyOutputs, Map<String, Object> config) {
        /** Keeps a copy. */
        public Context {
            config = Collections.unmodifiableMap(new LinkedHashMap<>(config));
        }
    }

    /** Makes a block. */
    @FunctionalInterface
    public interface Factory {
        /** Returns a new block that no other network uses, not initialized. */
        Block create(Context context);
    }

    /** Registers a model; one of the same name is replaced. */
    public static void register(String name, Factory factory) {
        KNOWN.put(Check.notBlank("custom_model", name), factory);
    }

    /** Forgets a model. */
    public static void unregister(String name) {
        KNOWN.remove(name);
    }

    /**
     * Returns the factory of that name.
     *
     * @throws IllegalArgumentException if there is none, with those there are
     */
    static Factory get(String name) {
        Factory factory = KNOWN.get(name);
        if (factory == null) {
            TreeSet<String> names = new TreeSet<>(KNOWN.keySet());
            throw new IllegalArgumentException("No model is registered as custom_model '" + name + "'. Registered: "
                    + (names.isEmpty() ? "none" : String.join(", ", names)) + "." + Suggest.nearest(name, names)
                    + " Call DjlModels.register first.");
        }
        return factory;
    }
}
