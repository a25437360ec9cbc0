/**
 * Gymnasium's wrappers: environments around an environment that change its observations, actions or rewards, or record
 * what happens.
 *
 * <p>Names, numbers and the order of updates are those of Gymnasium 1.3; a difference is named where it occurs. A
 * wrapper with a state keeps it in snapshots and begins anew with {@code reset}, except for statistics over many
 * episodes. May import {@code env}, {@code env.render} and what they may import.
 */
@NullMarked
package org.rltune.env.wrapper;

import org.jspecify.annotations.NullMarked;
