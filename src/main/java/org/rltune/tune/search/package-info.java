/**
 * Searchers: who chooses the hyperparameters of the trials.
 *
 * <p>May import {@code tune} and what it may import ({@code tune.space}, {@code random}, {@code json}, {@code check}),
 * {@code tune.gp}, and Hipparchus, which no other room may.
 */
@NullMarked
package org.rltune.tune.search;

import org.jspecify.annotations.NullMarked;
