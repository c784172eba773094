/**
 * What a node may do: what its pods need, and nothing that those of other nodes need (upstream:
 * plugin/pkg/auth/authorizer/node).
 *
 * <p>Step 2 of the flow asks {@link io.kuber.access.node.NodeAuthorizer}, which has a rule for each
 * resource that is divided among nodes. {@code NodeGraph} knows which pods refer to what; changes
 * wait in its queue until its loop, or whoever asks a question, takes them in under its monitor.
 *
 * <p><b>Invariant:</b> an answer reckons with every change that was applied before the question.
 */
@NullMarked
package io.kuber.access.node;

import org.jspecify.annotations.NullMarked;
