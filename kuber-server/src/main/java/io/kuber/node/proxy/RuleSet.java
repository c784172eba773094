package io.kuber.node.proxy;

import java.util.Collections;
import java.util.Map;

/**
 * What a node does for every front end: a value, compared and written but never changed.
 *
 * @param rules handed over, so that nobody changes them any more: there may be 100,000
 */
record RuleSet(Map<Frontend, Balance> rules) {
  static final RuleSet EMPTY = new RuleSet(Map.of());

  RuleSet {
    rules = Collections.unmodifiableMap(rules);
  }
}
