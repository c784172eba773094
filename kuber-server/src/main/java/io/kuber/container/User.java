package io.kuber.container;

import java.util.List;

/**
 * Whom a process runs as.
 *
 * @param groups supplementary groups
 */
public record User(int uid, int gid, List<Integer> groups) {
  public static final User ROOT = new User(0, 0, List.of());

  public User {
    groups = List.copyOf(groups);
  }
}
