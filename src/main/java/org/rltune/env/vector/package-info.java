/**
 * Gymnasium's vector wrappers: environments around a {@link org.rltune.env.VectorEnv} that change the observations,
 * actions or rewards of all its environments at once, or record what happens.
 *
 * <p>Names, numbers and the order of updates are those of Gymnasium 1.3 ({@code gymnasium.wrappers.vector}); a difference
 * is named where it occurs. Everything happens in the flat arrays of {@link org.rltune.env.VectorStep}, allocated once.
 * May import {@code env}, {@code env.render}, {@code env.wrapper} and what they may import.
 */
@NullMarked
package org.rltune.env.vector;

import org.jspecify.annotations.NullMarked;
