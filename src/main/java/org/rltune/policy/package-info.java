/**
 * A trained policy: a network with the scaling of its actions, which acts, is saved and is loaded again.
 *
 * <p>May import {@code nn}, {@code space}, {@code json}, {@code protobuf} and what they may import.
 */
@NullMarked
package org.rltune.policy;

import org.jspecify.annotations.NullMarked;
