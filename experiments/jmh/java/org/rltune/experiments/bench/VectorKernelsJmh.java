package org.rltune.experiments.bench;

import org.openjdk.jmh.annotations.Fork;

/** {@link KernelsJmh} on the Vector API. */
@Fork(
        value = 1,
        jvmArgsAppend = {"--add-modules", "jdk.incubator.vector", "-Drltune.kernels=vector"})
public class VectorKernelsJmh extends KernelsJmh {}
