package org.rltune.nn.djl;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.jni.JniUtils;

/**
 * The PyTorch engine of DJL: loaded once, when it is first needed, with switches that keep it from the network and from
 * using more threads than it is given.
 */
final class Torch {
    /** Set before the engine loads, where the user has not set them. */
    private static final String[][] SWITCHES = {
        {"ai.djl.offline", "DJL_OFFLINE", "true"},
        {"OPT_OUT_TRACKING", "OPT_OUT_TRACKING", "true"},
        {"ai.djl.pytorch.num_threads", "", "1"},
        {"ai.djl.pytorch.num_interop_threads", "", "1"},
        {"ai.djl.pytorch.graph_optimizer", "", "false"}
    };

    private Torch() {}

    /** Loads the engine when it is first used. */
    private static final class Loaded {
        static final Engine ENGINE = load();

        private static Engine load() {
            for (String[] one : SWITCHES) {
                boolean set =
                        System.getProperty(one[0]) != null || (!one[1].isEmpty() && System.getenv(one[1]) != null);
                if (!set) {
                    System.setProperty(one[0], one[2]);
                }
            }
            return Engine.getEngine("PyTorch");
        }
    }

    /**
     * Returns the engine.
     *
     * @throws IllegalArgumentException if its native code is missing, with what to add
     */
    static Engine engine() {
        try {
            return Loaded.ENGINE;
        } catch (EngineException | IllegalArgumentException | LinkageError | AssertionError e) {
            throw new IllegalArgumentException(
                    "DJL's PyTorch engine cannot be loaded (" + cause(e) + "). " + DjlProvider.REMEDY, e);
        }
    }

    private static Throwable cause(Throwable e) {
        Throwable cause = e;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause;
    }

    /**
     * Returns the device.
     *
     * @param gpus 0 for the processor, 1 for the first GPU
     * @throws IllegalArgumentException if there is no GPU that this libtorch can use
     */
    static Device device(int gpus) {
        Engine engine = engine();
        if (gpus == 0) {
            return Device.cpu();
        }
        if (!engine.hasCapability("CUDA") || engine.getGpuCount() == 0) {
            throw new IllegalArgumentException("num_gpus is " + gpus + ", but PyTorch " + engine.getVersion()
                    + " finds no GPU that it can use (CUDA in this libtorch: " + engine.hasCapability("CUDA")
                    + ", GPUs: " + engine.getGpuCount()
                    + "). Set num_gpus to 0, or PYTORCH_LIBRARY_PATH to an installed"
                    + " libtorch 2.7.1 with CUDA.");
        }
        return Device.gpu(0);
    }

    /** Returns a manager that nobody else has; to be closed. */
    static NDManager manager(Device device) {
        return engine().newBaseManager(device);
    }

    /**
     * Called by a thread before it runs operations. How many threads an operation takes is a setting of each thread in
     * OpenMP, which other libraries share and change (ND4J does when it starts); so it is set each time, which takes far less
     * than any operation.
     */
    static void prepareThread() {
        JniUtils.setNumThreads(Integer.getInteger("ai.djl.pytorch.num_threads", 1));
    }
}
