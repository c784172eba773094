/**
 * Makes persistent volumes on demand, as directories or disks of nodes: for claims whose class
 * names kuber's provisioner ({@link io.kuber.resource.LocalVolume}). Takes them away again when
 * their claims are gone and the class says so, and lets them grow.
 *
 * <p>{@link io.kuber.controller.volumeprovisioner.ProvisionerController} fetches; {@code
 * Provisioning} decides about claims without a volume, {@code Growth} about those that want more,
 * {@code Reclaiming} about volumes. Nothing here has state; the reconciler's loop calls it. The
 * binder ({@code controller.persistentvolume}) binds what is made here, and tells when it is
 * released; the node makes and deletes the directory ({@code io.kuber.node.KeptVolumes}).
 *
 * <p><b>Invariant:</b> a volume bears the uid of its claim in its name, so that a claim has one at
 * most, however often it is looked at.
 *
 * <p><b>Invariant:</b> a volume is deleted only after the binder has made sure that its claim is
 * gone, and only as it was read then.
 */
@NullMarked
package io.kuber.controller.volumeprovisioner;

import org.jspecify.annotations.NullMarked;
