/**
 * The list of all controllers. Each has a package of its own below this one, with a thin {@code
 * XxxController} that fetches and a pure {@code XxxPlanner} that decides.
 *
 * <p>Step 8 of the flow. Start at {@link io.kuber.controller.Controllers}.
 */
@NullMarked
package io.kuber.controller;

import org.jspecify.annotations.NullMarked;
