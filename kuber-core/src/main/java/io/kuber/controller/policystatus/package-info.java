/**
 * Tells in the status of validating policies what is wrong with their expressions (upstream:
 * pkg/controller/validatingadmissionpolicystatus).
 *
 * <p>Nothing here has state; the reconciler's loop calls it. Start at {@link
 * io.kuber.controller.policystatus.PolicyStatusController}.
 */
@NullMarked
package io.kuber.controller.policystatus;

import org.jspecify.annotations.NullMarked;
