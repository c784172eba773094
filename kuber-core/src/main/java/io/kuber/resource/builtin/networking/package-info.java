/**
 * The kinds of {@code networking.k8s.io}: how traffic reaches services, who may talk to whom, and
 * service addresses. A class per kind, laid out like those of {@link io.kuber.resource.builtin}.
 *
 * <p>Pure functions without an owner thread. Start at {@link
 * io.kuber.resource.builtin.networking.NetworkingKinds}, the list.
 */
@NullMarked
package io.kuber.resource.builtin.networking;

import org.jspecify.annotations.NullMarked;
