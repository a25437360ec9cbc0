/**
 * What a run leaves behind and shows while it runs: JSON lines, CSV, decisions, and the console. All of it is told
 * through {@code RunListener}; nothing here decides anything.
 *
 * <p>May import {@code tune} with what it may import, {@code json} and {@code check}. The only importer of fastcsv and
 * ascii-table.
 */
@NullMarked
package org.rltune.tune.log;

import org.jspecify.annotations.NullMarked;
