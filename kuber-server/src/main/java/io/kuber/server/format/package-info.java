/**
 * How objects look on the wire: which encoding and shape a request wishes for, and the encodings.
 *
 * <p>Beside step 2: the chain writes failures in the encoding that a request accepts, and the
 * routes write everything else so. Pure functions without an owner thread. Start at {@link
 * io.kuber.server.format.Format}.
 *
 * <p><b>Invariant:</b> a failure always finds an encoding.
 */
@NullMarked
package io.kuber.server.format;

import org.jspecify.annotations.NullMarked;
