/**
 * Collecting experience: workers that step environments with the current policy, the batch that they fill, and
 * generalised advantage estimation over it.
 *
 * <p>May import {@code env}, {@code nn}, {@code policy} and what they may import.
 */
@NullMarked
package org.rltune.rollout;

import org.jspecify.annotations.NullMarked;
