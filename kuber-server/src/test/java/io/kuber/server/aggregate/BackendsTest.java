package io.kuber.server.aggregate;

import static org.assertj.core.api.Assertions.assertThat;

import io.kuber.json.Json;
import io.kuber.object.Items;
import io.kuber.object.KubeObject;
import io.kuber.object.Tree;
import io.kuber.resource.ResourceType;
import io.kuber.resource.Resources;
import io.kuber.server.aggregate.Backends.Place;
import io.kuber.store.Command;
import io.kuber.store.LocalStore;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** Where a server is, and the words of upstream's controller when it is nowhere. */
final class BackendsTest {
  private static final Registration TO =
      new Registration("v1.shop", "shop", "v1", "prod", "orders", 443, "", true, 10, false);

  private final LocalStore store = new LocalStore();

  private void put(ResourceType type, KubeObject object) {
    store
        .submit(new Command.Put(type.keyOf(object), Command.ABSENT, Json.print(object.tree())))
        .toCompletableFuture()
        .join();
  }

  private void service(Tree spec) {
    put(Resources.SERVICES, Resources.SERVICES.object("prod", "orders").with(spec, "spec"));
  }

  private void slice(String service, Tree... endpoints) {
    put(
        Resources.ENDPOINT_SLICES,
        Resources.ENDPOINT_SLICES
            .object("prod", service + "-1")
            .with(service, "metadata", "labels", "kubernetes.io/service-name")
            .with(
                Items.of(
                    Tree.of("name", "metrics", "port", 9090L),
                    Tree.of("name", "https", "port", 8443L)),
                "ports")
            .with(Items.of((Object[]) endpoints), "endpoints"));
  }

  private static Tree listening() {
    return Tree.of("type", "ClusterIP", "ports", Items.of(Tree.of("name", "https", "port", 443L)));
  }

  private String missing() {
    Availability missing = Backends.of(TO, store.image()).missing().orElseThrow();
    return missing.reason() + ": " + missing.message();
  }

  @Test
  void findsNoService() {
    assertThat(missing()).isEqualTo("ServiceNotFound: service/orders in \"prod\" is not present");
  }

  @Test
  void findsNoPort() {
    service(Tree.of("ports", Items.of(Tree.of("port", 80L))));
    assertThat(missing())
        .isEqualTo("ServicePortError: service/orders in \"prod\" is not listening on port 443");
  }

  @Test
  void findsNoSlices() {
    service(listening());
    slice("others", Tree.of("addresses", Items.of("10.0.0.1")));
    assertThat(missing())
        .isEqualTo("EndpointsNotFound: cannot find endpointslices for service/orders in \"prod\"");
  }

  @Test
  void findsNobodyWhoIsReady() {
    service(listening());
    slice(
        "orders",
        Tree.of("addresses", Items.of("10.0.0.1"), "conditions", Tree.of("ready", false)));
    assertThat(missing())
        .isEqualTo(
            "MissingEndpoints: endpointslices for service/orders in \"prod\" have no addresses"
                + " with port name \"https\"");
  }

  @Test
  void findsTheReadyOnesAtThePortOfThatName() {
    service(listening());
    slice(
        "orders",
        Tree.of("addresses", Items.of("10.0.0.1")),
        Tree.of("addresses", Items.of("10.0.0.2"), "conditions", Tree.of("ready", true)),
        Tree.of("addresses", Items.of("10.0.0.3"), "conditions", Tree.of("ready", false)));
    assertThat(Backends.of(TO, store.image()).places())
        .containsExactly(new Place("10.0.0.1", 8443), new Place("10.0.0.2", 8443));
  }

  @Test
  void goesToTheNameThatAServiceStandsFor() {
    service(Tree.of("type", "ExternalName", "externalName", "orders.example.com"));
    assertThat(Backends.of(TO, store.image()).places())
        .containsExactly(new Place("orders.example.com", 443));
  }

  @Test
  void writesAConditionOnceAndMovesItsTimeWithItsStatus() {
    KubeObject api = Resources.API_SERVICES.object("", "v1.shop");
    Instant then = Instant.parse("2026-01-01T00:00:00Z");
    KubeObject passed = Availability.PASSED.writtenInto(api, then).orElseThrow();
    assertThat(Availability.isSaidBy(passed)).isTrue();
    assertThat(Availability.PASSED.writtenInto(passed, then.plusSeconds(9))).isEmpty();
    KubeObject failed =
        Availability.failed("why").writtenInto(passed, then.plusSeconds(9)).orElseThrow();
    assertThat(failed.status().items("conditions").trees())
        .containsExactly(
            Tree.of(
                "type",
                "Available",
                "status",
                "False",
                "lastTransitionTime",
                "2026-01-01T00:00:09Z",
                "reason",
                "FailedDiscoveryCheck",
                "message",
                "why"));
  }
}
