package org.rltune.policy;

import java.util.Map;
import org.rltune.nn.ActorCritic;
import org.rltune.random.Pcg64;
import org.rltune.space.Space;

/**
 * Makes networks on something other than our own kernels. The library finds providers with {@link java.util.ServiceLoader};
 * so nothing of what they stand on is loaded before a network needs it.
 */
public interface NetworkProvider {
    /** Returns the name of the framework, a value of {@code framework} and the {@code type} in descriptions of networks. */
    String framework();

    /**
     * Checks, before anything is trained, that such a network can be made.
     *
     * @param observations the environment's space
     * @param numGpus 0 for the processor, 1 for a GPU
     * @throws IllegalArgumentException if the model does not fit the observations, there is no such GPU, or the framework's
     *     libraries are missing
     */
    void check(ModelConfig model, Space<?> observations, int numGpus);

    /**
     * Makes a network and draws its parameters.
     *
     * @param logStdInit the first log standard deviation of Gaussian actions
     * @param random the only source of its parameters
     */
    ActorCritic create(
            ModelConfig model, NetworkSize size, Space<?> observations, double logStdInit, int numGpus, Pcg64 random);

    /**
     * Makes the network that a description of {@link ActorCritic#describe} is about, on the processor; the caller fills in
     * its parameters.
     *
     * @param weights how many parameters there are
     * @throws IllegalArgumentException if the network would need another number of them (no memory for them has been taken
     *     then), or the framework's libraries are missing
     */
    ActorCritic restore(Map<String, Object> description, Space<?> observations, int weights);
}
