/**
 * Empties namespaces that are being deleted and lets them go (upstream: pkg/controller/namespace).
 *
 * <p>Nothing here has state; the reconciler's loop calls it. Start at {@link
 * io.kuber.controller.namespace.NamespacePlanner}.
 */
@NullMarked
package io.kuber.controller.namespace;

import org.jspecify.annotations.NullMarked;
