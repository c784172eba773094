/**
 * The kinds of {@code admissionregistration.k8s.io}: who else is asked before a change is stored. A
 * class per kind, laid out like those of {@link io.kuber.resource.builtin}.
 *
 * <p>Pure functions without an owner thread. Start at {@link
 * io.kuber.resource.builtin.registration.RegistrationKinds}, the list.
 */
@NullMarked
package io.kuber.resource.builtin.registration;

import org.jspecify.annotations.NullMarked;
