/** Self-play by a league of snapshots, on TicTacToe-v0. */
@NullMarked
package org.rltune.experiments.selfplay;

import org.jspecify.annotations.NullMarked;
