package io.kuber.server.chain;

import io.kuber.access.Deed.OnResource;
import io.kuber.object.Tree;

/**
 * What a request is about, as audit events name it (ObjectReference of audit.k8s.io/v1).
 *
 * @param revision the resourceVersion that the client knew
 */
record AuditTarget(
    String resource,
    String namespace,
    String name,
    String uid,
    String group,
    String version,
    String revision,
    String subresource) {
  /** No resource. */
  static final AuditTarget NONE = new AuditTarget("", "", "", "", "", "", "", "");

  /** What the path says. */
  static AuditTarget of(OnResource deed) {
    return new AuditTarget(
        deed.resource(),
        deed.namespace(),
        deed.name(),
        "",
        deed.group(),
        deed.version(),
        "",
        deed.subresource());
  }

  /** The same with what the object says that was sent, where the path says nothing. */
  AuditTarget of(Tree object) {
    Tree metadata = object.tree("metadata");
    return new AuditTarget(
        resource,
        or(namespace, metadata.text("namespace")),
        or(name, metadata.text("name")),
        or(uid, metadata.text("uid")),
        group,
        version,
        or(revision, metadata.text("resourceVersion")),
        subresource);
  }

  private static String or(String known, String otherwise) {
    return known.isEmpty() ? otherwise : known;
  }

  /** As an event shows it; empty for no resource. */
  Tree tree() {
    Tree.Builder tree = Tree.builder();
    put(tree, "resource", resource);
    put(tree, "namespace", namespace);
    put(tree, "name", name);
    put(tree, "uid", uid);
    put(tree, "apiGroup", group);
    put(tree, "apiVersion", version);
    put(tree, "resourceVersion", revision);
    put(tree, "subresource", subresource);
    return tree.build();
  }

  private static void put(Tree.Builder tree, String name, String value) {
    if (!value.isEmpty()) {
      tree.put(name, value);
    }
  }
}
