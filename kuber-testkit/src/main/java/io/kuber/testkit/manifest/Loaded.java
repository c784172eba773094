package io.kuber.testkit.manifest;

import java.util.List;

/**
 * What was loaded.
 *
 * @param created objects that were written by hand, and created
 * @param kept objects of another cluster, which are as they were there
 * @param notes what is not as the files have it, a line each
 */
public record Loaded(int created, int kept, List<String> notes) {
  /** Copies the notes. */
  public Loaded {
    notes = List.copyOf(notes);
  }
}
