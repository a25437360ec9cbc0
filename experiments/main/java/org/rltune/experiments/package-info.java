/**
 * Mains: what is run by hand, from experiments to benchmarks and checks. May import every room of the library and the
 * environments; nothing imports it.
 */
@NullMarked
package org.rltune.experiments;

import org.jspecify.annotations.NullMarked;
