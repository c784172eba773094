/**
 * Images: what a reference means in directories, mounts and a configuration.
 *
 * <p>Place in the flow: step 10, asked by the node agent before it starts a container. Two images
 * are built in and need no network: {@code kuber.io/host}, made of the machine's own programs, and
 * {@code kuber.io/kuard}, the demo application on top of it. All others are pulled: {@code
 * image.registry} knows where from, {@code image.layer} unpacks, {@code image.store} keeps, and
 * this package decides what is fetched and checks it on its way (docs/adr/0015-images.md).
 *
 * <p>Threads: a store may be asked from any thread. Pulls run on threads of their own, a few at a
 * time, so that a slow registry keeps nothing else waiting.
 *
 * <p><b>Invariants:</b> the directories of an image never change once it was handed out; nothing is
 * unpacked or believed before its digest and size were found right.
 *
 * <p>Start at {@link io.kuber.node.image.ImageStore}, then {@code ImageLibrary} and {@code Pull}.
 */
@NullMarked
package io.kuber.node.image;

import org.jspecify.annotations.NullMarked;
