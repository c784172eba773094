/**
 * Binds claims to volumes that are there (upstream: pkg/controller/volume/persistentvolume), and
 * tells in both their statuses how things stand. Nothing here makes volumes: of a class with a
 * provisioner, whoever that is makes them, when an annotation of the claim tells him to.
 *
 * <p>{@link io.kuber.controller.persistentvolume.BinderController} fetches; {@link
 * io.kuber.controller.persistentvolume.ClaimPlanner} and {@link
 * io.kuber.controller.persistentvolume.VolumePlanner} decide. Nothing here has state; the
 * reconciler's loop calls it.
 *
 * <p><b>Invariant:</b> the volume refers to the claim, by its uid, before the claim refers to the
 * volume; both writes are conditional on what was read, so that two claims never get one volume.
 */
@NullMarked
package io.kuber.controller.persistentvolume;

import org.jspecify.annotations.NullMarked;
