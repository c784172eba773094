/** What people see: steps under way, colour only on a terminal. Start at {@link Steps}. */
@NullMarked
package io.kuber.cli.output;

import org.jspecify.annotations.NullMarked;
