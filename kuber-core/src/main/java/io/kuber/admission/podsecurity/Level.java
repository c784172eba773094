package io.kuber.admission.podsecurity;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** How much a standard forbids, from nothing on. */
enum Level {
  PRIVILEGED,
  BASELINE,
  RESTRICTED;

  /** The level of a label's value. */
  static Optional<Level> of(String text) {
    return Arrays.stream(values()).filter(level -> level.text().equals(text)).findFirst();
  }

  String text() {
    return name().toLowerCase(Locale.ROOT);
  }
}
