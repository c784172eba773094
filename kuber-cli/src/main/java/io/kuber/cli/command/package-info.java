/** One class per command: options, then what it does. Start at {@link Up}. */
@NullMarked
package io.kuber.cli.command;

import org.jspecify.annotations.NullMarked;
