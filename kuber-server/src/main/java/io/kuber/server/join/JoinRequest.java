package io.kuber.server.join;

import io.kuber.object.Tree;

/**
 * What a new machine says.
 *
 * @param token id and secret, as text: whether it has the form of one is for the answer to say
 * @param name how the new server is to be called
 */
public record JoinRequest(String token, String name) {
  static JoinRequest of(Tree said) {
    return new JoinRequest(said.text("token"), said.text("name"));
  }

  Tree tree() {
    return Tree.of("token", token, "name", name);
  }

  /** Without the token, which must not stand in a log. */
  @Override
  public String toString() {
    return "JoinRequest of " + name;
  }
}
