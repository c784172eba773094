/**
 * Admission by webhooks of the cluster's users: which of them are asked about a write, what they
 * are asked, and what becomes of their answers (k8s.io/apiserver, pkg/admission/plugin/webhook).
 *
 * <p>Two links of step 4 of the flow, {@link io.kuber.admission.webhook.AdmissionWebhooks#mutating}
 * and {@link io.kuber.admission.webhook.AdmissionWebhooks#validating}. The network is behind {@link
 * io.kuber.admission.webhook.AdmissionReviews}. Start at {@code AdmissionWebhooks}, then {@code
 * Hook}.
 *
 * <p>No owner thread: the thread of the write waits for the answer, which is why the API serves
 * writes that a webhook wants to see on threads of their own.
 *
 * <p><b>Invariants:</b> configurations of webhooks are never shown to webhooks, so that a bad one
 * can be mended; what a webhook changes is as complete as what a client sends, and never the
 * object's identity.
 */
@NullMarked
package io.kuber.admission.webhook;

import org.jspecify.annotations.NullMarked;
