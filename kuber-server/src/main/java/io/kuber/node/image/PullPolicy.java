package io.kuber.node.image;

/** When an image is pulled (core/v1 PullPolicy). */
public enum PullPolicy {
  ALWAYS,
  IF_NOT_PRESENT,
  NEVER;

  /** The policy of a container, which admission has given a default. */
  public static PullPolicy of(String text) {
    return switch (text) {
      case "Always" -> ALWAYS;
      case "Never" -> NEVER;
      default -> IF_NOT_PRESENT;
    };
  }
}
