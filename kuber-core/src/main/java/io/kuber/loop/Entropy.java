package io.kuber.loop;

import java.util.UUID;

/** A source of random numbers. Implementations may be used from any thread. */
public interface Entropy {
  /** A number from 0 up to but not including {@code bound}, which must be positive. */
  int below(int bound);

  /** A random (version 4) UUID. */
  UUID uuid();

  /**
   * The alphabet of generated names: no vowels and no digits that look like letters, so that no
   * words arise (k8s.io/apimachinery, pkg/util/rand).
   */
  String NAME_ALPHABET = "bcdfghjklmnpqrstvwxz2456789";

  /** {@code length} characters of {@link #NAME_ALPHABET}. */
  default String nameSuffix(int length) {
    StringBuilder suffix = new StringBuilder(length);
    for (int i = 0; i < length; i++) {
      suffix.append(NAME_ALPHABET.charAt(below(NAME_ALPHABET.length())));
    }
    return suffix.toString();
  }
}
