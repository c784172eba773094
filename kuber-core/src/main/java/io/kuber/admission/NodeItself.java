package io.kuber.admission;

import static io.kuber.admission.NodeRestriction.forbidden;
import static io.kuber.admission.NodeRestriction.old;

import io.kuber.api.Admission.Request;
import io.kuber.object.Items;
import io.kuber.object.KubeObject;
import io.kuber.resource.Verb;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

/**
 * What a node may do with itself: labels and taints steer pods, and are not its own choice. Pure.
 */
final class NodeItself {
  private static final String RESTRICTION = "node-restriction.kubernetes.io";

  /** Labels of Kubernetes that nodes set (k8s.io/kubelet, pkg/apis/well_known_labels.go). */
  private static final Set<String> OF_NODES =
      Set.of(
          "kubernetes.io/hostname",
          "kubernetes.io/os",
          "kubernetes.io/arch",
          "topology.kubernetes.io/zone",
          "topology.kubernetes.io/region",
          "node.kubernetes.io/instance-type",
          "failure-domain.beta.kubernetes.io/zone",
          "failure-domain.beta.kubernetes.io/region",
          "beta.kubernetes.io/instance-type",
          "beta.kubernetes.io/os",
          "beta.kubernetes.io/arch");

  private static final String CONFIG = "configSource";

  private NodeItself() {}

  static void check(String node, Request request) {
    KubeObject object = request.object();
    if (!object.name().equals(node)) {
      throw forbidden(
          request,
          "node \"%s\" is not allowed to modify node \"%s\"".formatted(node, object.name()));
    }
    Object config = object.spec().get(CONFIG);
    if (request.verb() == Verb.CREATE) {
      if (config != null) {
        throw forbidden(
            request,
            "node \"%s\" is not allowed to create pods with a non-nil configSource"
                .formatted(node));
      }
      Set<String> labels = notOwn(object.labels(), Map.of());
      if (!labels.isEmpty()) {
        throw forbidden(
            request,
            "node \"%s\" is not allowed to set the following labels: %s"
                .formatted(node, String.join(", ", labels)));
      }
    } else if (request.verb() == Verb.UPDATE) {
      checkUpdate(node, request);
    }
  }

  private static void checkUpdate(String node, Request request) {
    KubeObject old = old(request);
    Object config = request.object().spec().get(CONFIG);
    if (config != null && !config.equals(old.spec().get(CONFIG))) {
      throw forbidden(
          request,
          "node \"%s\" is not allowed to update configSource to a new non-nil configSource"
              .formatted(node));
    }
    if (!request.object().spec().items("taints").equals(old.spec().items("taints"))) {
      throw forbidden(request, "node \"%s\" is not allowed to modify taints".formatted(node));
    }
    Items owners = request.object().metadata().items("ownerReferences");
    if (!owners.equals(old.metadata().items("ownerReferences"))) {
      throw forbidden(
          request, "node \"%s\" is not allowed to modify ownerReferences".formatted(node));
    }
    Set<String> labels = notOwn(request.object().labels(), old.labels());
    if (!labels.isEmpty()) {
      throw forbidden(request, "is not allowed to modify labels: " + String.join(", ", labels));
    }
  }

  /** The labels that changed and are not the node's to change. */
  private static Set<String> notOwn(Map<String, String> now, Map<String, String> before) {
    Set<String> labels = new TreeSet<>(now.keySet());
    labels.addAll(before.keySet());
    labels.removeIf(label -> Objects.equals(now.get(label), before.get(label)) || isFree(label));
    return labels;
  }

  private static boolean isFree(String label) {
    int slash = label.indexOf('/');
    String domain = slash < 0 ? "" : label.substring(0, slash);
    if (isIn(domain, RESTRICTION)) {
      return false;
    }
    boolean ofKubernetes = isIn(domain, "kubernetes.io") || isIn(domain, "k8s.io");
    return !ofKubernetes
        || OF_NODES.contains(label)
        || isIn(domain, "kubelet.kubernetes.io")
        || isIn(domain, "node.kubernetes.io");
  }

  private static boolean isIn(String domain, String parent) {
    return domain.equals(parent) || domain.endsWith("." + parent);
  }
}
