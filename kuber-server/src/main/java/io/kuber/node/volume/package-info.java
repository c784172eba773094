/**
 * Volumes: what a pod's containers mount, from empty directories to claims of persistent volumes.
 *
 * <p>Side branch of step 10: made before the pod's sandbox, brought up to date while it runs,
 * removed after it. {@code VolumeKinds} is the list of kinds, one small class each behind {@code
 * VolumeKind}; {@code Projections} the list of what becomes files; {@code MountPlanner} turns
 * volumes and a container's wishes into mounts and is pure, as are the projections. What volumes
 * have to know of the cluster comes through {@link io.kuber.node.volume.VolumeSources}, what they
 * do to the machine's table of mounts goes through {@link io.kuber.node.volume.VolumeMounts}. Start
 * at {@link io.kuber.node.volume.Volumes}.
 *
 * <p>Owner thread: any one at a time per pod, which the monitor of {@code Volumes} sees to.
 *
 * <p><b>Invariant:</b> nothing is written outside the directory of the pod, except what a {@code
 * hostPath} asks to be made; what belongs to the machine or to a server is mounted, never copied,
 * and removal goes into no mount.
 */
@NullMarked
package io.kuber.node.volume;

import org.jspecify.annotations.NullMarked;
