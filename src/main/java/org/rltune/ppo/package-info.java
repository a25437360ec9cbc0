/**
 * Proximal policy optimisation: its settings, the learner with the loss, and the trainer that ties collecting and
 * learning together.
 *
 * <p>May import {@code rollout}, {@code tune} ({@code Trainable} and its records) and what they may import.
 */
@NullMarked
package org.rltune.ppo;

import org.jspecify.annotations.NullMarked;
