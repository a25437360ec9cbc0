/**
 * Gymnasium's Box2D environments on the real Box2D: LunarLander, BipedalWalker and CarRacing.
 *
 * <p>The physics is the C++ library Box2D 2.3 through {@code com.badlogicgames.gdx:gdx-box2d}. It needs no display and no
 * libGDX application. Its native code is unpacked and loaded when the first episode of the first such environment begins,
 * and not at all in a program that uses none. Native arithmetic repeats its bits on one machine only: results are a
 * function of seed and actions there, but may differ between processors.
 *
 * <p>An environment holds a world outside the Java heap until its next reset or {@code close}. A world cannot be copied,
 * so these environments have no snapshot: an episode is brought back by repeating its seed and actions.
 */
@NullMarked
package org.rltune.envs.box2d;

import org.jspecify.annotations.NullMarked;
