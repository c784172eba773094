package io.kuber.testkit.scenario;

import java.util.Locale;

/** Which time passes while a scenario is played. */
public enum Clock {
  /** That of the machine: what is measured is what kuber can do. */
  REAL,
  /** One that jumps to whatever comes next: hours in seconds, the same for the same seed. */
  VIRTUAL;

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
