package io.kuber.admission.podsecurity;

import io.kuber.object.Items;
import io.kuber.object.KubeObject;
import io.kuber.object.Tree;
import java.util.List;
import java.util.Optional;

/** Whether a pod has changed in what standards look at; little of a pod may change at all. */
final class SignificantChange {
  private static final String SECCOMP_OF_POD = "seccomp.security.alpha.kubernetes.io/pod";
  private static final String SECCOMP_OF_CONTAINER =
      "container.seccomp.security.alpha.kubernetes.io/";

  private SignificantChange() {}

  static boolean between(KubeObject old, KubeObject pod) {
    return differ(SECCOMP_OF_POD, old, pod)
        || List.of("containers", "initContainers", "ephemeralContainers").stream()
            .anyMatch(list -> differIn(list, old, pod));
  }

  private static boolean differIn(String list, KubeObject old, KubeObject pod) {
    Items before = old.spec().items(list);
    Items after = pod.spec().items(list);
    return before.size() != after.size()
        || after.trees().stream().anyMatch(container -> isNew(container, before, old, pod));
  }

  private static boolean isNew(Tree container, Items before, KubeObject old, KubeObject pod) {
    String name = container.text("name");
    Optional<Tree> was =
        before.trees().stream().filter(each -> each.text("name").equals(name)).findFirst();
    return was.isEmpty()
        || !was.get().text("image").equals(container.text("image"))
        || differ(SECCOMP_OF_CONTAINER + name, old, pod);
  }

  private static boolean differ(String annotation, KubeObject old, KubeObject pod) {
    return !pod.annotations()
        .getOrDefault(annotation, "")
        .equals(old.annotations().getOrDefault(annotation, ""));
  }
}
