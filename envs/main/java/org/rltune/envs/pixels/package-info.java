/** Environments of our own that show nothing but pixels. */
@NullMarked
package org.rltune.envs.pixels;

import org.jspecify.annotations.NullMarked;
