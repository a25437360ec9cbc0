/** Mains that measure speed. Each prints a table that stands by itself: machine, settings, figures. */
@NullMarked
package org.rltune.experiments.bench;

import org.jspecify.annotations.NullMarked;
