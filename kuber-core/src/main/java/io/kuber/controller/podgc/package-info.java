/**
 * Deletes pods that no node will ever report on again (upstream: pkg/controller/podgc).
 *
 * <p>Nothing here has state; the reconciler's loop calls it. Start at {@link
 * io.kuber.controller.podgc.PodCollectionController}.
 */
@NullMarked
package io.kuber.controller.podgc;

import org.jspecify.annotations.NullMarked;
