package io.kuber.admission;

import io.kuber.api.Admission;
import io.kuber.api.Failures;
import io.kuber.object.KubeObject;
import io.kuber.object.Tree;
import io.kuber.resource.Resources;
import io.kuber.store.Image;
import io.kuber.store.Stored;
import java.util.Iterator;
import java.util.Map;

/** Turns the name of a pod's priority class into a number (plugin/pkg/admission/priority). */
final class Priority implements Admission {
  /** There from the first moment on, before the objects of these names are. */
  private static final Map<String, Long> SYSTEM =
      Map.of("system-cluster-critical", 2_000_000_000L, "system-node-critical", 2_000_001_000L);

  private static final Tree NO_CLASS = Tree.of("value", 0L);

  @Override
  public KubeObject admit(Request request) {
    KubeObject pod = request.object();
    if (!request.isCreate() || !request.kind().type().equals(Resources.PODS)) {
      return pod;
    }
    String name = pod.spec().text("priorityClassName");
    Tree entry = name.isEmpty() ? byDefault(request.image()) : named(request, name);
    KubeObject ranked = pod.with(entry.number(0, "value"), "spec", "priority");
    String chosen = entry.text("metadata", "name");
    if (name.isEmpty() && !chosen.isEmpty()) {
      ranked = ranked.with(chosen, "spec", "priorityClassName");
    }
    String policy = entry.text("preemptionPolicy");
    return ranked.spec().text("preemptionPolicy").isEmpty()
        ? ranked.with(
            policy.isEmpty() ? "PreemptLowerPriority" : policy, "spec", "preemptionPolicy")
        : ranked;
  }

  private static Tree named(Request request, String name) {
    Stored stored = request.image().get(Resources.PRIORITY_CLASSES.key("", name));
    Long system = SYSTEM.get(name);
    if (stored != null) {
      return stored.object().tree();
    }
    if (system != null) {
      return Tree.of("value", system);
    }
    throw Failures.forbidden(
        Resources.PODS,
        request.object().name(),
        "no PriorityClass with name " + name + " was found");
  }

  /** The class for pods that name none; of several the one of the lowest value. */
  private static Tree byDefault(Image image) {
    Tree lowest = NO_CLASS;
    Iterator<Stored> entries = image.scan(Resources.PRIORITY_CLASSES.qualifiedName(), "", null);
    while (entries.hasNext()) {
      Tree entry = entries.next().object().tree();
      boolean lower =
          !lowest.has("metadata") || entry.number(0, "value") < lowest.number(0, "value");
      if (entry.isTrue("globalDefault") && lower) {
        lowest = entry;
      }
    }
    return lowest;
  }
}
