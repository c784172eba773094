package io.kuber.controller.endpointslicemirroring;

import static org.assertj.core.api.Assertions.assertThat;

import io.kuber.controller.garbage.GarbageController;
import io.kuber.controller.simulation.Backends;
import io.kuber.controller.simulation.Seeds;
import io.kuber.controller.simulation.Simulation;
import io.kuber.controller.simulation.Step;
import io.kuber.object.Items;
import io.kuber.object.KubeObject;
import io.kuber.object.Tree;
import io.kuber.resource.ResourceType;
import io.kuber.resource.Resources;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** Copies come to be as what people write by hand, whatever they do and whatever goes wrong. */
final class MirroringSimulationTest {
  private static final ResourceType ENDPOINTS = Resources.ENDPOINTS;
  private static final ResourceType SERVICES = Resources.SERVICES;
  private static final ResourceType SLICES = Resources.ENDPOINT_SLICES;
  private static final List<String> NAMES = List.of("one", "two");
  private static final String SKIP = "endpointslice.kubernetes.io/skip-mirror";
  private static final String LEADER = "control-plane.alpha.kubernetes.io/leader";
  private static final String SERVICE_NAME = "kubernetes.io/service-name";
  private static final String MANAGED_BY = "endpointslice.kubernetes.io/managed-by";
  private static final Duration TROUBLE = Duration.ofSeconds(40);
  private static final Duration REST = Duration.ofMinutes(4);

  private static final List<Consumer<Simulation>> DEEDS =
      List.of(
          MirroringSimulationTest::createService,
          MirroringSimulationTest::createService,
          MirroringSimulationTest::createEndpoints,
          MirroringSimulationTest::createEndpoints,
          cluster -> change(cluster, ENDPOINTS, each -> each.with(subsets(cluster), "subsets")),
          cluster -> change(cluster, ENDPOINTS, each -> each.with(subsets(cluster), "subsets")),
          cluster -> change(cluster, ENDPOINTS, MirroringSimulationTest::skipped),
          cluster -> change(cluster, ENDPOINTS, MirroringSimulationTest::leading),
          cluster -> change(cluster, SERVICES, MirroringSimulationTest::selecting),
          cluster -> Backends.delete(cluster, ENDPOINTS),
          cluster -> Backends.delete(cluster, SERVICES),
          cluster -> Backends.delete(cluster, SLICES),
          cluster -> change(cluster, SLICES, slice -> slice.with(Items.EMPTY, "endpoints")),
          cluster -> change(cluster, SLICES, slice -> slice.without("metadata", "ownerReferences")),
          cluster -> change(cluster, SLICES, slice -> labelled(slice, MANAGED_BY)),
          cluster -> change(cluster, SLICES, slice -> labelled(slice, SERVICE_NAME)));

  private static void change(
      Simulation cluster, ResourceType type, UnaryOperator<KubeObject> changed) {
    Backends.change(cluster, type, changed);
  }

  private static KubeObject labelled(KubeObject slice, String label) {
    return slice.with("two", "metadata", "labels", label);
  }

  private static KubeObject skipped(KubeObject endpoints) {
    return endpoints.labels().containsKey(SKIP)
        ? endpoints.without("metadata", "labels", SKIP)
        : endpoints.with("true", "metadata", "labels", SKIP);
  }

  private static KubeObject leading(KubeObject endpoints) {
    return endpoints.annotations().containsKey(LEADER)
        ? endpoints.without("metadata", "annotations", LEADER)
        : endpoints.with("somebody", "metadata", "annotations", LEADER);
  }

  private static KubeObject selecting(KubeObject service) {
    return service.spec().has("selector")
        ? service.without("spec", "selector")
        : service.with("x", "spec", "selector", "app");
  }

  private static String name(Simulation cluster) {
    return NAMES.get(cluster.below(NAMES.size()));
  }

  /** Refused when it is there. */
  private static void createService(Simulation cluster) {
    Tree spec = Tree.of("ports", Items.of(Tree.of("port", 80L)));
    cluster.people().create(SERVICES, SERVICES.object("default", name(cluster)).with(spec, "spec"));
  }

  /** Refused when they are there. */
  private static void createEndpoints(Simulation cluster) {
    KubeObject endpoints = ENDPOINTS.object("default", name(cluster));
    cluster.people().create(ENDPOINTS, endpoints.with(subsets(cluster), "subsets"));
  }

  /** One or two subsets, sometimes with equal ports, of both address families. */
  private static Items subsets(Simulation cluster) {
    List<Tree> subsets = new ArrayList<>();
    for (int i = 0; i <= cluster.below(2); i++) {
      Tree.Builder subset =
          Tree.builder()
              .put("addresses", addresses(cluster, "192.0.2.", 10 * i))
              .put("ports", Items.of(Tree.of("name", "p", "port", 80L + cluster.below(2))));
      if (cluster.below(2) == 0) {
        subset.put("notReadyAddresses", addresses(cluster, "2001:db8::", 10 * i));
      }
      subsets.add(subset.build());
    }
    return Items.copyOf(subsets);
  }

  private static Items addresses(Simulation cluster, String prefix, int from) {
    List<Tree> addresses = new ArrayList<>();
    for (int i = 0; i <= cluster.below(3); i++) {
      addresses.add(Tree.of("ip", prefix + (from + i + 1)));
    }
    return Items.copyOf(addresses);
  }

  @Test
  void comesToCopyWhatPeopleWrote() {
    Seeds.each(
        seed -> {
          Simulation cluster =
              Simulation.of(seed)
                  .running(
                      MirroringController::new, () -> new GarbageController(Simulation::types));
          cluster.always("one slice for the same ports", MirroringSimulationTest::oneForPorts);
          cluster.always("originals stay", MirroringSimulationTest::onlySlices);
          cluster.during(TROUBLE, 40, DEEDS);
          cluster.rest(REST);
          cluster.conclude(() -> check(cluster));
          long revision = cluster.revision();
          cluster.rest(REST);
          assertThat(cluster.revision()).as("writes at rest").isEqualTo(revision);
        });
  }

  private static void oneForPorts(Step step) {
    if (step.isOf(SLICES)) {
      assertThat(
              step.all(SLICES).stream()
                  .filter(slice -> Mirror.isOurs(slice) && slice.controller().isPresent())
                  .map(MirroringSimulationTest::place))
          .doesNotHaveDuplicates();
    }
  }

  private static String place(KubeObject slice) {
    return "%s %s %s"
        .formatted(
            slice.controller().orElseThrow().uid(),
            slice.tree().text("addressType"),
            slice.tree().items("ports"));
  }

  private static void onlySlices(Step step) {
    if (step.byController()) {
      assertThat(step.isOf(SLICES)).isTrue();
    }
  }

  private static void check(Simulation cluster) {
    List<String> copied = new ArrayList<>();
    for (KubeObject endpoints : cluster.list(ENDPOINTS)) {
      boolean copies =
          cluster
                  .find(SERVICES, endpoints.name())
                  .filter(service -> !service.spec().has("selector"))
                  .isPresent()
              && !endpoints.labels().containsKey(SKIP)
              && !endpoints.annotations().containsKey(LEADER);
      if (copies) {
        copied.addAll(written(endpoints));
      }
    }
    assertThat(
            cluster.list(SLICES).stream()
                .filter(Mirror::isOurs)
                .flatMap(slice -> listed(slice).stream()))
        .containsExactlyInAnyOrderElementsOf(copied);
  }

  private static List<String> written(KubeObject endpoints) {
    List<String> written = new ArrayList<>();
    for (Tree subset : endpoints.tree().items("subsets").trees()) {
      long port = subset.items("ports").tree(0).number(0, "port");
      for (Tree address : subset.items("addresses").trees()) {
        written.add(Backends.backend(endpoints.name(), address.text("ip"), port, true));
      }
      for (Tree address : subset.items("notReadyAddresses").trees()) {
        written.add(Backends.backend(endpoints.name(), address.text("ip"), port, false));
      }
    }
    return written;
  }

  private static List<String> listed(KubeObject slice) {
    long port = slice.tree().items("ports").tree(0).number(0, "port");
    return slice.tree().items("endpoints").trees().stream()
        .map(
            endpoint ->
                Backends.backend(
                    slice.labels().getOrDefault(SERVICE_NAME, ""),
                    endpoint.items("addresses").texts().get(0),
                    port,
                    endpoint.isTrue("conditions", "ready")))
        .toList();
  }
}
