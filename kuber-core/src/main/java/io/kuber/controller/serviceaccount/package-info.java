/**
 * Gives every namespace its service account default (upstream: pkg/controller/serviceaccount).
 *
 * <p>Nothing here has state; the reconciler's loop calls it. Start at {@link
 * io.kuber.controller.serviceaccount.ServiceAccountController}.
 */
@NullMarked
package io.kuber.controller.serviceaccount;

import org.jspecify.annotations.NullMarked;
