package io.kuber.node.proxy;

import com.google.common.collect.ImmutableMap;
import java.util.Map;

/** What a node does for every front end: a value, compared and written but never changed. */
record RuleSet(ImmutableMap<Frontend, Balance> rules) {
  static final RuleSet EMPTY = new RuleSet(Map.of());

  RuleSet(Map<Frontend, Balance> rules) {
    this(ImmutableMap.copyOf(rules));
  }
}
