/**
 * The kinds of {@code resource.k8s.io}: devices of nodes, and who claims them. A class per kind,
 * laid out like those of {@link io.kuber.resource.builtin}.
 *
 * <p>Pure functions without an owner thread. Start at {@link
 * io.kuber.resource.builtin.devices.DeviceKinds}, the list.
 */
@NullMarked
package io.kuber.resource.builtin.devices;

import org.jspecify.annotations.NullMarked;
