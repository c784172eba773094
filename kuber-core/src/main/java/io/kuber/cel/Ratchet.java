package io.kuber.cel;

import org.jspecify.annotations.Nullable;

/**
 * What a value was before a change, for the sake of values that were wrong already: a problem of a
 * value that did not change, or that stands in one that did not change, is no reason to refuse
 * (apiextensions, {@code ratchetingOptions}).
 *
 * @param value now
 * @param old before; null if the value cannot be told from others, or is new
 * @param around the nearest value around it that can be told from others; null at the root
 */
record Ratchet(Object value, @Nullable Object old, @Nullable Ratchet around) {
  /** Of the root. */
  static @Nullable Ratchet at(Object value, @Nullable Object old) {
    return old == null ? null : new Ratchet(value, old, null);
  }

  /** Of a field or an item. */
  static @Nullable Ratchet below(@Nullable Ratchet ratchet, Object value, @Nullable Object old) {
    return ratchet == null
        ? null
        : new Ratchet(value, old, ratchet.old == null ? ratchet.around : ratchet);
  }

  /** Of the same value, in a part of {@code allOf}: only what is around it counts. */
  static @Nullable Ratchet outside(@Nullable Ratchet ratchet) {
    return ratchet == null ? null : ratchet.around;
  }

  /** Whether nothing changed here. */
  static boolean isUnchanged(@Nullable Ratchet ratchet) {
    if (ratchet == null) {
      return false;
    }
    return ratchet.old != null ? ratchet.value.equals(ratchet.old) : isUnchanged(ratchet.around);
  }
}
