package io.kuber.scheduler;

import io.kuber.access.User;
import io.kuber.admission.AdmissionChain;
import io.kuber.api.Api;
import io.kuber.client.Client;
import io.kuber.client.Client.DeleteOptions;
import io.kuber.client.local.LocalClient;
import io.kuber.json.Yaml;
import io.kuber.loop.SimulatedLoops;
import io.kuber.object.KubeObject;
import io.kuber.object.Tree;
import io.kuber.resource.Catalogue;
import io.kuber.resource.ResourceType;
import io.kuber.resource.Resources;
import io.kuber.resource.builtin.BuiltInKinds;
import io.kuber.store.LocalStore;
import io.kuber.store.Stored;
import io.kuber.watch.WatchHub;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The API, a store in memory and schedulers, on one thread in virtual time. */
final class Workbench {
  final SimulatedLoops loops;
  final LocalStore store = new LocalStore();
  final Client client;
  final SchedulerLoop scheduler;

  Workbench(long seed, List<Profile> profiles) {
    loops = new SimulatedLoops(seed, Instant.parse("2026-01-01T00:00:00Z"));
    Catalogue catalogue = BuiltInKinds.catalogue();
    Api api =
        new Api(store, WatchHub.of(store), () -> catalogue, AdmissionChain.standard(loops), loops);
    client = new LocalClient(api, User.system("simulation"), loops.loop("client"));
    create(Resources.NAMESPACES, "metadata: {name: default}");
    scheduler = new SchedulerLoop(profiles, store, client, loops);
    scheduler.start();
    loops.settle();
  }

  Workbench(long seed) {
    this(seed, List.of(DefaultProfile.profile()));
  }

  KubeObject create(ResourceType type, String yaml) {
    KubeObject object = KubeObject.of(Yaml.parse(yaml.getBytes(StandardCharsets.UTF_8)));
    KubeObject made = client.create(type, object).toCompletableFuture().join();
    loops.settle();
    return made;
  }

  /** A node that is ready: what keeps pods from a new one is gone before anybody looks. */
  void node(String name, String labels, String spec) {
    String yaml =
        """
        metadata: {name: %s, labels: %s}
        spec: %s
        status: {allocatable: {cpu: '2', memory: 4Gi, pods: '5'}}
        """
            .formatted(name, labels, spec);
    KubeObject wanted = KubeObject.of(Yaml.parse(yaml.getBytes(StandardCharsets.UTF_8)));
    KubeObject made = client.create(Resources.NODES, wanted).toCompletableFuture().join();
    client.update(Resources.NODES, made.with(wanted.spec(), "spec")).toCompletableFuture().join();
    loops.settle();
  }

  void pod(String name, String labels, String spec, String cpu) {
    Tree parsed = Yaml.parse(spec.getBytes(StandardCharsets.UTF_8));
    String container = "[{name: c, image: 'i:1', resources: {requests: {cpu: %s}}}]".formatted(cpu);
    Tree containers = Yaml.parse(("x: " + container).getBytes(StandardCharsets.UTF_8));
    KubeObject pod =
        KubeObject.of(
            Yaml.parse(
                    "metadata: {name: %s, namespace: default, labels: %s}"
                        .formatted(name, labels)
                        .getBytes(StandardCharsets.UTF_8))
                .with(
                    "spec",
                    parsed
                        .withDefault("terminationGracePeriodSeconds", 0L)
                        .with("containers", containers.items("x"))));
    client.create(Resources.PODS, pod).toCompletableFuture().join();
    loops.settle();
  }

  void merge(ResourceType type, String name, String subresource, String yaml) {
    client
        .patch(
            type,
            type.namespaced() ? "default" : "",
            name,
            subresource,
            Client.PatchType.MERGE,
            Yaml.parse(yaml.getBytes(StandardCharsets.UTF_8)))
        .toCompletableFuture()
        .join();
    loops.settle();
  }

  void delete(ResourceType type, String name) {
    client
        .delete(type, type.namespaced() ? "default" : "", name, DeleteOptions.DEFAULT)
        .toCompletableFuture()
        .join();
    loops.settle();
  }

  void pass(Duration time) {
    loops.advance(time);
    loops.settle();
  }

  Optional<KubeObject> find(ResourceType type, String name) {
    return Optional.ofNullable(
            store.image().get(type.key(type.namespaced() ? "default" : "", name)))
        .map(Stored::object);
  }

  String nodeOf(String pod) {
    return find(Resources.PODS, pod).map(p -> p.spec().text("nodeName")).orElse("gone");
  }

  /** What the condition PodScheduled says. */
  String waitsFor(String pod) {
    return find(Resources.PODS, pod).orElseThrow().status().items("conditions").trees().stream()
        .filter(condition -> condition.text("type").equals("PodScheduled"))
        .map(condition -> condition.text("message"))
        .findFirst()
        .orElse("");
  }

  List<KubeObject> list(ResourceType type) {
    List<KubeObject> all = new ArrayList<>();
    store
        .image()
        .scan(type.qualifiedName(), "", null)
        .forEachRemaining(stored -> all.add(stored.object()));
    return all;
  }

  /** The messages of all events of a reason. */
  List<String> events(String reason) {
    return list(Resources.EVENTS).stream()
        .map(KubeObject::tree)
        .filter(event -> event.text("reason").equals(reason))
        .map(event -> event.text("message"))
        .toList();
  }
}
