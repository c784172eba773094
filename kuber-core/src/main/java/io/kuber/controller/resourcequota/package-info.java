/**
 * Writes down how much of each ResourceQuota is used (upstream: pkg/controller/resourcequota).
 * Nobody decides by it: whoever writes counts anew.
 *
 * <p>{@link io.kuber.controller.resourcequota.QuotaController} fetches, {@link
 * io.kuber.controller.resourcequota.QuotaPlanner} decides. Nothing here has state; the reconciler's
 * loop calls it.
 */
@NullMarked
package io.kuber.controller.resourcequota;

import org.jspecify.annotations.NullMarked;
