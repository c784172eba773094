package io.kuber.admission.podsecurity;

import io.kuber.resource.FieldPath;
import io.kuber.resource.Problems;
import java.util.Map;

/**
 * Which standards a namespace wants, by its labels (pod-security-admission, api/helpers.go).
 *
 * @param enforce what pods must meet
 * @param audit what audit logs are told of
 * @param warn what clients are told of
 */
record NamespacePolicy(Standard enforce, Standard audit, Standard warn) {
  /** What holds where neither labels nor settings say anything. */
  static final NamespacePolicy OPEN =
      new NamespacePolicy(Standard.PRIVILEGED, Standard.PRIVILEGED, Standard.PRIVILEGED);

  private static final String PREFIX = "pod-security.kubernetes.io/";
  private static final FieldPath LABELS = FieldPath.METADATA.child("labels");

  /**
   * The policy of a namespace with these labels. There is one even where labels are wrong: strict
   * in what is enforced, silent in what is warned of.
   *
   * @param problems takes what is wrong with the labels
   */
  static NamespacePolicy of(
      Map<String, String> labels, NamespacePolicy defaults, Problems problems) {
    if (labels.isEmpty()) {
      return defaults;
    }
    Standard enforce = standard(labels, "enforce", defaults.enforce(), Level.RESTRICTED, problems);
    Standard audit = standard(labels, "audit", defaults.audit(), Level.PRIVILEGED, problems);
    Standard warn = standard(labels, "warn", defaults.warn(), Level.PRIVILEGED, problems);
    return new NamespacePolicy(enforce, audit, warn);
  }

  /** Whether it neither refuses nor tells anything. */
  boolean isOpen() {
    return enforce.isOpen() && audit.isOpen() && warn.isOpen();
  }

  private static Standard standard(
      Map<String, String> labels,
      String mode,
      Standard otherwise,
      Level ifWrong,
      Problems problems) {
    Standard found = otherwise;
    String level = labels.get(PREFIX + mode);
    if (level != null) {
      found = found.with(Level.of(level).orElse(ifWrong));
      if (Level.of(level).isEmpty()) {
        problems.invalid(
            LABELS.key(PREFIX + mode), level, "must be one of privileged, baseline, restricted");
      }
    }
    String key = PREFIX + mode + "-version";
    String version = labels.get(key);
    if (version != null) {
      found = found.with(StandardVersion.of(version).orElse(StandardVersion.LATEST));
      if (StandardVersion.of(version).isEmpty()) {
        problems.invalid(LABELS.key(key), version, "must be \"latest\" or \"v1.x\"");
      }
    }
    return found;
  }
}
