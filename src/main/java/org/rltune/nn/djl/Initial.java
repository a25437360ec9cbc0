package org.rltune.nn.djl;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.nn.Parameter;
import ai.djl.training.initializer.Initializer;
import java.util.function.ToDoubleFunction;
import org.rltune.nn.Orthogonal;
import org.rltune.random.Pcg64;

/** Draws the first parameters of a network. */
final class Initial {
    /** As those of {@link org.rltune.nn.Mlp}. */
    private static final double HIDDEN_GAIN = Math.sqrt(2);

    private static final double POLICY_GAIN = 0.01;
    private static final double VALUE_GAIN = 1;
    /** Huang et al., "The 37 Implementation Details of PPO" (2022): orthogonal with a gain of 1, biases 0. */
    private static final double CELL_GAIN = 1;

    /** PyTorch has one generator for the whole process; who draws from it holds this. */
    private static final Object GENERATOR = new Object();

    private Initial() {}

    /** Returns the gain of weights in a network with these heads. */
    static ToDoubleFunction<Parameter> gains(ActorCriticBlock block) {
        return parameter -> block.isPolicyWeight(parameter)
                ? POLICY_GAIN
                : block.isValueWeight(parameter) ? VALUE_GAIN : block.isOfCell(parameter) ? CELL_GAIN : HIDDEN_GAIN;
    }

    /**
     * Draws as {@link org.rltune.nn.Mlp} does: orthogonal weights with a gain, in the same order, biases 0. Layers whose
     * weights lie in PyTorch's order, output-major, get the numbers that {@code Mlp} gives its input-major ones.
     */
    static void orthogonal(ParameterTable.Entry entry, double gain, boolean head, float[] parameters, Pcg64 random) {
        if (entry.parameter().getType() != Parameter.Type.WEIGHT) {
            return;
        }
        int outputs = Math.toIntExact(entry.shape().get(0));
        int inputs = entry.size() / outputs;
        boolean convolution = entry.shape().dimension() > 2;
        if (head || convolution) {
            Orthogonal.fill(parameters, entry.offset(), outputs, inputs, gain, random);
            return;
        }
        float[] turned = new float[entry.size()];
        Orthogonal.fill(turned, 0, inputs, outputs, gain, random);
        for (int o = 0; o < outputs; o++) {
            for (int i = 0; i < inputs; i++) {
                parameters[entry.offset() + o * inputs + i] = turned[i * outputs + o];
            }
        }
    }

    /**
     * Draws with the parameter's own initializer, on PyTorch's generator with a seed of our own.
     *
     * @throws IllegalArgumentException if it has none
     */
    static void byItself(ParameterTable.Entry entry, String model, float[] parameters, Pcg64 random) {
        float[] given = entry.given();
        if (given != null) {
            System.arraycopy(given, 0, parameters, entry.offset(), entry.size());
            return;
        }
        Initializer initializer = entry.initializer();
        if (initializer == null) {
            throw new IllegalArgumentException("custom_model '" + model + "': parameter " + entry.name()
                    + " has no initializer. Give it one by optInitializer or setInitializer.");
        }
        int seed = random.nextInt(Integer.MAX_VALUE);
        synchronized (GENERATOR) {
            try (NDManager manager = Torch.manager(Torch.device(0))) {
                Torch.engine().setRandomSeed(seed);
                float[] drawn = initializer
                        .initialize(manager, entry.shape(), DataType.FLOAT32)
                        .toFloatArray();
                System.arraycopy(drawn, 0, parameters, entry.offset(), entry.size());
            }
        }
    }
}
