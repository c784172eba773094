/**
 * Images: what a reference means in directories, mounts and a configuration.
 *
 * <p>Place in the flow: step 10, asked by the node agent before it starts a container. Two images
 * are built in and need no network: {@code kuber.io/host}, made of the machine's own programs, and
 * {@code kuber.io/kuard}, the demo application on top of it.
 *
 * <p>Threads: a store may be asked from any thread.
 *
 * <p><b>Invariant:</b> the directories of an image never change once it was handed out.
 *
 * <p>Start at {@link io.kuber.node.image.ImageStore}.
 */
@NullMarked
package io.kuber.node.image;

import org.jspecify.annotations.NullMarked;
