package io.kuber.node.volume;

import io.kuber.container.HugePages;
import io.kuber.object.KubeObject;
import io.kuber.object.Quantity;
import io.kuber.object.Tree;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What volumes have to know of their pod.
 *
 * @param group that owns the files of its volumes ({@code fsGroup}), if one is asked for
 * @param onlyOnMismatch whether a volume whose root has that group already is left as it is
 * @param user under whom all its containers run, if they name the same
 * @param memoryBytes the most memory that its containers may use, 0 when that is not limited
 * @param hugePages what its containers may use together
 */
record VolumePod(
    String namespace,
    String name,
    String uid,
    OptionalLong group,
    boolean onlyOnMismatch,
    OptionalLong user,
    long memoryBytes,
    HugePages hugePages) {

  static VolumePod of(KubeObject pod) {
    Tree context = pod.spec().tree("securityContext");
    return new VolumePod(
        pod.namespace(),
        pod.name(),
        pod.uid(),
        number(context, "fsGroup"),
        context.text("fsGroupChangePolicy").equals("OnRootMismatch"),
        user(pod.spec()),
        memory(pod.spec()),
        hugePages(pod.spec()));
  }

  private static OptionalLong number(Tree tree, String field) {
    long value = tree.number(-1, field);
    return value < 0 ? OptionalLong.empty() : OptionalLong.of(value);
  }

  /** As upstream's pkg/volume/util FsUserFrom. */
  private static OptionalLong user(Tree spec) {
    Set<Long> users = new HashSet<>();
    long ofPod = spec.number(-1, "securityContext", "runAsUser");
    containers(spec).forEach(each -> users.add(each.number(ofPod, "securityContext", "runAsUser")));
    long only = users.size() == 1 ? users.iterator().next() : -1;
    return only < 0 ? OptionalLong.empty() : OptionalLong.of(only);
  }

  private static Stream<Tree> containers(Tree spec) {
    return Stream.of("initContainers", "containers", "ephemeralContainers")
        .flatMap(field -> spec.items(field).trees().stream());
  }

  private static HugePages hugePages(Tree spec) {
    return spec.items("containers").trees().stream()
        .map(each -> HugePages.of(each.tree("resources", "limits")))
        .reduce(HugePages.NONE, HugePages::plus);
  }

  /** The sum of the limits; without one of them, none. */
  private static long memory(Tree spec) {
    if (!spec.text("resources", "limits", "memory").isEmpty()) {
      return Quantity.of(spec.at("resources", "limits", "memory")).value();
    }
    List<Long> limits =
        spec.items("containers").trees().stream()
            .map(each -> Quantity.of(each.at("resources", "limits", "memory")).value())
            .toList();
    return limits.contains(0L) ? 0 : limits.stream().mapToLong(Long::longValue).sum();
  }
}
