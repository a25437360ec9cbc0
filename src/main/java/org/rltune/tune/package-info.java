/**
 * The tuner: what is run ({@code Trainable}), what is tried ({@code Trial}), who decides ({@code Scheduler}), and the
 * loop that connects them ({@code Tuner}), with checkpoints, stop rules and the analysis of what came out.
 *
 * <p>May import {@code tune.space} and what it may import; never {@code env}, {@code nn}, {@code rollout} or
 * {@code ppo}: anything can be tuned.
 */
@NullMarked
package org.rltune.tune;

import org.jspecify.annotations.NullMarked;
