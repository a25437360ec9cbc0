/**
 * Random numbers: NumPy's {@code SeedSequence} and {@code PCG64} with the samplers of its {@code Generator}, bit for bit,
 * and named streams that do not depend on the order in which they are asked for.
 *
 * <p>May import: the JDK and {@code org.rltune.check}.
 */
@NullMarked
package org.rltune.random;

import org.jspecify.annotations.NullMarked;
