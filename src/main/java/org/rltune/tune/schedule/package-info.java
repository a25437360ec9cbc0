/**
 * Schedulers: who decides which trials go on, wait, stop, or copy another.
 *
 * <p>May import {@code tune} and what it may import ({@code tune.space}, {@code random}, {@code json}, {@code check}).
 */
@NullMarked
package org.rltune.tune.schedule;

import org.jspecify.annotations.NullMarked;
