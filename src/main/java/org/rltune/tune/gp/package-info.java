/**
 * Gaussian processes on ND4J's linear algebra, for Bayesian search and PB2.
 *
 * <p>ND4J is an optional dependency: whoever uses this room adds {@code org.nd4j:nd4j-native-platform} to the class path.
 * Its results repeat their bits on one kind of processor only, since ND4J's BLAS chooses its kernels by it. That BLAS is
 * set to one thread in the whole process. May import {@code random} and ND4J, which no other room may.
 */
@NullMarked
package org.rltune.tune.gp;

import org.jspecify.annotations.NullMarked;
