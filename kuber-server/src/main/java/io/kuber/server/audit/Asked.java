package io.kuber.server.audit;

import io.kuber.access.User;
import io.kuber.object.Items;
import io.kuber.object.Tree;
import java.util.List;

/**
 * What is known of a request when it is received.
 *
 * @param id with which the client, or the server, named it
 * @param uri path and query as they were sent
 * @param user nobody, with an empty name, where credentials did not hold
 * @param addresses from which it came, the farthest first
 * @param agent the program, empty where it does not say
 */
public record Asked(
    String id, String uri, String verb, User user, List<String> addresses, String agent) {
  /** The longest name of a program; upstream cuts there too. */
  private static final int MAX_AGENT = 1024;

  private static final String CUT = "...TRUNCATED";

  /** Copies the addresses and cuts the name of the program. */
  public Asked {
    addresses = List.copyOf(addresses);
    agent = agent.length() > MAX_AGENT ? agent.substring(0, MAX_AGENT) + CUT : agent;
  }

  void print(Tree.Builder event) {
    event.put("requestURI", uri).put("verb", verb).put("user", user(user));
  }

  void printOrigin(Tree.Builder event) {
    if (!addresses.isEmpty()) {
      event.put("sourceIPs", Items.copyOf(addresses));
    }
    if (!agent.isEmpty()) {
      event.put("userAgent", agent);
    }
  }

  static Tree user(User user) {
    Tree.Builder tree = Tree.builder();
    if (!user.name().isEmpty()) {
      tree.put("username", user.name());
    }
    if (!user.uid().isEmpty()) {
      tree.put("uid", user.uid());
    }
    if (!user.groups().isEmpty()) {
      tree.put("groups", Items.copyOf(user.groups()));
    }
    if (!user.extra().isEmpty()) {
      Tree.Builder extra = Tree.builder();
      user.extra().forEach((name, values) -> extra.put(name, Items.copyOf(values)));
      tree.put("extra", extra.build());
    }
    return tree.build();
  }
}
