/** The comparison of tuning methods on equal budgets. */
@NullMarked
package org.rltune.experiments.compare;

import org.jspecify.annotations.NullMarked;
