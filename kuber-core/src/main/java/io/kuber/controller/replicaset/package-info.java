/**
 * Keeps as many pods as a ReplicaSet or a ReplicationController asks for (upstream:
 * pkg/controller/replicaset and pkg/controller/replication).
 *
 * <p>{@link io.kuber.controller.replicaset.ReplicaSetController} fetches, {@link
 * io.kuber.controller.replicaset.ReplicaSetPlanner} decides. Nothing here has state; the
 * reconciler's loop calls it.
 */
@NullMarked
package io.kuber.controller.replicaset;

import org.jspecify.annotations.NullMarked;
