/**
 * The kinds of {@code flowcontrol.apiserver.k8s.io}: which requests wait for which, when there are
 * many. A class per kind, laid out like those of {@link io.kuber.resource.builtin}.
 *
 * <p>Pure functions without an owner thread. Start at {@link
 * io.kuber.resource.builtin.flowcontrol.FlowControlKinds}, the list.
 */
@NullMarked
package io.kuber.resource.builtin.flowcontrol;

import org.jspecify.annotations.NullMarked;
