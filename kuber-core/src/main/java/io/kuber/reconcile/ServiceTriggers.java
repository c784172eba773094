package io.kuber.reconcile;

import io.kuber.object.KubeObject;
import io.kuber.object.Tree;
import io.kuber.resource.Resources;
import io.kuber.store.Key;
import io.kuber.view.Pods;
import io.kuber.view.ServiceBackend;
import io.kuber.view.View;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/** The triggers of controllers that list the pods of Services. */
public final class ServiceTriggers {
  private static final String ZONE = "topology.kubernetes.io/zone";

  private ServiceTriggers() {}

  /** Hands over the Services that select a pod that changed in a way that endpoints show. */
  public static void ofPod(Change change, View view, Consumer<Key> sink) {
    if (!change.isDeletion() && change.before().filter(b -> sameFor(b, change)).isPresent()) {
      return;
    }
    List<Map<String, String>> labels = change.states().stream().map(KubeObject::labels).toList();
    services(view, change.key().namespace(), labels, sink);
  }

  /** Hands over the Services with pods on a node that came, went, or got another zone. */
  public static void ofNode(Change change, View view, Consumer<Key> sink) {
    boolean stays =
        !change.isDeletion()
            && change
                .before()
                .filter(node -> zoneOf(node).equals(zoneOf(change.after())))
                .isPresent();
    if (!stays) {
      for (KubeObject pod : view.podsOnNode(change.key().name())) {
        services(view, pod.namespace(), List.of(pod.labels()), sink);
      }
    }
  }

  /** The zone that a node is in; empty when it does not say. */
  public static String zoneOf(KubeObject node) {
    return node.labels().getOrDefault(ZONE, "");
  }

  /** The Services of a namespace that select one of these sets of labels. */
  private static void services(
      View view, String namespace, List<Map<String, String>> labels, Consumer<Key> sink) {
    for (KubeObject service : view.list(Resources.SERVICES, namespace)) {
      Set<Map.Entry<String, String>> selector = ServiceBackend.selectorOf(service).entrySet();
      if (!selector.isEmpty()
          && labels.stream().anyMatch(pod -> pod.entrySet().containsAll(selector))) {
        sink.accept(Resources.SERVICES.keyOf(service));
      }
    }
  }

  private static boolean sameFor(KubeObject before, Change change) {
    KubeObject after = change.after();
    return before.isBeingDeleted() == after.isBeingDeleted()
        && before.metadata().tree("labels").equals(after.metadata().tree("labels"))
        && before.spec().equals(after.spec())
        && shown(before).equals(shown(after));
  }

  private static Tree shown(KubeObject pod) {
    return Tree.of(
        "phase", pod.status().text("phase"),
        "podIP", pod.status().text("podIP"),
        "ready", Pods.isReady(pod));
  }
}
