/** What hurts a run: a disk that is slow, full or broken, and a process that is killed. */
@NullMarked
package org.rltune.experiments.crash;

import org.jspecify.annotations.NullMarked;
