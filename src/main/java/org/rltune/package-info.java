/**
 * The front door: {@link org.rltune.Tune} runs experiments, with everything wired.
 *
 * <p>May import every room.
 */
@NullMarked
package org.rltune;

import org.jspecify.annotations.NullMarked;
