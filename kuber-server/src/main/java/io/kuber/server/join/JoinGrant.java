package io.kuber.server.join;

import io.kuber.object.Tree;
import java.util.UUID;

/**
 * What a new server is given: the keys of the cluster, and the log that it is to follow.
 *
 * @param group the id of the log
 * @param keys private keys and certificates in PEM, by the name of their file
 */
public record JoinGrant(UUID group, Tree keys) {
  static JoinGrant of(Tree said) {
    return new JoinGrant(UUID.fromString(said.text("group")), said.tree("keys"));
  }

  Tree tree() {
    return Tree.of("group", group.toString(), "keys", keys);
  }

  /** Without the keys, which must not stand in a log. */
  @Override
  public String toString() {
    return "JoinGrant for " + group;
  }
}
