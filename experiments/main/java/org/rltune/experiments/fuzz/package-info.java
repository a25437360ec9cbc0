/** Mutated input, thrown at what users run: which of it is refused, how, and what the rest does. */
@NullMarked
package org.rltune.experiments.fuzz;

import org.jspecify.annotations.NullMarked;
