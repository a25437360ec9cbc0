/**
 * Schedulers: who decides which trials go on, wait, stop, or copy another.
 *
 * <p>May import {@code tune} and what it may import ({@code tune.space}, {@code random}, {@code json}, {@code check}), and
 * {@code tune.gp}, which {@code Pb2} alone needs and which needs the optional ND4J.
 */
@NullMarked
package org.rltune.tune.schedule;

import org.jspecify.annotations.NullMarked;
