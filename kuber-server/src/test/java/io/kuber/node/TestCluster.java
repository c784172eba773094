package io.kuber.node;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.kuber.access.User;
import io.kuber.admission.AdmissionChain;
import io.kuber.api.Api;
import io.kuber.client.Client;
import io.kuber.client.local.LocalClient;
import io.kuber.json.Yaml;
import io.kuber.loop.Loops;
import io.kuber.object.KubeObject;
import io.kuber.object.Tree;
import io.kuber.resource.ResourceType;
import io.kuber.resource.Resources;
import io.kuber.resource.builtin.BuiltInKinds;
import io.kuber.store.LocalStore;
import io.kuber.watch.WatchHub;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

/** An API with a store in memory and the namespaces of every cluster; no controllers. */
public final class TestCluster {
  private static final long PATIENCE_SECONDS = 30;

  private final LocalStore store = new LocalStore();
  private final Client client;

  public TestCluster(Loops loops) {
    Api api =
        new Api(
            store,
            WatchHub.of(store),
            BuiltInKinds::catalogue,
            AdmissionChain.standard(loops),
            loops);
    this.client = new LocalClient(api, User.system("tester"), loops.loop("client"));
    List.of("default", "kube-system", "kube-node-lease")
        .forEach(name -> create(Resources.NAMESPACES, "{metadata: {name: " + name + "}}"));
  }

  public LocalStore store() {
    return store;
  }

  public Client client() {
    return client;
  }

  /** Creates what YAML says, in namespace {@code default} unless it says otherwise. */
  public KubeObject create(ResourceType type, String yaml) {
    KubeObject object = KubeObject.of(parse(yaml));
    if (type.namespaced() && object.namespace().isEmpty()) {
      object = object.with("default", "metadata", "namespace");
    }
    return await(client.create(type, object));
  }

  /** The tree that YAML describes. */
  public static Tree parse(String yaml) {
    return Yaml.parse(yaml.getBytes(UTF_8));
  }

  public KubeObject pod(String name) {
    return await(client.get(Resources.PODS, "default", name));
  }

  public List<KubeObject> list(ResourceType type) {
    return await(client.list(type, "", Client.ListOptions.ALL)).objects();
  }

  public Optional<KubeObject> find(ResourceType type, String name) {
    return list(type).stream().filter(object -> object.name().equals(name)).findFirst();
  }

  public static <T> T await(CompletionStage<T> stage) {
    return stage.toCompletableFuture().orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).join();
  }
}
