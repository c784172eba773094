package io.kuber.server.audit;

import io.kuber.access.Deed;
import io.kuber.access.User;
import java.util.List;

/**
 * Says what to tell of each request: what the first rule says that covers it. Pure.
 *
 * @param rules in order
 * @param otherwise what to tell of requests that no rule covers
 */
public record Policy(List<PolicyRule> rules, Plan otherwise) {
  /** Copies the rules. */
  public Policy {
    rules = List.copyOf(rules);
  }

  /** What to tell of a request of that user for that deed. */
  public Plan plan(User user, Deed deed) {
    for (PolicyRule rule : rules) {
      if (rule.covers(user, deed)) {
        return rule.plan();
      }
    }
    return otherwise;
  }
}
