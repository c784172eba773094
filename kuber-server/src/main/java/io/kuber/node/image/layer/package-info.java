/**
 * Layers: what a stranger's archive becomes in a directory.
 *
 * <p>Place in the flow: an image is pulled, its layers are downloaded, and each is unpacked here,
 * once, into a directory that containers get as a lower layer of their overlay. Bytes come from
 * anybody, so nothing of them is believed: an entry is placed by system calls that cannot leave the
 * directory, and everything that costs memory or disk is counted against {@link
 * io.kuber.node.image.layer.LayerLimits}.
 *
 * <p>Threads: a {@code LayerWriter} belongs to the thread that unpacks; layers do not share state.
 *
 * <p><b>Invariant:</b> whatever an archive holds, nothing outside of the directory changes, and
 * unpacking ends in the complete layer or in a {@link io.kuber.node.image.layer.LayerException}
 * that names layer and entry.
 *
 * <p>Start at {@link io.kuber.node.image.layer.Unpacking}.
 */
@NullMarked
package io.kuber.node.image.layer;

import org.jspecify.annotations.NullMarked;
