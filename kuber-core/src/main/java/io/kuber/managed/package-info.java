/**
 * Who owns which field: {@code metadata.managedFields}, and server-side apply, which decides by it.
 *
 * <p>Step 3 of the flow: every verb that writes asks {@link io.kuber.managed.Ownership} whose
 * fields the write changes, and apply also what the applied configuration makes of the object.
 * Behaviour follows sigs.k8s.io/structured-merge-diff and k8s.io/apimachinery
 * pkg/util/managedfields.
 *
 * <p>Pure functions and immutable values without an owner thread; the time of a write comes in as
 * text. Start at {@link io.kuber.managed.Ownership}, then {@link io.kuber.managed.FieldSet} and
 * {@link io.kuber.managed.Place}.
 *
 * <p><b>Invariant:</b> a write that changes no field changes no entry, not even its time.
 *
 * <p><b>Invariant:</b> an entry that is kept owns at least one field.
 */
@NullMarked
package io.kuber.managed;

import org.jspecify.annotations.NullMarked;
