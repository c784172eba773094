/**
 * The kinds of {@code rbac.authorization.k8s.io}: roles, and who has them. A class per kind, laid
 * out like those of {@link io.kuber.resource.builtin}.
 *
 * <p>Pure functions without an owner thread. Start at {@link
 * io.kuber.resource.builtin.rbac.RbacKinds}, the list.
 */
@NullMarked
package io.kuber.resource.builtin.rbac;

import org.jspecify.annotations.NullMarked;
