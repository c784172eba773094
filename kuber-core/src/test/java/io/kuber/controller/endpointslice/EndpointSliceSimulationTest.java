package io.kuber.controller.endpointslice;

import static org.assertj.core.api.Assertions.assertThat;

import io.kuber.controller.garbage.GarbageController;
import io.kuber.controller.simulation.Backends;
import io.kuber.controller.simulation.Lots;
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

/** Slices come to list every pod once, whatever people do to them and whatever goes wrong. */
final class EndpointSliceSimulationTest {
  private static final ResourceType SLICES = Resources.ENDPOINT_SLICES;
  private static final String SERVICE_NAME = "kubernetes.io/service-name";
  private static final String MANAGED_BY = "endpointslice.kubernetes.io/managed-by";
  private static final Duration TROUBLE = Duration.ofSeconds(40);
  private static final Duration REST = Duration.ofMinutes(4);

  private static final List<Consumer<Simulation>> DEEDS = deeds();

  private static List<Consumer<Simulation>> deeds() {
    List<Consumer<Simulation>> deeds = new ArrayList<>(Backends.DEEDS);
    deeds.add(cluster -> Backends.delete(cluster, SLICES));
    deeds.add(change(slice -> slice.with(Items.EMPTY, "endpoints")));
    deeds.add(change(slice -> slice.without("metadata", "ownerReferences")));
    deeds.add(change(slice -> slice.with("me", "metadata", "labels", MANAGED_BY)));
    deeds.add(change(slice -> slice.with("two", "metadata", "labels", SERVICE_NAME)));
    return deeds;
  }

  private static Consumer<Simulation> change(UnaryOperator<KubeObject> changed) {
    return cluster -> Backends.change(cluster, SLICES, changed);
  }

  @Test
  void comesToListEveryPodOnce() {
    Seeds.each(
        seed -> {
          Simulation cluster =
              Simulation.of(seed)
                  .running(
                      EndpointSliceController::new, () -> new GarbageController(Simulation::types))
                  .pods(Lots.TROUBLED, Lots.CALM)
                  .nodes(2);
          cluster.always("one slice for the same ports", EndpointSliceSimulationTest::oneForPorts);
          cluster.during(TROUBLE, 40, DEEDS);
          cluster.rest(REST);
          cluster.conclude(() -> check(cluster));
          long revision = cluster.revision();
          cluster.rest(REST);
          assertThat(cluster.revision()).as("writes at rest").isEqualTo(revision);
        });
  }

  private static boolean isOurs(KubeObject slice) {
    return EndpointSlicePlanner.isOurs(slice);
  }

  /** There are too few pods for a second one. */
  private static void oneForPorts(Step step) {
    if (step.isOf(SLICES)) {
      assertThat(
              step.all(SLICES).stream()
                  .filter(slice -> isOurs(slice) && slice.controller().isPresent())
                  .map(slice -> slice.controller().get().uid() + " " + slice.tree().items("ports")))
          .doesNotHaveDuplicates();
    }
  }

  private static void check(Simulation cluster) {
    for (KubeObject service : Backends.selecting(cluster)) {
      List<KubeObject> slices =
          cluster.list(SLICES).stream()
              .filter(slice -> EndpointSlicePlanner.serviceOf(slice).equals(service.name()))
              .toList();
      assertThat(slices)
          .isNotEmpty()
          .allMatch(
              slice ->
                  slice
                      .controller()
                      .filter(owner -> owner.uid().equals(service.uid()))
                      .isPresent());
      List<String> expected = Backends.expected(cluster, service);
      assertThat(slices.stream().flatMap(slice -> listed(slice).stream()))
          .containsExactlyInAnyOrderElementsOf(expected);
      assertThat(slices)
          .as("none without endpoints but the one that stands for nothing")
          .allMatch(slice -> !listed(slice).isEmpty() || expected.isEmpty());
    }
    assertThat(cluster.list(SLICES).stream().flatMap(slice -> slice.controller().stream()))
        .allMatch(
            owner ->
                cluster.list(Resources.SERVICES).stream()
                    .anyMatch(service -> service.uid().equals(owner.uid())));
  }

  private static List<String> listed(KubeObject slice) {
    List<String> listed = new ArrayList<>();
    for (Tree endpoint : slice.tree().items("endpoints").trees()) {
      listed.add(
          Backends.backend(
              endpoint.text("targetRef", "uid"),
              endpoint.items("addresses").texts().get(0),
              slice.tree().items("ports").tree(0).number(0, "port"),
              endpoint.isTrue("conditions", "ready")));
    }
    return listed;
  }
}
