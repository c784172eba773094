/**
 * What brains read: one image of the store with the few indexes that spare them scans, and plain
 * readings of objects (is this pod ready, what does this condition say).
 *
 * <p>Step 8 and 9 of the flow start here. A {@link io.kuber.view.View} belongs to the loop that
 * advances it; everything else is a pure function. Start at {@link io.kuber.view.View}.
 *
 * <p><b>Invariant:</b> indexes and image are always at the same revision.
 */
@NullMarked
package io.kuber.view;

import org.jspecify.annotations.NullMarked;
