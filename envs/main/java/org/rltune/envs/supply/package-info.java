/** An environment of our own: a supply chain that has to be kept filled. */
@NullMarked
package org.rltune.envs.supply;

import org.jspecify.annotations.NullMarked;
