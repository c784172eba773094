/**
 * The built-in kinds: a class per kind, all laid out alike, with its defaults, its validation and
 * its table columns.
 *
 * <p>Pure functions without an owner thread. Start at {@link
 * io.kuber.resource.builtin.BuiltInKinds}, the list.
 */
@NullMarked
package io.kuber.resource.builtin;

import org.jspecify.annotations.NullMarked;
