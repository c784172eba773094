/**
 * Turns approved wishes for certificates into certificates, and approves what a node may have
 * without asking a person (upstream: pkg/controller/certificates/signer and approver).
 *
 * <p>What each signer grants is a line of {@link io.kuber.controller.signingrequest.Signer}; the
 * keys are behind {@link io.kuber.access.CertificateIssuer}. Nothing here has state; the
 * reconciler's loop calls it. Start at {@link io.kuber.controller.signingrequest.SigningPlanner}.
 *
 * <p><b>Invariant:</b> nothing is signed that is not approved, and nothing that its signer does not
 * stand for.
 */
@NullMarked
package io.kuber.controller.signingrequest;

import org.jspecify.annotations.NullMarked;
