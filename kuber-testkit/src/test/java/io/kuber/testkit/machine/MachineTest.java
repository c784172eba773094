package io.kuber.testkit.machine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kuber.api.ApiException;
import io.kuber.object.KubeObject;
import io.kuber.object.Tree;
import io.kuber.resource.Resources;
import io.kuber.testkit.chaos.Fault;
import io.kuber.testkit.chaos.Requests;
import io.kuber.testkit.history.Disturbance;
import io.kuber.testkit.time.VirtualCluster;
import io.kuber.testkit.time.VirtualOptions;
import io.kuber.view.Timestamps;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Clients whose clocks are wrong, on virtual time. */
final class MachineTest {
  private static final Duration AWAY = Duration.ofMinutes(10);

  private final VirtualCluster cluster = VirtualCluster.start(VirtualOptions.of(8, 1));

  @AfterEach
  void close() {
    cluster.close();
  }

  private Machine machine(String name) {
    return cluster.machines().machine(name);
  }

  private Elector elector(String name, boolean isNaive) {
    Elector elector = new Elector(machine(name), isNaive);
    elector.begin();
    cluster.advance(Duration.ofSeconds(5));
    return elector;
  }

  private Tree lease() {
    return cluster.get(Resources.LEASES, "default", "operator").spec();
  }

  private String leader() {
    return lease().text("holderIdentity") + " after " + lease().number(0, "leaseTransitions");
  }

  @ParameterizedTest(name = "a clock that is {0} min ahead")
  @ValueSource(ints = {-10, 10})
  void letsTheLeaderLeadWhoseClockIsRightOrNot(int minutes) {
    Elector first = elector("a", false);
    elector("b", false);
    machine("a").skew(Duration.ofMinutes(minutes));
    cluster.advance(AWAY);
    assertThat(leader()).isEqualTo("a after 0");
    machine("b").skew(Duration.ofMinutes(minutes));
    machine("a").skew(Duration.ZERO);
    cluster.advance(AWAY);
    assertThat(leader()).isEqualTo("a after 0");
    first.end();
    cluster.advance(Elector.LEASE.plusSeconds(5));
    assertThat(leader()).isEqualTo("b after 1");
  }

  @Test
  void showsWhoBelievesTheTimesOfOthers() {
    elector("a", false);
    elector("naive", true);
    cluster.advance(AWAY);
    assertThat(leader()).isEqualTo("a after 0");
    machine("naive").skew(AWAY);
    cluster.advance(Duration.ofSeconds(5));
    assertThat(leader()).isEqualTo("naive after 1");
  }

  @Test
  void writesItsOwnTimesBesideThoseOfTheServer() {
    Machine machine = machine("reporter");
    machine.skew(AWAY.negated());
    String at = Timestamps.seconds(machine.clock().instant());
    KubeObject event =
        Resources.EVENTS
            .object("default", "late")
            .with(Tree.of("kind", "Pod", "namespace", "default", "name", "p"), "involvedObject")
            .with(at, "lastTimestamp");
    KubeObject written =
        machine.client().create(Resources.EVENTS, event).toCompletableFuture().join();
    assertThat(Instant.parse(written.tree().text("lastTimestamp")).plus(AWAY))
        .isEqualTo(cluster.now().truncatedTo(ChronoUnit.SECONDS));
    assertThat(written.metadata().text("creationTimestamp"))
        .isEqualTo(Timestamps.seconds(cluster.now()));
  }

  @Test
  void isKnownByItsName() {
    cluster.faults().when(Requests.writes().by("operator-a")).then(Fault.unavailable());
    KubeObject map = Resources.CONFIG_MAPS.object("default", "a");
    assertThatThrownBy(
            () ->
                machine("operator-a")
                    .client()
                    .create(Resources.CONFIG_MAPS, map)
                    .toCompletableFuture()
                    .join())
        .hasCauseInstanceOf(ApiException.class);
    KubeObject written =
        machine("operator-b")
            .client()
            .create(Resources.CONFIG_MAPS, map.with("b", "data", "a"))
            .toCompletableFuture()
            .join();
    assertThat(written.metadata().items("managedFields").tree(0).text("manager"))
        .isEqualTo("operator-b");
    machine("operator-b").skew(AWAY.negated());
    assertThat(cluster.history().disturbances())
        .last()
        .extracting(Disturbance::text)
        .isEqualTo("the clock of machine operator-b is 600.0 s behind");
  }
}
