/** Board games of our own for two players. Imports env, env.render and space. */
@NullMarked
package org.rltune.envs.board;

import org.jspecify.annotations.NullMarked;
