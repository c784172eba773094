package io.kuber.admission;

import io.kuber.api.Admission;
import io.kuber.object.Items;
import io.kuber.object.KubeObject;
import io.kuber.object.Tree;
import io.kuber.resource.Resources;
import io.kuber.resource.Verb;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Lets pods that need special devices onto nodes that are kept for such pods by a taint with the
 * name of the resource (plugin/pkg/admission/extendedresourcetoleration).
 */
final class ExtendedResources implements Admission {
  @Override
  public KubeObject admit(Request request) {
    KubeObject pod = request.object();
    if (!request.kind().type().equals(Resources.PODS)
        || request.verb() == Verb.DELETE
        || !request.subresource().isEmpty()) {
      return pod;
    }
    Items tolerations = pod.spec().items("tolerations");
    Items more = tolerations;
    for (String resource : needed(pod.spec())) {
      Tree toleration = Tree.of("key", resource, "operator", "Exists", "effect", "NoSchedule");
      more = more.contains(toleration) ? more : more.plus(toleration);
    }
    return more.size() == tolerations.size() ? pod : pod.with(more, "spec", "tolerations");
  }

  private static SortedSet<String> needed(Tree spec) {
    SortedSet<String> needed = new TreeSet<>();
    for (String list : new String[] {"containers", "initContainers"}) {
      for (Tree container : spec.items(list).trees()) {
        container
            .tree("resources", "requests")
            .forEach(
                (resource, amount) -> {
                  if (isExtended(resource)) {
                    needed.add(resource);
                  }
                });
      }
    }
    return needed;
  }

  /** Whether it is neither of Kubernetes nor a quota's name (pkg/apis/core/helper). */
  private static boolean isExtended(String resource) {
    return resource.contains("/")
        && !resource.contains("kubernetes.io/")
        && !resource.startsWith("requests.");
  }
}
