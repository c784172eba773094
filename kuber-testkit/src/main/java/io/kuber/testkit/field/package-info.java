/**
 * Fields of files that people write for the testkit: each is read once, with its type and its
 * limits, and all that is wrong is told at once with file, line and field.
 *
 * <p>Pure; owned by whoever reads. Start at {@link io.kuber.testkit.field.Document}.
 *
 * <p><b>Invariant:</b> a field that was refused has a harmless value, so that reading goes on.
 */
@NullMarked
package io.kuber.testkit.field;

import org.jspecify.annotations.NullMarked;
