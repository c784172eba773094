/**
 * Gives custom resource definitions their names, has their kinds served, and empties them when they
 * go (upstream: apiextensions-apiserver, pkg/controller/status, establish, finalizer, apiapproval
 * and nonstructuralschema).
 *
 * <p>Nothing here has state; the reconciler's loop calls it. A definition whose condition {@code
 * Established} is true is in the catalogue from that moment on ({@code io.kuber.resource.custom}).
 * Start at {@link io.kuber.controller.customresource.DefinitionPlanner}.
 */
@NullMarked
package io.kuber.controller.customresource;

import org.jspecify.annotations.NullMarked;
