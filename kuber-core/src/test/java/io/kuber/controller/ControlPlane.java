package io.kuber.controller;

import io.kuber.access.User;
import io.kuber.admission.AdmissionChain;
import io.kuber.api.Api;
import io.kuber.client.Client.DeleteOptions;
import io.kuber.client.local.LocalClient;
import io.kuber.json.Yaml;
import io.kuber.loop.SimulatedLoops;
import io.kuber.object.KubeObject;
import io.kuber.object.Tree;
import io.kuber.reconcile.Controller;
import io.kuber.reconcile.Reconciler;
import io.kuber.resource.Kind;
import io.kuber.resource.ResourceType;
import io.kuber.resource.Resources;
import io.kuber.resource.builtin.BuiltInKinds;
import io.kuber.resource.custom.ConversionReviews;
import io.kuber.resource.custom.CustomCatalogue;
import io.kuber.resource.custom.CustomKinds;
import io.kuber.store.Image;
import io.kuber.store.LocalStore;
import io.kuber.store.Stored;
import io.kuber.watch.WatchHub;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Controllers at work on a store in memory, behind the whole API, in virtual time. There is one
 * namespace, called {@code default}.
 */
public final class ControlPlane {
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  private final SimulatedLoops loops = new SimulatedLoops(1, START);
  private final LocalStore store = new LocalStore();
  private final LocalClient client;

  /** Starts these controllers. */
  public ControlPlane(Controller... controllers) {
    this(types -> List.of(controllers));
  }

  /** Starts controllers that want to know what is served. */
  public ControlPlane(Function<Supplier<List<ResourceType>>, List<Controller>> controllers) {
    WatchHub hub = WatchHub.of(store);
    CustomCatalogue catalogue =
        new CustomCatalogue(
            store, BuiltInKinds.catalogue(), new CustomKinds(ConversionReviews.NONE), hub::end);
    Supplier<List<ResourceType>> types =
        () -> catalogue.get().kinds().stream().map(Kind::type).toList();
    Api api = new Api(store, hub, catalogue, AdmissionChain.standard(loops), loops);
    this.client = new LocalClient(api, User.system("tester"), loops.loop("client"));
    new Reconciler("controllers", controllers.apply(types), store, client, loops, types).start();
    create(Resources.NAMESPACES, "{metadata: {name: default}}");
  }

  /** What is stored now. */
  public Image image() {
    return store.image();
  }

  /** An object from YAML. */
  public static KubeObject yaml(String text) {
    return KubeObject.of(Yaml.parse(text.getBytes(StandardCharsets.UTF_8)));
  }

  /** Creates an object, by default in the namespace {@code default}, and lets everybody react. */
  public KubeObject create(ResourceType type, String yaml) {
    Tree tree = yaml(yaml).tree().with("apiVersion", type.apiVersion()).with("kind", type.kind());
    KubeObject object = KubeObject.of(tree);
    boolean placed = !type.namespaced() || !object.namespace().isEmpty();
    KubeObject local = placed ? object : object.with("default", "metadata", "namespace");
    return settled(client.create(type, local));
  }

  /** Replaces an object and lets everybody react. */
  public KubeObject update(ResourceType type, KubeObject object) {
    return settled(client.update(type, object));
  }

  /** Replaces the status of an object of the namespace {@code default}. */
  public KubeObject status(ResourceType type, String name, String yaml) {
    KubeObject object = get(type, name).orElseThrow();
    return settled(
        client.updateSubresource(type, "status", object.with(yaml(yaml).tree(), "status")));
  }

  /** Deletes an object at once and lets everybody react. */
  public void delete(ResourceType type, KubeObject object, String propagationPolicy) {
    delete(type, object, new DeleteOptions(0, propagationPolicy, "", ""));
  }

  /** Deletes an object with the grace that it has by itself, and lets everybody react. */
  public void deleteWithGrace(ResourceType type, KubeObject object) {
    delete(type, object, DeleteOptions.DEFAULT);
  }

  private void delete(ResourceType type, KubeObject object, DeleteOptions options) {
    settled(client.delete(type, object.namespace(), object.name(), options));
  }

  /** Evicts a pod of the namespace {@code default} and lets everybody react. */
  public void evict(String pod) {
    KubeObject eviction =
        yaml(
            "{apiVersion: policy/v1, kind: Eviction, metadata: {name: %s, namespace: default}}"
                .formatted(pod));
    settled(client.createSubresource(Resources.PODS, "default", pod, "eviction", eviction));
  }

  private <T> T settled(CompletionStage<T> stage) {
    T result = stage.toCompletableFuture().join();
    loops.settle();
    return result;
  }

  /** Lets time pass. */
  public void advance(Duration duration) {
    loops.advance(duration);
    loops.settle();
  }

  /** The time. */
  public Instant now() {
    return loops.clock().instant();
  }

  /** The object of that name, in the namespace {@code default} or of cluster scope. */
  public Optional<KubeObject> get(ResourceType type, String name) {
    return Optional.ofNullable(
            store.image().get(type.key(type.namespaced() ? "default" : "", name)))
        .map(Stored::object);
  }

  /** All objects of a type. */
  public List<KubeObject> list(ResourceType type) {
    List<KubeObject> objects = new ArrayList<>();
    Iterator<Stored> all = store.image().scan(type.qualifiedName(), "", null);
    all.forEachRemaining(stored -> objects.add(stored.object()));
    return objects;
  }

  /** The names of all objects of a type. */
  public List<String> names(ResourceType type) {
    return list(type).stream().map(KubeObject::name).toList();
  }

  /** The revision of the store, which moves with every write. */
  public long revision() {
    return store.image().revision();
  }
}
