package io.kuber.admission;

import io.kuber.access.Authorizer;
import io.kuber.api.Admission;
import io.kuber.api.ApiException;
import io.kuber.api.Failures;
import io.kuber.object.Items;
import io.kuber.object.KubeObject;
import io.kuber.resource.LocalVolume;
import io.kuber.resource.ResourceType;
import io.kuber.resource.Resources;
import io.kuber.resource.Verb;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Lets a node write only what is its own: itself, its lease, the status of its pods, tokens for
 * them (plugin/pkg/admission/noderestriction). The texts are those of upstream.
 */
final class NodeRestriction implements Admission {
  /** What to look at in writes of one resource. */
  @FunctionalInterface
  private interface Check {
    void of(String node, Request request);
  }

  private final Map<ResourceType, Check> checks;

  /**
   * One that asks {@code authorizer} whether a node may have tokens that no pod of it needs.
   *
   * @param api what the API server calls itself as an audience
   */
  NodeRestriction(Authorizer authorizer, List<String> api) {
    this.checks =
        Map.of(
            Resources.PODS, NodePods::check,
            Resources.NODES, NodeItself::check,
            Resources.PERSISTENT_VOLUME_CLAIMS, NodeRestriction::checkClaim,
            Resources.PERSISTENT_VOLUMES, NodeRestriction::checkVolume,
            Resources.SERVICE_ACCOUNTS, new NodeTokens(authorizer, api)::check,
            Resources.LEASES, NodeRestriction::checkLease,
            Resources.CSI_NODES, NodeRestriction::checkCsiNode,
            Resources.ENDPOINT_SLICES, NodeNames::check,
            Resources.RESOURCE_SLICES, NodeRestriction::checkSlice);
  }

  @Override
  public KubeObject admit(Request request) {
    Check check = request.user().isNode() ? checks.get(request.kind().type()) : null;
    if (check != null) {
      String node = request.user().nodeName();
      if (node.isEmpty()) {
        throw forbidden(
            request, "could not determine node from user \"" + request.user().name() + "\"");
      }
      check.of(node, request);
    }
    return request.object();
  }

  static ApiException forbidden(Request request, String why) {
    return Failures.forbidden(request.kind().type(), request.object().name(), why);
  }

  /** The object before; a write of a subresource and a deletion have one. */
  static KubeObject old(Request request) {
    return Objects.requireNonNullElse(request.old(), request.object());
  }

  private static void checkClaim(String node, Request request) {
    if (!request.subresource().equals("status")) {
      throw forbidden(request, "may only update PVC status");
    }
    if (!untouched(request.object()).equals(untouched(old(request)))) {
      throw forbidden(
          request,
          "node \"%s\" is not allowed to update fields other than status.quantity and"
                  .formatted(node)
              + " status.conditions");
    }
  }

  /** Its own finalizer is all that a node may put on a volume, and take away. */
  private static void checkVolume(String node, Request request) {
    boolean isUpdate = request.verb() == Verb.UPDATE && request.subresource().isEmpty();
    if (!isUpdate || !unkept(request.object()).equals(unkept(old(request)))) {
      throw forbidden(
          request,
          "node \"%s\" is only allowed to update the finalizer %s of a persistent volume"
              .formatted(node, LocalVolume.FINALIZER));
    }
  }

  private static KubeObject unkept(KubeObject volume) {
    Items others = volume.metadata().items("finalizers").without(LocalVolume.FINALIZER);
    return volume
        .without("metadata", "managedFields")
        .without("metadata", "resourceVersion")
        .with(others, "metadata", "finalizers");
  }

  private static KubeObject untouched(KubeObject claim) {
    return claim
        .without("metadata", "managedFields")
        .without("metadata", "resourceVersion")
        .without("status", "capacity")
        .without("status", "conditions")
        .without("status", "allocatedResources")
        .without("status", "allocatedResourceStatuses");
  }

  private static void checkLease(String node, Request request) {
    if (!request.object().namespace().equals("kube-node-lease")) {
      throw forbidden(
          request, "can only access leases in the \"kube-node-lease\" system namespace");
    }
    if (!request.object().name().equals(node)) {
      throw forbidden(
          request, "can only access node lease with the same name as the requesting node");
    }
  }

  private static void checkCsiNode(String node, Request request) {
    if (!request.object().name().equals(node)) {
      throw forbidden(request, "can only access CSINode with the same name as the requesting node");
    }
  }

  private static void checkSlice(String node, Request request) {
    boolean own = request.object().spec().text("nodeName").equals(node);
    if (!own && request.verb() != Verb.UPDATE) {
      String what = request.verb() == Verb.CREATE ? "create" : "delete";
      throw forbidden(
          request,
          "can only " + what + " ResourceSlice with the same NodeName as the requesting node");
    }
  }
}
