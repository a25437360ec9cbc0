package org.rltune.nn;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class VectorKernelsTest extends KernelsContract {
    @Override
    protected Kernels kernels() {
        return new VectorKernels();
    }

    @Test
    void areTheBestWhereTheirModuleIsPresent() {
        assertThat(KernelChoice.vectorModulePresent()).isTrue();
        assertThat(Kernels.best()).isInstanceOf(VectorKernels.class);
    }
}
