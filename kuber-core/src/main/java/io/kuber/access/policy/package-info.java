/**
 * The roles and bindings that every cluster begins with, and how they are mended (upstream:
 * plugin/pkg/auth/authorizer/rbac/bootstrappolicy, pkg/registry/rbac/reconciliation).
 *
 * <p>They are data: {@code policy.txt} beside these classes, read once by {@code PolicyTable}.
 * Pure; {@code io.kuber.boot} writes what {@link io.kuber.access.policy.BootstrapPolicy} plans, at
 * every start.
 */
@NullMarked
package io.kuber.access.policy;

import org.jspecify.annotations.NullMarked;
