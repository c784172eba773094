package io.kuber.admission;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kuber.access.User;
import io.kuber.api.Admission;
import io.kuber.api.Api;
import io.kuber.client.local.LocalClient;
import io.kuber.json.Yaml;
import io.kuber.loop.Loop;
import io.kuber.loop.SimulatedLoops;
import io.kuber.loop.ThreadLoops;
import io.kuber.object.KubeObject;
import io.kuber.resource.Catalogue;
import io.kuber.resource.ResourceType;
import io.kuber.resource.Resources;
import io.kuber.resource.Verb;
import io.kuber.resource.builtin.BuiltInKinds;
import io.kuber.store.Image;
import io.kuber.store.LocalStore;
import io.kuber.watch.WatchHub;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two writes may be admitted on the same image, before either is in it. */
final class QuotaEnforcementTest {
  private static final int CLIENTS = 100;

  private final SimulatedLoops loops = new SimulatedLoops(1, Instant.parse("2026-01-01T00:00:00Z"));
  private final LocalStore store = new LocalStore();
  private final Catalogue catalogue = BuiltInKinds.catalogue();
  private final QuotaEnforcement link = new QuotaEnforcement(loops.clock());

  @BeforeEach
  void limit() {
    Api api =
        new Api(store, WatchHub.of(store), () -> catalogue, AdmissionChain.standard(loops), loops);
    LocalClient client = new LocalClient(api, User.system("tester"), loops.loop("client"));
    create(client, Resources.NAMESPACES, "metadata: {name: default}");
    create(
        client,
        Resources.RESOURCE_QUOTAS,
        "{metadata: {name: q, namespace: default}, spec: {hard: {pods: 1}}}");
  }

  private static void create(LocalClient client, ResourceType type, String yaml) {
    KubeObject object =
        KubeObject.of(
            Yaml.parse(yaml.getBytes(StandardCharsets.UTF_8))
                .with("apiVersion", type.apiVersion())
                .with("kind", type.kind()));
    client.create(type, object).toCompletableFuture().join();
  }

  private KubeObject admit(String name) {
    Image image = store.image();
    return link.admit(
        new Admission.Request(
            Verb.CREATE,
            catalogue.kinds().stream()
                .filter(kind -> kind.type().equals(Resources.PODS))
                .findFirst()
                .orElseThrow(),
            "",
            Resources.PODS.object("default", name),
            null,
            User.system("tester"),
            image));
  }

  @Test
  void promisesTheSameShareOnlyOnce() {
    admit("a");
    assertThatThrownBy(() -> admit("b"))
        .hasMessageEndingWith(
            "exceeded quota: q, requested: pods=1, used: pods=1, limited: pods=1");
  }

  /** Each client has a thread, and the API makes its decisions on those threads. */
  @Test
  void neverExceedsAQuotaForAHundredClientsAtOnce() {
    try (ThreadLoops threads = new ThreadLoops()) {
      LocalStore shared = new LocalStore();
      Api api =
          new Api(
              shared,
              WatchHub.of(shared),
              () -> catalogue,
              AdmissionChain.standard(threads),
              threads);
      LocalClient first = new LocalClient(api, User.system("tester"), threads.loop("first"));
      create(first, Resources.NAMESPACES, "metadata: {name: default}");
      create(
          first,
          Resources.RESOURCE_QUOTAS,
          "{metadata: {name: q, namespace: default}, spec: {hard: {configmaps: 10}}}");
      List<CompletableFuture<Boolean>> writes =
          IntStream.range(0, CLIENTS).mapToObj(i -> write(api, threads, i)).toList();
      assertThat(writes.stream().filter(CompletableFuture::join).count()).isEqualTo(10);
      assertThat(shared.image().count(Resources.CONFIG_MAPS.qualifiedName(), "default"))
          .isEqualTo(10);
    }
  }

  private static CompletableFuture<Boolean> write(Api api, ThreadLoops threads, int i) {
    Loop loop = threads.loop("client-" + i);
    LocalClient client = new LocalClient(api, User.system("tester"), loop);
    return CompletableFuture.supplyAsync(
            () ->
                client.create(
                    Resources.CONFIG_MAPS, Resources.CONFIG_MAPS.object("default", "c" + i)),
            loop)
        .thenCompose(write -> write)
        .handle((written, refused) -> refused == null);
  }

  @Test
  void letsTheSameObjectTryAgain() {
    admit("a");
    assertThat(admit("a").name()).isEqualTo("a");
  }

  @Test
  void forgetsPromisesThatNobodyTookUp() {
    admit("a");
    loops.advance(Duration.ofSeconds(6));
    assertThat(admit("b").name()).isEqualTo("b");
  }
}
