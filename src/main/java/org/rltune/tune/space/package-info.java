/**
 * What a tuner may choose: domains, constraints between them, the search space, and the chosen values.
 *
 * <p>May import {@code random}, {@code json} and {@code check}.
 */
@NullMarked
package org.rltune.tune.space;

import org.jspecify.annotations.NullMarked;
