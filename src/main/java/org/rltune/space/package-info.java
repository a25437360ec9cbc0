/**
 * Spaces: the sets from which observations and actions come, with Gymnasium's meaning and, for one seed, its samples.
 *
 * <p>May import: the JDK, {@code org.rltune.check}, {@code org.rltune.random} and {@code org.rltune.json}.
 */
@NullMarked
package org.rltune.space;

import org.jspecify.annotations.NullMarked;
