package org.rltune.nn;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class VectorKernelsTest extends KernelsContract {
    @Override
    protected Kernels kernels() {
        return new VectorKernels();
    }

    @Test
    void areTheBestWhereTheirModuleIsPresentAndNobodyAsksForPlainOnes() {
        assertThat(KernelChoice.vectorModulePresent()).isTrue();
        boolean plain = "plain".equals(System.getProperty("rltune.kernels"));
        assertThat(Kernels.best() instanceof VectorKernels).isEqualTo(!plain);
    }
}
