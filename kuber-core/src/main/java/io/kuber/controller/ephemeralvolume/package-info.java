/**
 * Makes the claims of ephemeral volumes, which go with their pods (upstream:
 * pkg/controller/volume/ephemeral).
 *
 * <p>Nothing here has state; the reconciler's loop calls it. Start at {@link
 * io.kuber.controller.ephemeralvolume.EphemeralVolumeController}.
 *
 * <p><b>Invariant:</b> the claim is owned by the pod, so that it goes with it; one of that name
 * which belongs to nobody or to another is left alone, and the pod waits.
 */
@NullMarked
package io.kuber.controller.ephemeralvolume;

import org.jspecify.annotations.NullMarked;
