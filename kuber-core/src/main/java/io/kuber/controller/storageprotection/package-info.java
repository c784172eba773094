/**
 * Lets claims and volumes that are being deleted go once nobody uses them any more (upstream:
 * pkg/controller/volume/pvcprotection and pvprotection): a claim when no pod on a node mounts it, a
 * volume when it is not bound. Admission gives them the finalizers; those that were there before
 * get them here.
 *
 * <p>{@link io.kuber.controller.storageprotection.ClaimProtectionController} and {@link
 * io.kuber.controller.storageprotection.VolumeProtectionController} find out what is used; {@code
 * Protection} decides, and is pure. Nothing here has state; the reconciler's loop calls it.
 *
 * <p><b>Invariant:</b> no finalizer is taken away but the one of its own, and only from an object
 * that is as it was read. A pod that comes meanwhile is refused by its node, since the claim is
 * being deleted.
 */
@NullMarked
package io.kuber.controller.storageprotection;

import org.jspecify.annotations.NullMarked;
