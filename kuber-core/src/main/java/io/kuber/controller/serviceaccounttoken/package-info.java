/**
 * Fills the Secrets in which people want the token of a service account, and deletes them with it
 * (upstream: pkg/controller/serviceaccount, tokens_controller.go).
 *
 * <p>Nothing here has state; the reconciler's loop calls it. Start at {@link
 * io.kuber.controller.serviceaccounttoken.AccountTokenPlanner}.
 *
 * <p><b>Invariant:</b> a Secret goes only after the store has confirmed that its account is gone,
 * and what people wrote into it beside token, certificate and namespace stays.
 */
@NullMarked
package io.kuber.controller.serviceaccounttoken;

import org.jspecify.annotations.NullMarked;
