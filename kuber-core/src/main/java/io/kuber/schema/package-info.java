/**
 * What objects of each kind may look like: the one source for unknown-field checks, patches,
 * protobuf and OpenAPI.
 *
 * <p>The types of all built-in kinds come from a resource that the build generates (see {@code
 * docs/adr/0002-schema-source.md}); custom resources add theirs at run time. A type is read when it
 * is first asked for, and descriptions only for OpenAPI, so that the schema costs no start-up time.
 *
 * <p>Immutable values without an owner thread. Start at {@link io.kuber.schema.Schemas}, then
 * {@link io.kuber.schema.TypeSchema}.
 *
 * <p><b>Invariant:</b> a type that was handed out never changes; a custom resource that changes its
 * schema gets a new type.
 */
@NullMarked
package io.kuber.schema;

import org.jspecify.annotations.NullMarked;
