package io.kuber.admission.podsecurity;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Which version of the standards holds.
 *
 * @param minor of Kubernetes 1; versions that are not out yet are as the latest
 */
record StandardVersion(int minor) {
  static final StandardVersion LATEST = new StandardVersion(Integer.MAX_VALUE);

  /** A number that fits; upstream's pattern takes longer ones, which fail to be parsed. */
  private static final Pattern NAMED = Pattern.compile("v1\\.(0|[1-9][0-9]{0,8})");

  /** The version of a label's value. */
  static Optional<StandardVersion> of(String text) {
    var named = NAMED.matcher(text);
    return text.equals("latest")
        ? Optional.of(LATEST)
        : named.matches()
            ? Optional.of(new StandardVersion(Integer.parseInt(named.group(1))))
            : Optional.empty();
  }

  String text() {
    return equals(LATEST) ? "latest" : "v1." + minor;
  }
}
