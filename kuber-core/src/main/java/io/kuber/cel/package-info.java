/**
 * Expressions in CEL: the rules of custom resources, and what policies will say.
 *
 * <p>{@code dev.cel} parses and type-checks; this is the only package that knows it. What is
 * checked becomes a tree of {@link io.kuber.cel.Step}s, evaluated here rather than by {@code
 * dev.cel}: values are read lazily from trees, every step is charged what Kubernetes charges, and
 * failures have the words of cel-go (docs/adr/0009-cel.md). No class of {@code dev.cel} is loaded
 * before the first expression is compiled.
 *
 * <p>Called by custom resources when a definition is stored ({@link io.kuber.cel.CelRules#compile})
 * and at step 4 of the flow, for each object ({@link io.kuber.cel.CelRules#check}). What is
 * compiled is immutable and may be used by any thread; an evaluation belongs to the thread that
 * makes it. Start at {@link io.kuber.cel.CelRules}, then {@link io.kuber.cel.CelExpression}.
 *
 * <p><b>Invariant:</b> an evaluation ends: its cost and its work are bounded by {@link
 * io.kuber.cel.value.Meter}.
 */
@NullMarked
package io.kuber.cel;

import org.jspecify.annotations.NullMarked;
