/**
 * Pictures of runs, as PNG and SVG and in a window: reward curves, hyperparameters over time, lineage, parallel coordinates,
 * time by phase, the lines of single trainers; and a report of a run in one HTML file.
 *
 * <p>May import {@code tune.log} with what it may import, and {@code check}. The only importer of JFreeChart and of Batik's
 * SVG generator.
 */
@NullMarked
package org.rltune.plot;

import org.jspecify.annotations.NullMarked;
