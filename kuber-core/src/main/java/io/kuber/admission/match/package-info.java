/**
 * Which writes somebody in admission wants to see, and what they see of one: shared by webhooks and
 * policies.
 *
 * <p>Used by the links of step 4 of the flow that users configure. Pure values without an owner
 * thread. Start at {@link io.kuber.admission.match.MatchResources}, then {@link
 * io.kuber.admission.match.Question}.
 *
 * <p><b>Invariant:</b> configurations of webhooks and policies are shown to nobody, so that a bad
 * one can be mended.
 */
@NullMarked
package io.kuber.admission.match;

import org.jspecify.annotations.NullMarked;
