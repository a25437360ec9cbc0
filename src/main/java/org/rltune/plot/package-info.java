/**
 * Pictures of runs, as PNG files: the reward curves of an experiment, and the lines of single trainers.
 *
 * <p>May import {@code tune} with what it may import, and {@code check}. The only importer of JFreeChart.
 */
@NullMarked
package org.rltune.plot;

import org.jspecify.annotations.NullMarked;
