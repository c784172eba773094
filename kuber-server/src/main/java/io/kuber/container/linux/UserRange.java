package io.kuber.container.linux;

import io.kuber.object.Tree;
import java.util.Optional;

/**
 * Which users and groups of the machine those of a pod are: its {@code 0} is {@code first}.
 *
 * @param first the first of {@link #SIZE} numbers, none of which the machine's own users have
 */
record UserRange(int first) {
  /** How many users a pod has, as upstream. */
  static final int SIZE = 65_536;

  private static final String NAME = "firstUser";

  /** The one line of {@code uid_map} and {@code gid_map}. */
  String mapping() {
    return "0 " + first + " " + SIZE;
  }

  /** The number on the machine of one of the pod's. */
  int outside(int id) {
    return first + id;
  }

  boolean has(int id) {
    return id >= 0 && id < SIZE;
  }

  void addTo(Tree.Builder record) {
    record.put(NAME, (long) first);
  }

  /** What was added to a record; empty when nothing was. */
  static Optional<UserRange> of(Tree record) {
    return record.has(NAME)
        ? Optional.of(new UserRange((int) record.number(0, NAME)))
        : Optional.empty();
  }
}
