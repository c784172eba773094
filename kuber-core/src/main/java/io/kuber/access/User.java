package io.kuber.access;

import java.util.List;

/**
 * Who sends a request.
 *
 * @param name such as {@code system:node:laptop}
 * @param groups such as {@code system:masters}
 */
public record User(String name, List<String> groups) {
  /** The group whose members may do everything. */
  public static final String MASTERS = "system:masters";

  /** Copies the groups. */
  public User {
    groups = List.copyOf(groups);
  }

  /** A part of kuber itself, such as {@code system:kube-scheduler}. */
  public static User system(String name) {
    return new User(name, List.of(MASTERS, "system:authenticated"));
  }
}
