package io.kuber.access.node;

import io.kuber.access.Deed.OnResource;
import io.kuber.access.Ruling;
import java.util.Set;

/**
 * The rules for what bears a node's own name. Pure; a refusal says why in the words of upstream's
 * node_authorizer.go.
 */
final class OwnRules {
  private static final Set<String> OWN = Set.of("get", "create", "update", "patch", "delete");

  private OwnRules() {}

  /** Its name is not known yet when an object is created; admission looks at it. */
  private static boolean isOthers(String node, OnResource deed) {
    return !deed.verb().equals("create") && !deed.name().equals(node);
  }

  static Ruling lease(String node, OnResource deed) {
    if (!OWN.contains(deed.verb())) {
      return Ruling.refuse("can only get, create, update, patch, or delete a node lease");
    }
    if (!deed.namespace().equals("kube-node-lease")) {
      return Ruling.refuse("can only access leases in the \"kube-node-lease\" system namespace");
    }
    return isOthers(node, deed)
        ? Ruling.refuse("can only access node lease with the same name as the requesting node")
        : Ruling.ALLOWED;
  }

  static Ruling csiNode(String node, OnResource deed) {
    if (!OWN.contains(deed.verb())) {
      return Ruling.refuse("can only get, create, update, patch, or delete a CSINode");
    }
    if (!deed.subresource().isEmpty()) {
      return Ruling.refuse("cannot authorize CSINode subresources");
    }
    return isOthers(node, deed)
        ? Ruling.refuse("can only access CSINode with the same name as the requesting node")
        : Ruling.ALLOWED;
  }

  static Ruling node(String node, OnResource deed) {
    return switch (verb(deed)) {
      case "create", "update", "patch", "update status", "patch status" -> Ruling.ALLOWED;
      case "get", "list", "watch" -> ownNode(node, deed.name());
      default -> Ruling.REFUSED;
    };
  }

  private static Ruling ownNode(String node, String asked) {
    if (asked.equals(node)) {
      return Ruling.ALLOWED;
    }
    String all = asked.isEmpty() ? "all nodes" : "'" + asked + "'";
    return Ruling.refuse("node '" + node + "' cannot read " + all + ", only its own Node object");
  }

  /** The verb, and the subresource unless it is the object itself. */
  static String verb(OnResource deed) {
    return deed.subresource().isEmpty() ? deed.verb() : deed.verb() + " " + deed.subresource();
  }
}
