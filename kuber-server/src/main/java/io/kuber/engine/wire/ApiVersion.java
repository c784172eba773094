package io.kuber.engine.wire;

import io.kuber.engine.EngineException;
import java.util.List;

/** The versions of Docker's Engine API that are served. */
public final class ApiVersion {
  /** The newest one. */
  public static final String NEWEST = "1.41";

  /** The oldest one. */
  public static final String OLDEST = "1.24";

  private static final String PREFIX = "v1\\.[0-9]{1,3}";

  private ApiVersion() {}

  /**
   * The parts of a path without the version in front of them.
   *
   * @throws EngineException 400 when the version is none of those served
   */
  static List<String> strip(List<String> segments) {
    if (segments.isEmpty() || !segments.get(0).matches(PREFIX)) {
      return segments;
    }
    String asked = segments.get(0).substring(1);
    if (minor(asked) < minor(OLDEST)) {
      throw EngineException.malformed(
          "client version "
              + asked
              + " is too old. Minimum supported API version is "
              + OLDEST
              + ", please upgrade your client to a newer version");
    }
    if (minor(asked) > minor(NEWEST)) {
      throw EngineException.malformed(
          "client version " + asked + " is too new. Maximum supported API version is " + NEWEST);
    }
    return segments.subList(1, segments.size());
  }

  private static int minor(String version) {
    return Integer.parseInt(version.substring(version.indexOf('.') + 1));
  }
}
