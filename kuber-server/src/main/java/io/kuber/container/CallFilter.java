package io.kuber.container;

/** Which system calls a container may make. */
public sealed interface CallFilter {
  /** What containerd lets containers do by default. */
  CallFilter STANDARD = new Standard();

  /** All of them. */
  CallFilter NONE = new None();

  /** Those of the default list, with the calls that its capabilities open. */
  record Standard() implements CallFilter {}

  /** All. */
  record None() implements CallFilter {}

  /**
   * What a profile says.
   *
   * @param json the profile (OCI runtime-spec, config-linux.md, Seccomp)
   */
  record Profile(String json) implements CallFilter {}
}
