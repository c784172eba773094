package io.kuber.managed;

import java.util.List;

/**
 * A field that an applied configuration would take from another owner.
 *
 * @param owner who has it
 * @param path the way to the field
 * @param field the same in words, such as {@code .spec.replicas}
 */
public record Conflict(Owner owner, List<PathElement> path, String field) {
  /** Copies the path. */
  public Conflict {
    path = List.copyOf(path);
  }

  /** The message of the cause: {@code conflict with "mgr" using v1}. */
  public String message() {
    return "conflict with " + owner;
  }
}
