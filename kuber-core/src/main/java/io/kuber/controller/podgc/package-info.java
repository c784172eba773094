/**
 * Deletes pods that no node will ever report on again (upstream: pkg/controller/podgc).
 *
 * <p>Start at {@link io.kuber.controller.podgc.PodCollectionController}, which remembers since when
 * nodes are missing ({@link io.kuber.controller.podgc.LostNodes}); nothing else has state. The
 * reconciler's loop calls it.
 *
 * <p><b>Invariant:</b> no pod is taken from a node that exists, unless somebody said that the node
 * is out of service.
 */
@NullMarked
package io.kuber.controller.podgc;

import org.jspecify.annotations.NullMarked;
