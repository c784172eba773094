/**
 * Admission by policies in CEL: {@code ValidatingAdmissionPolicy} and {@code
 * MutatingAdmissionPolicy}, with their bindings and parameters (k8s.io/apiserver,
 * pkg/admission/plugin/policy).
 *
 * <p>Links of step 4 of the flow; start at {@link io.kuber.admission.policy.AdmissionPolicies},
 * then {@code Policy} and {@code Evaluation}. What was read and compiled of a stored policy is kept
 * as long as the store keeps it. No owner thread; an {@code Evaluation} belongs to the thread of
 * its request.
 *
 * <p><b>Invariants:</b> the cost of all expressions about one request is bounded per policy,
 * binding and parameter; policies are never about policies, so that a bad one can be mended; a
 * cluster without policies pays two looks into an empty part of the image.
 */
@NullMarked
package io.kuber.admission.policy;

import org.jspecify.annotations.NullMarked;
