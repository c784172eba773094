package io.kuber.controller.simulation;

import io.kuber.client.Client.DeleteOptions;
import io.kuber.object.Items;
import io.kuber.object.KubeObject;
import io.kuber.object.Tree;
import io.kuber.resource.ResourceType;
import io.kuber.resource.Resources;
import io.kuber.view.Pods;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/** Services of two names, and pods that come and go behind them. */
public final class Backends {
  private static final List<String> NAMES = List.of("one", "two");

  /** What people do with Services and pods. */
  public static final List<Consumer<Simulation>> DEEDS =
      List.of(
          Backends::createService,
          Backends::createService,
          Backends::createPod,
          Backends::createPod,
          Backends::createPod,
          cluster -> delete(cluster, Resources.SERVICES),
          cluster -> delete(cluster, Resources.PODS),
          cluster -> change(cluster, Resources.PODS, pod -> labelled(cluster, pod)),
          cluster -> change(cluster, Resources.SERVICES, service -> labelled(cluster, service)),
          cluster -> change(cluster, Resources.SERVICES, service -> selecting(cluster, service)),
          cluster -> change(cluster, Resources.SERVICES, Backends::publishing),
          cluster -> change(cluster, Resources.SERVICES, s -> s.without("spec", "selector")));

  private Backends() {}

  private static String name(Simulation cluster) {
    return NAMES.get(cluster.below(NAMES.size()));
  }

  /** Refused when it is there. */
  private static void createService(Simulation cluster) {
    Tree port = Tree.of("name", "web", "port", 80L, "targetPort", "http");
    Tree spec = Tree.of("ports", Items.of(port));
    KubeObject service =
        Resources.SERVICES
            .object("default", name(cluster))
            .with(cluster.below(4) == 0 ? spec.with("clusterIP", "None") : spec, "spec");
    cluster.people().create(Resources.SERVICES, selecting(cluster, service));
  }

  private static KubeObject selecting(Simulation cluster, KubeObject service) {
    return service.with(name(cluster), "spec", "selector", "app");
  }

  private static KubeObject publishing(KubeObject service) {
    boolean publishes = service.spec().isTrue("publishNotReadyAddresses");
    return service.with(!publishes, "spec", "publishNotReadyAddresses");
  }

  private static KubeObject labelled(Simulation cluster, KubeObject object) {
    return object.with(name(cluster), "metadata", "labels", "app");
  }

  private static void createPod(Simulation cluster) {
    Tree port = Tree.of("name", "http", "containerPort", 8080L + cluster.below(2));
    Tree container = Tree.of("name", "c", "image", "i", "ports", Items.of(port));
    KubeObject pod =
        Resources.PODS
            .object("default", "")
            .with("pod-", "metadata", "generateName")
            .with(Items.of(container), "spec", "containers");
    cluster.people().create(Resources.PODS, labelled(cluster, pod));
  }

  /** Deletes one of a kind, as it is now. */
  public static void delete(Simulation cluster, ResourceType type) {
    cluster
        .any(cluster.list(type))
        .ifPresent(
            any ->
                cluster
                    .people()
                    .delete(type, any.namespace(), any.name(), DeleteOptions.ofUid(any.uid())));
  }

  /** Changes one of a kind. */
  public static void change(
      Simulation cluster, ResourceType type, UnaryOperator<KubeObject> changed) {
    cluster
        .any(cluster.list(type))
        .ifPresent(any -> cluster.people().update(type, changed.apply(any)));
  }

  /** The Services that select pods. */
  public static List<KubeObject> selecting(Simulation cluster) {
    return cluster.list(Resources.SERVICES).stream()
        .filter(service -> !service.spec().text("selector", "app").isEmpty())
        .toList();
  }

  /**
   * What should stand behind a Service: of each pod uid, address, port, and whether it is ready.
   */
  public static List<String> expected(Simulation cluster, KubeObject service) {
    return cluster.list(Resources.PODS).stream()
        .filter(
            pod ->
                pod.metadata().text("labels", "app").equals(service.spec().text("selector", "app")))
        .flatMap(pod -> expected(pod, service).stream())
        .toList();
  }

  private static Optional<String> expected(KubeObject pod, KubeObject service) {
    String ip = pod.status().text("podIP");
    if (ip.isEmpty() || Pods.isFinished(pod)) {
      return Optional.empty();
    }
    Tree port = pod.spec().items("containers").tree(0).items("ports").tree(0);
    boolean ready = Pods.isReady(pod) || service.spec().isTrue("publishNotReadyAddresses");
    return Optional.of(backend(pod.uid(), ip, port.number(0, "containerPort"), ready));
  }

  /** One line of {@link #expected}. */
  public static String backend(String uid, String ip, long port, boolean ready) {
    return "%s %s:%d %s".formatted(uid, ip, port, ready ? "ready" : "not ready");
  }
}
