package org.rltune.nn.djl;

import java.util.Map;
import java.util.function.Supplier;
import org.rltune.nn.ActorCritic;
import org.rltune.policy.ModelConfig;
import org.rltune.policy.NetworkProvider;
import org.rltune.policy.NetworkSize;
import org.rltune.random.Pcg64;
import org.rltune.space.Space;

/**
 * The framework {@code djl}. Found by {@link java.util.ServiceLoader}; it names no type of DJL itself, so that it can be loaded
 * where DJL is missing, and say so.
 */
public final class DjlProvider implements NetworkProvider {
    /** The framework's name. */
    static final String NAME = "djl";

    /** What to do where something of DJL is missing. */
    static final String REMEDY =
            "Add ai.djl.pytorch:pytorch-engine:0.36.0 and ai.djl.pytorch:pytorch-jni:2.7.1-0.36.0 to"
                    + " the class path, and ai.djl.pytorch:pytorch-native-cpu:2.7.1 with the classifier of your platform"
                    + " (linux-x86_64, osx-aarch64, win-x86_64), or set PYTORCH_LIBRARY_PATH to an installed libtorch 2.7.1.";

    /** For the service loader. */
    public DjlProvider() {}

    @Override
    public String framework() {
        return NAME;
    }

    @Override
    public void check(ModelConfig model, Space<?> observations, int numGpus) {
        withDjl(() -> {
            DjlNetworks.check(model, observations, numGpus);
            return NAME;
        });
    }

    @Override
    public ActorCritic create(
            ModelConfig model, NetworkSize size, Space<?> observations, double logStdInit, int numGpus, Pcg64 random) {
        return withDjl(() -> DjlNetworks.create(model, size, observations, logStdInit, numGpus, random));
    }

    @Override
    public ActorCritic restore(Map<String, Object> description, Space<?> observations, int weights) {
        return withDjl(() -> DjlNetworks.restore(description, observations, weights));
    }

    private static <T> T withDjl(Supplier<T> work) {
        try {
            return work.get();
        } catch (NoClassDefFoundError e) {
            throw new IllegalArgumentException(
                    "The network needs DJL, an optional dependency, but " + e.getMessage() + " cannot be loaded. "
                            + REMEDY,
                    e);
        }
    }
}
