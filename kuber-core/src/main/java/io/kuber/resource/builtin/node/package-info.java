/**
 * The kinds of {@code node.k8s.io}: what nodes run containers with. A class per kind, laid out like
 * those of {@link io.kuber.resource.builtin}.
 *
 * <p>Pure functions without an owner thread. Start at {@link
 * io.kuber.resource.builtin.node.NodeKinds}, the list.
 */
@NullMarked
package io.kuber.resource.builtin.node;

import org.jspecify.annotations.NullMarked;
