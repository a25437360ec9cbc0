package org.rltune.experiments.bench;

import org.openjdk.jmh.annotations.Fork;

/** {@link KernelsJmh} in plain Java. */
@Fork(value = 1, jvmArgsAppend = "-Drltune.kernels=plain")
public class PlainKernelsJmh extends KernelsJmh {}
