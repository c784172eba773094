/**
 * What an engine says of itself: its version, the machine, what has just happened, and whether
 * credentials are good. Start at {@link io.kuber.engine.system.SystemEndpoints}; for any thread.
 */
@NullMarked
package io.kuber.engine.system;

import org.jspecify.annotations.NullMarked;
