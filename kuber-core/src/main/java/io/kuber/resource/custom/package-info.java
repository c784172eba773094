/**
 * Kinds that custom resource definitions bring: what a definition may say, and what its schema
 * makes of objects.
 *
 * <p>A definition is lifted into a {@link io.kuber.resource.custom.Definition}, its schema compiled
 * into a {@link io.kuber.resource.custom.Structural}. From that one value come pruning, defaults,
 * validation, uniqueness of list elements, and the type that server-side apply merges by. All of it
 * is pure and has no owner thread; messages are those of apiextensions-apiserver and kube-openapi.
 * Start at {@link io.kuber.resource.custom.Structural}.
 */
@NullMarked
package io.kuber.resource.custom;

import org.jspecify.annotations.NullMarked;
