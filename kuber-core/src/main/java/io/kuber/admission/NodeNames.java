package io.kuber.admission;

import static io.kuber.admission.NodeRestriction.forbidden;
import static io.kuber.admission.NodeRestriction.old;

import io.kuber.api.Admission.Request;
import io.kuber.object.KubeObject;
import java.util.stream.Stream;

/**
 * A node answers names of Services itself, and leads the Service {@code kube-dns} to itself on its
 * own machine, and nobody to anything else: it may write that one slice of endpoints. Pure.
 */
final class NodeNames {
  private static final String SERVICE = "kubernetes.io/service-name";
  private static final String NAME = "kube-dns";

  private NodeNames() {}

  static void check(String node, Request request) {
    boolean isOwn =
        request.object().namespace().equals("kube-system")
            && request.object().name().equals(NAME + "-" + node)
            && Stream.of(request.object(), old(request)).allMatch(slice -> isOf(slice, node));
    if (!isOwn) {
      throw forbidden(
          request,
          "node \"%s\" is only allowed to write the endpoint slice %s-%s of service kube-system/%s, with endpoints on itself"
              .formatted(node, NAME, node, NAME));
    }
  }

  private static boolean isOf(KubeObject slice, String node) {
    return NAME.equals(slice.labels().get(SERVICE))
        && slice.tree().items("endpoints").trees().stream()
            .allMatch(endpoint -> endpoint.text("nodeName").equals(node));
  }
}
