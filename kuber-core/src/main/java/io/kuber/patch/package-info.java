/**
 * The three kinds of patch that change an object on the client's word: JSON patch (RFC 6902), merge
 * patch (RFC 7386) and strategic merge patch, which knows the fields that identify list elements.
 *
 * <p>Step 3 of the flow, used by the verb {@code Patch}. Pure functions without an owner thread: a
 * tree and a patch in, a tree out, or a {@link io.kuber.patch.PatchException}. Start at {@link
 * io.kuber.patch.StrategicMergePatch}.
 *
 * <p><b>Invariant:</b> a patch applies as a whole or not at all, and the object that went in is as
 * it was.
 */
@NullMarked
package io.kuber.patch;

import org.jspecify.annotations.NullMarked;
