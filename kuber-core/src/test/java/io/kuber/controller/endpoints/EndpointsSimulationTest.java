package io.kuber.controller.endpoints;

import static org.assertj.core.api.Assertions.assertThat;

import io.kuber.controller.simulation.Backends;
import io.kuber.controller.simulation.Lots;
import io.kuber.controller.simulation.Seeds;
import io.kuber.controller.simulation.Simulation;
import io.kuber.controller.simulation.Step;
import io.kuber.json.Yaml;
import io.kuber.object.Items;
import io.kuber.object.KubeObject;
import io.kuber.object.Tree;
import io.kuber.resource.ResourceType;
import io.kuber.resource.Resources;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/**
 * Endpoints come to list the pods of their Service and end with it, those that people wrote as
 * well, whatever goes wrong.
 */
final class EndpointsSimulationTest {
  private static final ResourceType ENDPOINTS = Resources.ENDPOINTS;
  private static final ResourceType SERVICES = Resources.SERVICES;
  private static final Duration TROUBLE = Duration.ofSeconds(40);
  private static final Duration REST = Duration.ofMinutes(4);

  private static final Items BY_HAND =
      Yaml.parse(
              "s: [{addresses: [{ip: 192.0.2.1}], ports: [{port: 1}]}]"
                  .getBytes(StandardCharsets.UTF_8))
          .items("s");

  private static final List<Consumer<Simulation>> DEEDS = deeds();

  private static List<Consumer<Simulation>> deeds() {
    List<Consumer<Simulation>> deeds = new ArrayList<>(Backends.DEEDS);
    deeds.add(EndpointsSimulationTest::createByHand);
    deeds.add(EndpointsSimulationTest::createByHand);
    deeds.add(cluster -> Backends.delete(cluster, SERVICES));
    deeds.add(cluster -> Backends.delete(cluster, ENDPOINTS));
    deeds.add(change(endpoints -> endpoints.with(BY_HAND, "subsets")));
    deeds.add(change(endpoints -> endpoints.without("subsets")));
    deeds.add(change(endpoints -> endpoints.without("metadata", "labels")));
    return deeds;
  }

  private static Consumer<Simulation> change(UnaryOperator<KubeObject> changed) {
    return cluster -> Backends.change(cluster, ENDPOINTS, changed);
  }

  /** A Service without a selector, for now, and its Endpoints. */
  private static void createByHand(Simulation cluster) {
    String name = "hand-" + cluster.below(3);
    Tree spec = Tree.of("ports", Items.of(Tree.of("port", 80L, "targetPort", "http")));
    cluster
        .people()
        .create(SERVICES, SERVICES.object("default", name).with(spec, "spec"))
        .thenCompose(
            service ->
                cluster
                    .people()
                    .create(ENDPOINTS, ENDPOINTS.object("default", name).with(BY_HAND, "subsets")));
  }

  @Test
  void comesToListThePodsOfEveryService() {
    Seeds.each(
        seed -> {
          Simulation cluster =
              Simulation.of(seed)
                  .running(EndpointsController::new)
                  .pods(Lots.TROUBLED, Lots.CALM)
                  .nodes(2);
          Map<String, Long> gone = new HashMap<>();
          cluster.always("what has its Service stays", step -> staysWithItsService(step, gone));
          cluster.during(TROUBLE, 40, DEEDS);
          cluster.rest(REST);
          cluster.conclude(() -> check(cluster));
          long revision = cluster.revision();
          cluster.rest(REST);
          assertThat(cluster.revision()).as("writes at rest").isEqualTo(revision);
        });
  }

  /**
   * A controller deletes only what outlived a Service.
   *
   * @param gone the last revision at which a Service of a name went
   */
  private static void staysWithItsService(Step step, Map<String, Long> gone) {
    String name = step.delta().key().name();
    if (step.isOf(SERVICES) && step.delta().deleted()) {
      gone.put(name, step.delta().revision());
    } else if (step.byController() && step.isOf(ENDPOINTS) && step.deletes()) {
      assertThat(gone).containsKey(name);
    }
  }

  private static void check(Simulation cluster) {
    assertThat(cluster.list(SERVICES))
        .extracting(KubeObject::name)
        .containsAll(cluster.list(ENDPOINTS).stream().map(KubeObject::name).toList());
    for (KubeObject service : Backends.selecting(cluster)) {
      KubeObject endpoints = cluster.find(ENDPOINTS, service.name()).orElseThrow();
      assertThat(listed(endpoints))
          .containsExactlyInAnyOrderElementsOf(Backends.expected(cluster, service));
      assertThat(endpoints.labels()).containsAllEntriesOf(service.labels());
    }
  }

  private static List<String> listed(KubeObject endpoints) {
    List<String> listed = new ArrayList<>();
    for (Tree subset : endpoints.tree().items("subsets").trees()) {
      for (Tree port : subset.items("ports").trees()) {
        add(subset.items("addresses"), port, true, listed);
        add(subset.items("notReadyAddresses"), port, false, listed);
      }
    }
    return listed;
  }

  private static void add(Items addresses, Tree port, boolean ready, List<String> listed) {
    for (Tree address : addresses.trees()) {
      String uid = address.text("targetRef", "uid");
      listed.add(Backends.backend(uid, address.text("ip"), port.number(0, "port"), ready));
    }
  }
}
