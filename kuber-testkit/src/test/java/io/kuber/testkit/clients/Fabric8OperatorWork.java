package io.kuber.testkit.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.ListOptionsBuilder;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.Watch;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.extended.leaderelection.LeaderCallbacks;
import io.fabric8.kubernetes.client.extended.leaderelection.LeaderElectionConfigBuilder;
import io.fabric8.kubernetes.client.extended.leaderelection.resourcelock.LeaseLock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What operators do: resources of their own, watches that outlive a connection, and elections. */
interface Fabric8OperatorWork {
  /** Beyond what a loaded machine takes; the tests wait for events, never so long. */
  long PATIENCE_SECONDS = 60;

  /** As long for a single answer, because a client that gives up earlier sends again. */
  int PATIENCE_MILLIS = (int) TimeUnit.SECONDS.toMillis(PATIENCE_SECONDS);

  /** Of a lease whose holder is not gone but gives up; nobody waits for its end. */
  Duration LEASE = Duration.ofSeconds(PATIENCE_SECONDS);

  /** The client under test, which lives as long as the class. */
  KubernetesClient client();

  /** The one of the test. */
  String namespace();

  private static String definition(String plural, String kind) {
    return """
    apiVersion: apiextensions.k8s.io/v1
    kind: CustomResourceDefinition
    metadata: {name: %1$s.kuber.example}
    spec:
      group: kuber.example
      names: {kind: %2$s, plural: %1$s}
      scope: Namespaced
      versions:
      - name: v1
        served: true
        storage: true
        schema:
          openAPIV3Schema:
            type: object
            properties:
              spec:
                type: object
                properties:
                  text: {type: string}
                  replicas: {type: integer, default: 1}
              status:
                type: object
                properties:
                  phase: {type: string}
                  replicas: {type: integer}
        subresources:
          status: {}
          scale: {specReplicasPath: .spec.replicas, statusReplicasPath: .status.replicas}
    """
        .formatted(plural, kind);
  }

  /** Lets the server know a kind, and waits until it serves it. */
  private void define(String plural, String kind) {
    CustomResourceDefinition created =
        (CustomResourceDefinition) client().resource(definition(plural, kind)).create();
    client()
        .resource(created)
        .waitUntilCondition(
            definition ->
                definition.getStatus() != null
                    && definition.getStatus().getConditions().stream()
                        .anyMatch(
                            condition ->
                                condition.getType().equals("Established")
                                    && condition.getStatus().equals("True")),
            PATIENCE_SECONDS,
            TimeUnit.SECONDS);
  }

  private Resource<GenericKubernetesResource> named(String kind, String name) {
    return client()
        .genericKubernetesResources("kuber.example/v1", kind)
        .inNamespace(namespace())
        .withName(name);
  }

  private Resource<GenericKubernetesResource> create(String kind, String name) {
    String object =
        """
        apiVersion: kuber.example/v1
        kind: %s
        metadata: {name: %s, namespace: %s}
        spec: {text: one}
        """
            .formatted(kind, name, namespace());
    client().resource(object).create();
    return named(kind, name);
  }

  @Test
  default void handlesAKindOfItsOwn() {
    define("notes", "Note");
    Resource<GenericKubernetesResource> it = create("Note", "it");
    assertThat(it.get().<Integer>get("spec", "replicas")).isEqualTo(1);
    it.edit(
        note -> {
          note.setAdditionalProperty("spec", Map.of("text", "two", "replicas", 2));
          return note;
        });
    it.editStatus(
        note -> {
          note.setAdditionalProperty("status", Map.of("phase", "Ready"));
          note.setAdditionalProperty("spec", Map.of("text", "ignored"));
          return note;
        });
    GenericKubernetesResource note = it.get();
    assertThat(note.<String>get("spec", "text")).isEqualTo("two");
    assertThat(note.<String>get("status", "phase")).isEqualTo("Ready");
    it.scale(3);
    assertThat(it.get().<Integer>get("spec", "replicas")).isEqualTo(3);
    assertThat(it.delete()).hasSize(1);
    assertThat(it.get()).isNull();
  }

  @Test
  default void watchesAKindOfItsOwn() throws Exception {
    define("letters", "Letter");
    BlockingQueue<String> seen = new LinkedBlockingQueue<>();
    Watch watch =
        named("Letter", "it")
            .watch(new Seen<>(seen, letter -> String.valueOf(letter.<String>get("spec", "text"))));
    Resource<GenericKubernetesResource> it = create("Letter", "it");
    assertThat(seen.poll(PATIENCE_SECONDS, TimeUnit.SECONDS)).isEqualTo("ADDED one");
    it.delete();
    assertThat(seen.poll(PATIENCE_SECONDS, TimeUnit.SECONDS)).isEqualTo("DELETED one");
    watch.close();
  }

  private ConfigMap map(String name) {
    return new ConfigMapBuilder()
        .withNewMetadata()
        .withName(name)
        .withNamespace(namespace())
        .endMetadata()
        .build();
  }

  @Test
  default void appliesOnTheServer() {
    ConfigMap one = new ConfigMapBuilder(map("it")).addToData("key", "one").build();
    ConfigMap two = new ConfigMapBuilder(map("it")).addToData("key", "two").build();
    ConfigMap applied = client().resource(one).serverSideApply();
    assertThat(applied.getMetadata().getManagedFields())
        .extracting(fields -> fields.getManager() + " " + fields.getOperation())
        .containsExactly("fabric8 Apply");
    assertThatThrownBy(() -> client().resource(two).fieldManager("other").serverSideApply())
        .isInstanceOfSatisfying(
            KubernetesClientException.class,
            failure -> assertThat(failure.getCode()).isEqualTo(409))
        .hasMessageContaining(".data.key");
    client().resource(two).fieldManager("other").forceConflicts().serverSideApply();
    assertThat(client().resource(one).get().getData()).isEqualTo(Map.of("key", "two"));
  }

  /**
   * The server ends the watch after a second, as it ends another that began later; the client
   * begins a new one where the first ended.
   */
  @Test
  default void goesOnWatchingWhereTheServerStopped() throws Exception {
    BlockingQueue<String> seen = new LinkedBlockingQueue<>();
    Watch watch =
        client()
            .configMaps()
            .inNamespace(namespace())
            .withField("metadata.name", "it")
            .watch(
                new ListOptionsBuilder().withTimeoutSeconds(1L).build(),
                new Seen<>(seen, map -> map.getMetadata().getName()));
    client().resource(map("it")).create();
    assertThat(seen.poll(PATIENCE_SECONDS, TimeUnit.SECONDS)).isEqualTo("ADDED it");
    client().raw("/api/v1/namespaces/" + namespace() + "/secrets?watch=true&timeoutSeconds=1");
    client().resource(map("it")).delete();
    assertThat(seen.poll(PATIENCE_SECONDS, TimeUnit.SECONDS)).isEqualTo("DELETED it");
    watch.close();
  }

  @Test
  default void watchesWithoutWebSockets() throws Exception {
    BlockingQueue<String> seen = new LinkedBlockingQueue<>();
    client().getConfiguration().setOnlyHttpWatches(true);
    try {
      Watch watch =
          client()
              .configMaps()
              .inNamespace(namespace())
              .withName("it")
              .watch(new Seen<>(seen, map -> map.getMetadata().getName()));
      client().resource(map("it")).create();
      assertThat(seen.poll(PATIENCE_SECONDS, TimeUnit.SECONDS)).isEqualTo("ADDED it");
      watch.close();
    } finally {
      client().getConfiguration().setOnlyHttpWatches(false);
    }
  }

  private CompletableFuture<?> elect(String candidate, BlockingQueue<String> leaders) {
    return client()
        .leaderElector()
        .withConfig(
            new LeaderElectionConfigBuilder()
                .withName("election")
                .withLock(new LeaseLock(namespace(), "lock", candidate))
                .withLeaseDuration(LEASE)
                .withRenewDeadline(LEASE.dividedBy(2))
                .withRetryPeriod(Duration.ofMillis(100))
                .withReleaseOnCancel(true)
                .withLeaderCallbacks(
                    new LeaderCallbacks(() -> leaders.add(candidate), () -> {}, name -> {}))
                .build())
        .build()
        .start();
  }

  @Test
  default void electsALeaderAndItsSuccessor() throws Exception {
    BlockingQueue<String> leaders = new LinkedBlockingQueue<>();
    CompletableFuture<?> first = elect("first", leaders);
    assertThat(leaders.poll(PATIENCE_SECONDS, TimeUnit.SECONDS)).isEqualTo("first");
    CompletableFuture<?> second = elect("second", leaders);
    first.cancel(true);
    assertThat(leaders.poll(PATIENCE_SECONDS, TimeUnit.SECONDS)).isEqualTo("second");
    second.cancel(true);
    assertThat(List.copyOf(leaders)).isEmpty();
  }
}
