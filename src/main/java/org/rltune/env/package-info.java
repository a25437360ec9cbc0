/**
 * Environments: what a user implements ({@link org.rltune.env.Env}), the registry of names
 * ({@link org.rltune.env.Envs}), the wrappers that {@code make} puts around an environment, and the flat form that a
 * trainer steps ({@link org.rltune.env.VectorEnv}).
 *
 * <p>The behaviour follows Gymnasium 1.3, with the differences named where they occur. May import {@code space},
 * {@code random}, {@code json} and {@code check}.
 */
@NullMarked
package org.rltune.env;

import org.jspecify.annotations.NullMarked;
