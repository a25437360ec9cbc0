/**
 * Actor-critics of any DJL block, on PyTorch: convolutions, a user's own networks, GPUs.
 *
 * <p>DJL is an optional dependency: whoever uses this room adds {@code ai.djl.pytorch:pytorch-engine}, its
 * {@code pytorch-jni}, and {@code pytorch-native-cpu} for a platform (or an installed libtorch). Nothing is downloaded, and
 * nothing is reported to anybody.
 *
 * <p>Results repeat bit for bit on one machine with the same libtorch, for any number of threads and trials side by side.
 * They differ in the last bits between machines, and between calls with other numbers of rows.
 *
 * <p>May import {@code nn} and {@code policy} with what these may use, and DJL (the only importer).
 */
@NullMarked
package org.rltune.nn.djl;

import org.jspecify.annotations.NullMarked;
