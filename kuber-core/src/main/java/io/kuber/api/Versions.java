package io.kuber.api;

import io.kuber.object.KubeObject;
import io.kuber.store.Stored;

/** Resource versions: the decimal text of revisions. */
final class Versions {
  private Versions() {}

  /** The object with the revision at which it was stored; without any when it never was. */
  static KubeObject stamped(KubeObject written, Stored stored) {
    return stored.revision() == 0
        ? written
        : written.with(Long.toString(stored.revision()), "metadata", "resourceVersion");
  }

  /** The revision of a resource version; empty and "0" are 0. */
  static long parse(String resourceVersion) {
    if (resourceVersion.isEmpty()) {
      return 0;
    }
    try {
      long revision = Long.parseLong(resourceVersion);
      if (revision >= 0) {
        return revision;
      }
    } catch (NumberFormatException notDecimal) {
      // Answered below, as a negative number is.
    }
    throw Failures.badRequest("invalid resource version \"" + resourceVersion + "\"");
  }
}
