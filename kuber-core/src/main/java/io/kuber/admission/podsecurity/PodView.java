package io.kuber.admission.podsecurity;

import io.kuber.object.Tree;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * A pod, or the template of pods, as checks see it.
 *
 * @param containers of all sorts: those that prepare, those that run, those that were added
 */
record PodView(Map<String, String> annotations, Tree spec, List<Tree> containers) {
  private static final String CONTEXT = "securityContext";

  PodView {
    containers = List.copyOf(containers);
  }

  /** A view of a pod or template. */
  static PodView of(Tree pod) {
    Tree spec = pod.tree("spec");
    return new PodView(
        pod.tree("metadata", "annotations").texts(),
        spec,
        Stream.of("initContainers", "containers", "ephemeralContainers")
            .flatMap(list -> spec.items(list).trees().stream())
            .toList());
  }

  /** The pod's own security context. */
  Tree context() {
    return spec.tree(CONTEXT);
  }

  /** The security context of a container. */
  static Tree context(Tree container) {
    return container.tree(CONTEXT);
  }

  /** The names of containers whose security context is as described. */
  List<String> containersWith(Predicate<Tree> isMeant) {
    return containers.stream()
        .filter(container -> isMeant.test(context(container)))
        .map(container -> container.text("name"))
        .toList();
  }

  boolean isWindows() {
    return spec.text("os", "name").equals("windows");
  }

  /** Whether its users are not those of the host. */
  boolean hasOwnUsers() {
    return Boolean.FALSE.equals(spec.get("hostUsers"));
  }
}
