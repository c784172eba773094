/**
 * The {@code kuber} command: one class per command in {@code cli.command}, what people see in
 * {@code cli.output}.
 *
 * <p>Start at {@link io.kuber.cli.KuberCommand}, which lists the commands.
 */
@NullMarked
package io.kuber.cli;

import org.jspecify.annotations.NullMarked;
