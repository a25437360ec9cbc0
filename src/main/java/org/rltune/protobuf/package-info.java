/**
 * Writing messages in the wire format of protocol buffers, for the few files that others read: TensorBoard's events.
 *
 * <p>May import: the JDK and {@code org.rltune.check}.
 */
@NullMarked
package org.rltune.protobuf;

import org.jspecify.annotations.NullMarked;
