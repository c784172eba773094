/**
 * Rights by roles and bindings, decided from an index that follows the store (upstream:
 * plugin/pkg/auth/authorizer/rbac, pkg/registry/rbac/validation).
 *
 * <p>Step 2 of the flow asks {@link io.kuber.access.rbac.RbacAuthorizer}, which reads {@code
 * RbacIndex}. The store's applier writes the index, under its monitor; anybody reads it without
 * waiting. {@link io.kuber.access.rbac.Coverage} compares rights with rights, for whoever hands
 * them on.
 *
 * <p><b>Invariant:</b> a change of a binding never takes away, for a moment, a right that both its
 * old and its new state give.
 */
@NullMarked
package io.kuber.access.rbac;

import org.jspecify.annotations.NullMarked;
