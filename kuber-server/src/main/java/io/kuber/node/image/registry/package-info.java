/**
 * Where images come from: names of images, registries over HTTP, directories of OCI layouts.
 *
 * <p>Place in the flow: the node agent needs an image that is not here; the image library asks the
 * {@link io.kuber.node.image.registry.ImageSource sources} of its name for manifests and blobs. A
 * source promises nothing: what it gives is checked against digests by the one who asked.
 *
 * <p>Threads: values are immutable; a source may be asked from any thread, and blocks.
 *
 * <p><b>Invariants:</b> credentials go to the registry that they are for and to the token server
 * that it names, never to where a redirect leads; every answer is read up to a limit.
 *
 * <p>Start at {@link io.kuber.node.image.registry.ImageReference}, then {@link
 * io.kuber.node.image.registry.Registry}.
 */
@NullMarked
package io.kuber.node.image.registry;

import org.jspecify.annotations.NullMarked;
