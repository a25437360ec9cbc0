/**
 * Actor-critic networks on flat {@code float[]}: numerical kernels, multilayer perceptrons with their gradients, action
 * distributions, and Adam.
 *
 * <p>Everything here gives the same bits on every machine, for any number of threads and any chunking of the rows: sums
 * run in one fixed order with fused multiply-adds, and exp, log and tanh are polynomials of our own. NaN must be
 * rejected before it reaches a kernel.
 *
 * <p>May import {@code random} and {@code check}, and the JDK.
 */
@NullMarked
package org.rltune.nn;

import org.jspecify.annotations.NullMarked;
