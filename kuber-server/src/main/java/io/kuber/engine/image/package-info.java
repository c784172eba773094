/**
 * The images of the container engine, which are the node's own: {@link
 * io.kuber.engine.image.Images} finds, names and removes them, {@code ImagePull}, {@code
 * ImagePush}, {@code ImageSave} and {@code ImageLoad} move them, and {@code Build} makes them of
 * Dockerfiles.
 *
 * <p>Flow: {@code engine.wire} calls {@link io.kuber.engine.image.ImageEndpoints}, on its
 * connection's thread, which all of this may block.
 *
 * <p><b>Invariants:</b> an image that was made or pulled here leaves with the bytes and digests
 * that it has here; what is being made is held in the store until it has a record.
 */
@NullMarked
package io.kuber.engine.image;

import org.jspecify.annotations.NullMarked;
