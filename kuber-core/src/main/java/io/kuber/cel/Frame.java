package io.kuber.cel;

import io.kuber.cel.value.CelFailure;
import io.kuber.cel.value.Meter;
import org.jspecify.annotations.Nullable;

/** The variables and the meter of one evaluation. Owned by its thread. */
final class Frame {
  private final @Nullable Object[] slots;
  private final Meter meter;

  Frame(int size, Meter meter) {
    this.slots = new Object[size];
    this.meter = meter;
  }

  Meter meter() {
    return meter;
  }

  void set(int slot, @Nullable Object value) {
    slots[slot] = value;
  }

  /** The value of a variable; an accumulator that failed fails again. */
  Object get(int slot, String name) {
    Object value = slots[slot];
    if (value == null) {
      throw new CelFailure("no such attribute(s): " + name);
    }
    if (value instanceof CelFailure failure) {
      throw failure;
    }
    return value;
  }
}
