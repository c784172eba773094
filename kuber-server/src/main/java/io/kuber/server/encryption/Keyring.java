package io.kuber.server.encryption;

import io.kuber.store.Key;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Which resources are sealed with which key, and what opens.
 *
 * @param rules the first that is about a resource decides what is written
 * @param openers all keys that open, whatever they seal now
 */
record Keyring(List<Rule> rules, List<SealKey> openers) {
  /** Seals nothing. */
  static final Keyring EMPTY = new Keyring(List.of(), List.of());

  /** Copies the lists. */
  Keyring {
    rules = List.copyOf(rules);
    openers = List.copyOf(openers);
  }

  /**
   * What becomes of some resources.
   *
   * @param resources {@code secrets}, {@code deployments.apps}, {@code *.apps}, {@code *.} (the
   *     core group) or {@code *.*}
   * @param writer the key that seals them; empty for those that are written as they are
   */
  record Rule(List<String> resources, Optional<SealKey> writer) {
    /** Copies the list. */
    Rule {
      resources = List.copyOf(resources);
    }

    private boolean isAbout(String resource) {
      int dot = resource.indexOf('.');
      String group = dot < 0 ? "*." : "*" + resource.substring(dot);
      return resources.stream()
          .anyMatch(one -> one.equals(resource) || one.equals(group) || one.equals("*.*"));
    }
  }

  /** The key that seals an object; empty when it is written as it is. */
  Optional<SealKey> writer(Key key) {
    for (Rule rule : rules) {
      if (rule.isAbout(key.resource())) {
        return rule.writer();
      }
    }
    return Optional.empty();
  }

  /** The same, which also opens what the keys of another one have sealed. */
  Keyring opening(Keyring other) {
    List<SealKey> all = new ArrayList<>(openers);
    all.addAll(other.openers);
    return new Keyring(rules, all);
  }
}
