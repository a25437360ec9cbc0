/**
 * Argument checks and spelling suggestions: what every room uses to say which value broke which rule and what to do
 * about it.
 *
 * <p>May import: the JDK only. Every room may import it.
 */
@NullMarked
package org.rltune.check;

import org.jspecify.annotations.NullMarked;
