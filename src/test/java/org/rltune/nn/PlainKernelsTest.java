package org.rltune.nn;

class PlainKernelsTest extends KernelsContract {
    @Override
    protected Kernels kernels() {
        return PlainKernels.INSTANCE;
    }
}
