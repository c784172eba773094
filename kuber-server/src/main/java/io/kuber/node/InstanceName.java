package io.kuber.node;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Names one run of a container among all of the machine.
 *
 * @param pod the pod's uid
 * @param attempt how many runs there were before
 */
record InstanceName(String pod, String container, int attempt) {
  private static final Pattern REST = Pattern.compile("-(.+)-([0-9]{1,9})");

  /** What {@link #text} has made for a pod; empty for anything else. */
  static Optional<InstanceName> parse(String pod, String text) {
    if (!text.startsWith(pod)) {
      return Optional.empty();
    }
    Matcher rest = REST.matcher(text.substring(pod.length()));
    return rest.matches()
        ? Optional.of(new InstanceName(pod, rest.group(1), Integer.parseInt(rest.group(2))))
        : Optional.empty();
  }

  String text() {
    return pod + "-" + container + "-" + attempt;
  }
}
