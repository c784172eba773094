package io.kuber.admission;

import static io.kuber.admission.NodeRestriction.forbidden;
import static io.kuber.admission.NodeRestriction.old;

import io.kuber.access.node.References;
import io.kuber.api.Admission.Request;
import io.kuber.api.Failures;
import io.kuber.object.KubeObject;
import io.kuber.object.OwnerReference;
import io.kuber.object.Tree;
import io.kuber.resource.Resources;
import io.kuber.store.Key;
import io.kuber.store.Stored;
import java.util.List;
import java.util.Set;

/** What a node may do with pods. Pure. */
final class NodePods {
  private static final String MIRROR = "kubernetes.io/config.mirror";

  /** What a pod that is made by its node may not name, since the node could read it then. */
  private static final Set<String> REFERENCES =
      Set.of("secrets", "configmaps", "persistentvolumeclaims");

  private NodePods() {}

  static void check(String node, Request request) {
    switch (request.subresource()) {
      case "" -> checkPod(node, request);
      case "status" -> checkStatus(node, request);
      case "eviction" -> {
        if (!isOn(node, evicted(request))) {
          throw forbidden(
              request,
              "node %s can only evict pods with spec.nodeName set to itself".formatted(node));
        }
      }
      default ->
          throw forbidden(
              request,
              "unexpected pod subresource \"%s\", only 'status' and 'eviction' are allowed"
                  .formatted(request.subresource()));
    }
  }

  private static void checkPod(String node, Request request) {
    switch (request.verb()) {
      case CREATE -> checkCreate(node, request);
      case DELETE -> {
        if (!isOn(node, old(request))) {
          throw forbidden(
              request,
              "node \"%s\" can only delete pods with spec.nodeName set to itself".formatted(node));
        }
      }
      default ->
          throw forbidden(
              request,
              "unexpected operation \"%s\", node \"%s\" can only create and delete mirror pods"
                  .formatted(request.verb(), node));
    }
  }

  private static KubeObject evicted(Request request) {
    KubeObject eviction = request.object();
    Stored pod = request.image().get(Resources.PODS.key(eviction.namespace(), eviction.name()));
    if (pod == null) {
      throw Failures.notFound(Resources.PODS, eviction.name());
    }
    return pod.object();
  }

  private static boolean isOn(String node, KubeObject pod) {
    return pod.spec().text("nodeName").equals(node);
  }

  private static void checkCreate(String node, Request request) {
    KubeObject pod = request.object();
    if (!pod.annotations().containsKey(MIRROR)) {
      throw forbidden(
          request,
          "pod does not have \"%s\" annotation, node \"%s\" can only create mirror pods"
              .formatted(MIRROR, node));
    }
    if (!isOn(node, pod)) {
      throw forbidden(
          request,
          "node \"%s\" can only create pods with spec.nodeName set to itself".formatted(node));
    }
    checkOwner(node, request, pod.owners());
    checkReferences(node, request, pod);
  }

  private static void checkOwner(String node, Request request, List<OwnerReference> owners) {
    String may = "node \"" + node + "\" can only create pods with ";
    if (owners.size() > 1) {
      throw forbidden(request, may + "a single owner reference set to itself");
    }
    OwnerReference owner = owners.isEmpty() ? null : owners.get(0);
    if (owner == null
        || !owner.apiVersion().equals("v1")
        || !owner.kind().equals("Node")
        || !owner.name().equals(node)) {
      throw forbidden(request, may + "an owner reference set to itself");
    }
    Tree reference = request.object().metadata().items("ownerReferences").tree(0);
    if (!reference.isTrue("controller")) {
      throw forbidden(request, may + "a controller owner reference set to itself");
    }
    if (reference.isTrue("blockOwnerDeletion")) {
      throw forbidden(
          request, "node \"" + node + "\" must not set blockOwnerDeletion on an owner reference");
    }
    Stored there = request.image().get(Resources.NODES.key("", node));
    String uid = there == null ? "" : there.object().uid();
    if (!uid.equals(owner.uid())) {
      throw forbidden(
          request, "node %s UID mismatch: expected %s got %s".formatted(node, owner.uid(), uid));
    }
  }

  /** What a mirror pod named would be open to the node. */
  private static void checkReferences(String node, Request request, KubeObject pod) {
    String not = "node \"" + node + "\" can not create pods that reference ";
    if (!pod.spec().text("serviceAccountName").isEmpty()) {
      throw forbidden(request, not + "a service account");
    }
    for (Key key : References.ofPod(pod)) {
      if (REFERENCES.contains(key.resource())) {
        throw forbidden(request, not + key.resource());
      }
    }
  }

  private static void checkStatus(String node, Request request) {
    KubeObject old = old(request);
    if (!isOn(node, old)) {
      throw forbidden(
          request,
          "node \"%s\" can only update pod status for pods with spec.nodeName set to itself"
              .formatted(node));
    }
    if (!old.labels().equals(request.object().labels())) {
      throw forbidden(
          request, "node \"%s\" cannot update labels through pod status".formatted(node));
    }
    String claims = "resourceClaimStatuses";
    if (!old.status().items(claims).equals(request.object().status().items(claims))) {
      throw forbidden(request, "node \"%s\" cannot update resource claim statues".formatted(node));
    }
  }
}
