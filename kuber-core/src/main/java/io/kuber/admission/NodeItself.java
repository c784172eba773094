package io.kuber.admission;

import static io.kuber.admission.NodeRestriction.forbidden;
import static io.kuber.admission.NodeRestriction.old;

import io.kuber.api.Admission.Request;
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

  private NodeItself() {}

  static void check(String node, Request request) {
    KubeObject object = request.object();
    if (!object.name().equals(node)) {
      throw forbidden(
          request,
          "node \"%s\" is not allowed to modify node \"%s\"".formatted(node, object.name()));
    }
    if (request.verb() == Verb.CREATE) {
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
    if (!request.object().spec().items("taints").equals(old.spec().items("taints"))) {
      throw forbidden(request, "node \"%s\" is not allowed to modify taints".formatted(node));
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
