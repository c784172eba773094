package io.kuber.cel;

import io.kuber.resource.Problem;
import java.util.List;

/**
 * What the rules say of an object.
 *
 * @param problems why it is refused; none if it is not
 * @param warnings what would be a problem if it had not been there before
 */
public record CelVerdict(List<Problem> problems, List<String> warnings) {
  /** Nothing to say. */
  public static final CelVerdict FINE = new CelVerdict(List.of(), List.of());

  public CelVerdict {
    problems = List.copyOf(problems);
    warnings = List.copyOf(warnings);
  }
}
