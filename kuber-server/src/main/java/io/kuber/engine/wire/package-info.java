/**
 * Docker's Engine API as it travels: which endpoint a request is for ({@link
 * io.kuber.engine.wire.Routes}), what it says and how it is answered ({@link
 * io.kuber.engine.wire.Call}), and the two forms in which output is streamed, {@link
 * io.kuber.engine.wire.Frames} and {@link io.kuber.engine.wire.ProgressLines}. Nothing here knows a
 * container from an image. A call belongs to the thread of its connection, which endpoints may
 * block. Start at {@link io.kuber.engine.wire.Routes}.
 */
@NullMarked
package io.kuber.engine.wire;

import org.jspecify.annotations.NullMarked;
