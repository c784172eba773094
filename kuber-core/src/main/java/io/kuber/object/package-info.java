/**
 * The object model: one immutable tree for built-in kinds, custom resources and patches alike.
 *
 * <p>A value of the tree is one of: {@link java.lang.String}, {@link java.lang.Long}, {@link
 * java.math.BigDecimal} (a number that is no {@code long}), {@link java.lang.Boolean}, {@link
 * io.kuber.object.Nil}, {@link io.kuber.object.Tree} and {@link io.kuber.object.Items}. Scalars are
 * not wrapped: a tree is read far more often than it is matched on, and a wrapper per scalar would
 * double its size.
 *
 * <p>Used by every step of the flow from the request to the container. Nothing here has an owner
 * thread, because nothing here ever changes. Start at {@link io.kuber.object.KubeObject}, then
 * {@link io.kuber.object.Tree}.
 *
 * <p><b>Invariant:</b> a value handed out never changes; a "change" makes a new value that shares
 * all untouched parts with the old one.
 */
@NullMarked
package io.kuber.object;

import org.jspecify.annotations.NullMarked;
