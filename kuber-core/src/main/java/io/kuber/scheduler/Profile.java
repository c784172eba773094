package io.kuber.scheduler;

import io.kuber.scheduler.plugin.Filter;
import io.kuber.scheduler.plugin.Score;
import java.util.List;

/**
 * The rules of one scheduler.
 *
 * @param name pods name it in {@code spec.schedulerName}
 * @param filters in the order in which they are asked
 */
public record Profile(String name, List<Filter> filters, List<Score> scores) {
  /** Copies the lists. */
  public Profile {
    filters = List.copyOf(filters);
    scores = List.copyOf(scores);
  }
}
