package io.kuber.controller.servicelb;

import static org.assertj.core.api.Assertions.assertThat;

import io.kuber.controller.simulation.Seeds;
import io.kuber.controller.simulation.Simulation;
import io.kuber.controller.simulation.Step;
import io.kuber.object.KubeObject;
import io.kuber.resource.ResourceType;
import io.kuber.resource.Resources;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** No address is ever given twice, and none lies idle that a Service waits for. */
final class BalancerSimulationTest {
  private static final ResourceType SERVICES = Resources.SERVICES;
  private static final Duration TROUBLE = Duration.ofSeconds(30);
  private static final Duration REST = Duration.ofMinutes(4);
  private static final BalancerPool POOL = BalancerPool.parse("192.0.2.10-192.0.2.14");
  private static final int MANY = 1_000_000;

  private static final List<Consumer<Simulation>> DEEDS =
      List.of(
          cluster -> create(cluster, "LoadBalancer", ""),
          cluster -> create(cluster, "LoadBalancer", ""),
          cluster -> create(cluster, "LoadBalancer", "loadBalancerIP: 192.0.2.12"),
          cluster -> create(cluster, "LoadBalancer", "loadBalancerIP: 198.51.100.1"),
          cluster -> create(cluster, "ClusterIP", ""),
          cluster -> change(cluster, "type", "LoadBalancer"),
          cluster -> change(cluster, "type", "NodePort"),
          cluster -> change(cluster, "loadBalancerIP", "192.0.2.13"),
          cluster ->
              cluster.any(cluster.list(SERVICES)).ifPresent(s -> cluster.delete(SERVICES, s, 0)),
          cluster ->
              cluster.any(cluster.list(SERVICES)).ifPresent(s -> cluster.delete(SERVICES, s, 0)));

  private static void create(Simulation cluster, String type, String further) {
    cluster.create(
        SERVICES,
        "{metadata: {name: s%d}, spec: {type: %s, ports: [{port: 80}], %s}}"
            .formatted(cluster.below(MANY), type, further));
  }

  private static void change(Simulation cluster, String field, String value) {
    cluster
        .any(cluster.list(SERVICES))
        .ifPresent(s -> cluster.people().update(SERVICES, s.with(value, "spec", field)));
  }

  @Test
  void givesEachAddressToOneService() {
    Seeds.each(
        seed -> {
          Simulation cluster = Simulation.of(seed).running(() -> new BalancerController(POOL));
          cluster.always("an address is one service's", BalancerSimulationTest::isOneServices);
          cluster.during(TROUBLE, 40, DEEDS);
          cluster.rest(REST);
          cluster.conclude(
              () -> cluster.list(SERVICES).forEach(service -> isServed(cluster, service)));
          long revision = cluster.revision();
          cluster.rest(REST);
          assertThat(cluster.revision()).as("writes at rest").isEqualTo(revision);
        });
  }

  private static void isOneServices(Step step) {
    if (step.byController() && step.isOf(SERVICES) && !step.delta().deleted()) {
      for (String address : Balancing.addresses(step.delta().after().object())) {
        assertThat(step.all(SERVICES))
            .filteredOn(other -> Balancing.addresses(other).contains(address))
            .hasSizeLessThan(2);
      }
    }
  }

  private static void isServed(Simulation cluster, KubeObject service) {
    List<String> addresses = Balancing.addresses(service);
    String wish = Balancing.wish(service);
    List<KubeObject> all = cluster.list(SERVICES);
    if (!Balancing.isBalanced(service)) {
      assertThat(addresses).isEmpty();
    } else if (!addresses.isEmpty()) {
      assertThat(addresses).hasSize(1).allMatch(POOL::contains);
      assertThat(wish).isIn("", addresses.get(0));
    } else if (wish.isEmpty()) {
      assertThat(POOL.addresses()).allMatch(address -> isTaken(all, address));
    } else {
      assertThat(!POOL.contains(wish) || isTaken(all, wish))
          .as("%s is not to be had", wish)
          .isTrue();
    }
  }

  private static boolean isTaken(List<KubeObject> services, String address) {
    return services.stream().anyMatch(other -> Balancing.addresses(other).contains(address));
  }
}
