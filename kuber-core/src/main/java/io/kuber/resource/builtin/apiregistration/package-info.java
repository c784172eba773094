/**
 * The kinds of {@code apiregistration.k8s.io}: which group versions are served, and by whom. A
 * class per kind, laid out like those of {@link io.kuber.resource.builtin}.
 *
 * <p>Pure functions without an owner thread. Start at {@link
 * io.kuber.resource.builtin.apiregistration.ApiRegistrationKinds}, the list.
 */
@NullMarked
package io.kuber.resource.builtin.apiregistration;

import org.jspecify.annotations.NullMarked;
