/**
 * What an expression of CEL computes with: values, lazily read from trees, their equality and their
 * order, and the meter that ends an evaluation which costs too much.
 *
 * <p>A value is a {@link java.lang.String}, {@link java.lang.Long} (int), {@link
 * com.google.common.primitives.UnsignedLong} (uint), {@link java.lang.Double}, {@link
 * java.lang.Boolean}, {@link io.kuber.cel.value.Bytes}, {@link java.time.Instant}, {@link
 * java.time.Duration}, {@link io.kuber.object.Nil}, {@link java.util.List}, {@link java.util.Map},
 * {@link java.util.Optional}, {@link io.kuber.cel.value.TypeName}, or an {@link
 * io.kuber.cel.value.Opaque} of a library.
 *
 * <p>Used by {@code io.kuber.cel.library} and {@code io.kuber.cel}; knows nothing of the parser and
 * checker. Values belong to one evaluation and so to one thread. Start at {@link
 * io.kuber.cel.value.DeclaredType}.
 *
 * <p><b>Invariant:</b> no object is converted before an expression looks at it: a view converts one
 * field or item when it is asked for.
 */
@NullMarked
package io.kuber.cel.value;

import org.jspecify.annotations.NullMarked;
