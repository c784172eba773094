package io.kuber.admission;

import io.kuber.api.Admission;
import io.kuber.api.Failures;
import io.kuber.object.Items;
import io.kuber.object.KubeObject;
import io.kuber.object.Tree;
import io.kuber.resource.Resources;
import io.kuber.store.Stored;

/**
 * Gives a pod what its runtime class asks for: what running it costs beside its containers, and
 * where it may run (plugin/pkg/admission/runtimeclass).
 */
final class RuntimeClass implements Admission {
  @Override
  public KubeObject admit(Request request) {
    KubeObject pod = request.object();
    if (!request.isCreate() || !request.kind().type().equals(Resources.PODS)) {
      return pod;
    }
    String name = pod.spec().text("runtimeClassName");
    Tree overhead = pod.spec().tree("overhead");
    if (name.isEmpty()) {
      if (!overhead.isEmpty()) {
        throw refused(pod, "Pod Overhead set without corresponding RuntimeClass defined Overhead");
      }
      return pod;
    }
    Stored stored = request.image().get(Resources.RUNTIME_CLASSES.key("", name));
    if (stored == null) {
      throw refused(pod, "RuntimeClass \"" + name + "\" not found");
    }
    Tree found = stored.object().tree();
    return scheduled(withOverhead(pod, overhead, found.tree("overhead", "podFixed")), found);
  }

  private static KubeObject withOverhead(KubeObject pod, Tree asked, Tree fixed) {
    if (!asked.isEmpty() && !asked.equals(fixed)) {
      throw refused(pod, "Pod's Overhead doesn't match RuntimeClass's defined Overhead");
    }
    return fixed.isEmpty() ? pod : pod.with(fixed, "spec", "overhead");
  }

  private static KubeObject scheduled(KubeObject pod, Tree found) {
    Tree selector = pod.spec().tree("nodeSelector");
    Tree wanted = found.tree("scheduling", "nodeSelector");
    for (int i = 0; i < wanted.size(); i++) {
      String key = wanted.nameAt(i);
      String value = String.valueOf(wanted.valueAt(i));
      if (selector.has(key) && !selector.text(key).equals(value)) {
        throw Failures.forbidden(
            Resources.PODS,
            pod.name(),
            "conflict: runtimeClass.scheduling.nodeSelector[%s] = %s; pod.spec.nodeSelector[%s] = %s"
                .formatted(key, value, key, selector.text(key)));
      }
      selector = selector.with(key, value);
    }
    KubeObject placed = selector.isEmpty() ? pod : pod.with(selector, "spec", "nodeSelector");
    Items tolerations = placed.spec().items("tolerations");
    for (Tree toleration : found.items("scheduling", "tolerations").trees()) {
      tolerations = tolerations.contains(toleration) ? tolerations : tolerations.plus(toleration);
    }
    return tolerations.isEmpty() ? placed : placed.with(tolerations, "spec", "tolerations");
  }

  private static RuntimeException refused(KubeObject pod, String why) {
    return Failures.forbidden(Resources.PODS, pod.name(), "pod rejected: " + why);
  }
}
