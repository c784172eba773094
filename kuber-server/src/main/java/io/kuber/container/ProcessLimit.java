package io.kuber.container;

import java.util.List;

/**
 * A limit of each process of a container, as {@code ulimit} shows it.
 *
 * @param name such as {@code nofile}
 * @param soft what holds; -1 for no limit
 * @param hard what the process may raise it to; -1 for no limit
 */
public record ProcessLimit(String name, long soft, long hard) {
  /** In the order of the kernel's numbers (include/uapi/asm-generic/resource.h). */
  private static final List<String> NAMES =
      List.of(
          "cpu",
          "fsize",
          "data",
          "stack",
          "core",
          "rss",
          "nproc",
          "nofile",
          "memlock",
          "as",
          "locks",
          "sigpending",
          "msgqueue",
          "nice",
          "rtprio",
          "rttime");

  /** Checks that there is such a limit, and that it is not above what it may be raised to. */
  public ProcessLimit {
    if (!NAMES.contains(name)) {
      throw new IllegalArgumentException("invalid ulimit type: " + name);
    }
    if (soft < -1 || hard < -1 || hard != -1 && (soft == -1 || soft > hard)) {
      throw new IllegalArgumentException(
          "ulimit " + name + ": soft limit " + soft + " is above hard limit " + hard);
    }
  }

  /** The kernel's number of it. */
  public int number() {
    return NAMES.indexOf(name);
  }
}
