package io.kuber.access.node;

import io.kuber.access.Deed.OnResource;
import io.kuber.access.Ruling;
import io.kuber.store.Key;
import java.util.Set;

/**
 * The rules for what a node needs because of its pods. A refusal says why in the words of
 * upstream's node_authorizer.go.
 */
record RelatedRules(NodeGraph graph) {
  private static final Set<String> READS = Set.of("get", "list", "watch");
  private static final Set<String> CHANGES = Set.of("update", "patch");

  Ruling readable(String node, OnResource deed) {
    if (!READS.contains(deed.verb())) {
      return Ruling.refuse("can only read resources of this type");
    }
    if (!deed.subresource().isEmpty()) {
      return Ruling.refuse("cannot read subresource");
    }
    return deed.namespace().isEmpty()
        ? Ruling.refuse("can only read namespaced object of this type")
        : needed(node, deed);
  }

  Ruling gettable(String node, OnResource deed) {
    Ruling shape = get(deed);
    return shape.allowed() ? needed(node, deed) : shape;
  }

  private static Ruling get(OnResource deed) {
    if (!deed.verb().equals("get")) {
      return Ruling.refuse("can only get individual resources of this type");
    }
    return deed.subresource().isEmpty() ? Ruling.ALLOWED : Ruling.refuse("cannot get subresource");
  }

  private Ruling needed(String node, OnResource deed) {
    if (deed.name().isEmpty()) {
      return Ruling.refuse("No Object name found");
    }
    return related(node, graph.needs(node, key(deed)));
  }

  private static Key key(OnResource deed) {
    String resource =
        deed.group().isEmpty() ? deed.resource() : deed.resource() + "." + deed.group();
    return new Key(resource, deed.namespace(), deed.name());
  }

  private static Ruling related(String node, boolean isRelated) {
    return isRelated
        ? Ruling.ALLOWED
        : Ruling.refuse("no relationship found between node '" + node + "' and this object");
  }

  Ruling claim(String node, OnResource deed) {
    if (!deed.subresource().equals("status")) {
      return gettable(node, deed);
    }
    return CHANGES.contains(deed.verb())
        ? needed(node, deed)
        : Ruling.refuse("can only get/update/patch this type");
  }

  /** Whose data the node has, it follows, and lets go; admission looks at what it changes. */
  Ruling volume(String node, OnResource deed) {
    boolean follows = READS.contains(deed.verb()) || deed.verb().equals("patch");
    if (follows && deed.subresource().isEmpty() && graph.keepsData(node, deed.name())) {
      return Ruling.ALLOWED;
    }
    Ruling shape = get(deed);
    return shape.allowed() ? related(node, graph.needsVolume(node, deed.name())) : shape;
  }

  Ruling attachment(String node, OnResource deed) {
    Ruling shape = get(deed);
    return shape.allowed()
        ? related(node, node.equals(graph.specOf(key(deed), "nodeName")))
        : shape;
  }

  Ruling account(String node, OnResource deed) {
    if (deed.verb().equals("get") && deed.subresource().isEmpty()) {
      return needed(node, deed);
    }
    if (!deed.verb().equals("create") || deed.name().isEmpty()) {
      return Ruling.refuse("can only create tokens for individual service accounts");
    }
    return deed.subresource().equals("token")
        ? needed(node, deed)
        : Ruling.refuse("can only create token subresource of serviceaccount");
  }

  Ruling slice(String node, OnResource deed) {
    if (!deed.subresource().isEmpty()) {
      return Ruling.refuse("cannot authorize ResourceSlice subresources");
    }
    return switch (deed.verb()) {
      case "create" -> Ruling.ALLOWED;
      case "get", "update", "patch", "delete" ->
          related(node, node.equals(graph.specOf(key(deed), "nodeName")));
      case "watch", "list", "deletecollection" ->
          node.equals(deed.fields().get("spec.nodeName"))
              ? Ruling.ALLOWED
              : Ruling.refuse(
                  "can only list/watch/deletecollection resourceslices with nodeName field"
                      + " selector");
      default ->
          Ruling.refuse(
              "only the following verbs are allowed for a ResourceSlice: get, watch, list, create,"
                  + " update, patch, delete, deletecollection");
    };
  }

  Ruling pod(String node, OnResource deed) {
    return switch (OwnRules.verb(deed)) {
      case "get" -> needed(node, deed);
      case "list", "watch" -> podsOf(node, deed);
      case "create", "delete", "update status", "patch status", "create eviction" -> Ruling.ALLOWED;
      default -> Ruling.REFUSED;
    };
  }

  private Ruling podsOf(String node, OnResource deed) {
    if (node.equals(deed.fields().get("spec.nodeName"))) {
      return Ruling.ALLOWED;
    }
    return deed.name().isEmpty()
        ? Ruling.refuse("can only list/watch pods with spec.nodeName field selector")
        : needed(node, deed);
  }
}
