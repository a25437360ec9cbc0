/**
 * Environments that need no Python: ports of Gymnasium's, which repeat its seeded episodes bit for bit.
 *
 * <p>May import {@code env} and what it may import. The environments register themselves by
 * {@link java.util.ServiceLoader}: put this module on the class path and call {@code Envs.make("CartPole-v1")}.
 */
@NullMarked
package org.rltune.envs;

import org.jspecify.annotations.NullMarked;
