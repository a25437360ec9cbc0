package org.rltune.nn;

/** The network on whatever kernels this JVM chooses: the same results, the same bits. */
class MlpOnBestKernelsTest extends ActorCriticContract {
    @Override
    protected Kernels kernels() {
        return Kernels.best();
    }
}
