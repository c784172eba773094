package io.kuber.testkit.node;

import io.kuber.access.User;
import io.kuber.admission.AdmissionChain;
import io.kuber.api.Api;
import io.kuber.client.Client;
import io.kuber.client.Client.DeleteOptions;
import io.kuber.client.local.LocalClient;
import io.kuber.controller.Controllers;
import io.kuber.json.Yaml;
import io.kuber.loop.SimulatedLoops;
import io.kuber.object.KubeObject;
import io.kuber.object.Tree;
import io.kuber.resource.Catalogue;
import io.kuber.resource.Kind;
import io.kuber.resource.ResourceType;
import io.kuber.resource.Resources;
import io.kuber.resource.builtin.BuiltInKinds;
import io.kuber.scheduler.SchedulerLoop;
import io.kuber.store.LocalStore;
import io.kuber.store.Stored;
import io.kuber.view.Pods;
import io.kuber.watch.WatchHub;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** Store, API, controllers, scheduler and simulated nodes on one thread, in virtual time. */
final class WholeControlPlane {
  private static final Duration STEP = Duration.ofMillis(100);

  final SimulatedLoops loops;
  final LocalStore store = new LocalStore();
  final Client client;
  final SimulatedNodes nodes;

  WholeControlPlane(long seed, NodeSettings settings) {
    loops = new SimulatedLoops(seed, Instant.parse("2026-01-01T00:00:00Z"));
    Catalogue catalogue = BuiltInKinds.catalogue();
    Api api =
        new Api(store, WatchHub.of(store), () -> catalogue, AdmissionChain.standard(loops), loops);
    client = new LocalClient(api, User.system("simulation"), loops.loop("client"));
    for (String name : List.of("default", "kube-system", "kube-node-lease")) {
      create(Resources.NAMESPACES, Resources.NAMESPACES.object("", name));
    }
    List<ResourceType> resources = catalogue.kinds().stream().map(Kind::type).toList();
    Controllers.of(store, user -> client, loops, () -> resources, "certificate").start();
    new SchedulerLoop(store, client, loops).start();
    nodes = SimulatedNodes.start(client, loops, settings);
    pass(Duration.ofSeconds(1));
  }

  KubeObject create(ResourceType type, KubeObject object) {
    return client.create(type, object).toCompletableFuture().join();
  }

  void apply(ResourceType type, String yaml) {
    create(type, KubeObject.of(Yaml.parse(yaml.getBytes(StandardCharsets.UTF_8))));
  }

  void merge(ResourceType type, String name, String yaml) {
    Tree patch = Yaml.parse(yaml.getBytes(StandardCharsets.UTF_8));
    client
        .patch(type, type.namespaced() ? "default" : "", name, "", Client.PatchType.MERGE, patch)
        .toCompletableFuture()
        .join();
  }

  void delete(ResourceType type, String namespace, String name) {
    client.delete(type, namespace, name, DeleteOptions.DEFAULT).toCompletableFuture().join();
  }

  void pass(Duration time) {
    loops.advance(time);
    loops.settle();
  }

  /** Lets time pass until it is so; fails after the given virtual time. */
  void await(String what, Duration atMost, BooleanSupplier isSo) {
    for (Duration waited = Duration.ZERO;
        waited.compareTo(atMost) <= 0;
        waited = waited.plus(STEP)) {
      if (isSo.getAsBoolean()) {
        return;
      }
      pass(STEP);
    }
    throw new AssertionError("not within " + atMost + ": " + what + "\n" + describe());
  }

  private String describe() {
    StringBuilder text = new StringBuilder();
    for (ResourceType type :
        List.of(Resources.DEPLOYMENTS, Resources.REPLICA_SETS, Resources.PODS, Resources.EVENTS)) {
      for (KubeObject object : list(type, "")) {
        text.append(type.plural())
            .append(' ')
            .append(object.name())
            .append(' ')
            .append(type.equals(Resources.EVENTS) ? object.tree().text("message") : object.status())
            .append('\n');
      }
    }
    return text.toString();
  }

  List<KubeObject> list(ResourceType type, String namespace) {
    List<KubeObject> objects = new ArrayList<>();
    store
        .image()
        .scan(type.qualifiedName(), namespace, null)
        .forEachRemaining(stored -> objects.add(stored.object()));
    return objects;
  }

  Optional<KubeObject> find(ResourceType type, String namespace, String name) {
    return Optional.ofNullable(store.image().get(type.key(namespace, name))).map(Stored::object);
  }

  List<KubeObject> readyPods() {
    return list(Resources.PODS, "default").stream()
        .filter(pod -> Pods.isReady(pod) && !pod.isBeingDeleted())
        .toList();
  }
}
