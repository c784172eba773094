package io.kuber.controller.serviceaccount;

import static org.assertj.core.api.Assertions.assertThat;

import io.kuber.client.Client.DeleteOptions;
import io.kuber.controller.namespace.NamespaceController;
import io.kuber.controller.simulation.Seeds;
import io.kuber.controller.simulation.Simulation;
import io.kuber.controller.simulation.Step;
import io.kuber.controller.simulation.Teams;
import io.kuber.object.Items;
import io.kuber.object.KubeObject;
import io.kuber.resource.ResourceType;
import io.kuber.resource.Resources;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** Every namespace has its account, and no account is ever touched, whatever goes wrong. */
final class ServiceAccountSimulationTest {
  private static final ResourceType ACCOUNTS = Resources.SERVICE_ACCOUNTS;
  private static final Duration TROUBLE = Duration.ofSeconds(30);
  private static final Duration REST = Duration.ofMinutes(4);
  private static final String HOLD = "example.com/hold";

  private static final List<Consumer<Simulation>> DEEDS = deeds();

  private static List<Consumer<Simulation>> deeds() {
    List<Consumer<Simulation>> deeds = new ArrayList<>(Teams.DEEDS);
    deeds.add(ServiceAccountSimulationTest::delete);
    deeds.add(ServiceAccountSimulationTest::hold);
    deeds.add(ServiceAccountSimulationTest::change);
    deeds.add(cluster -> cluster.any(held(cluster)).ifPresent(held -> release(cluster, held)));
    return deeds;
  }

  private static Optional<KubeObject> any(Simulation cluster) {
    return cluster.any(cluster.list(ACCOUNTS));
  }

  private static void delete(Simulation cluster) {
    any(cluster)
        .ifPresent(
            account ->
                cluster
                    .people()
                    .delete(
                        ACCOUNTS,
                        account.namespace(),
                        account.name(),
                        DeleteOptions.ofUid(account.uid())));
  }

  /** It stays for a while when it is deleted, and counts as there. */
  private static void hold(Simulation cluster) {
    any(cluster)
        .filter(account -> !account.isBeingDeleted())
        .ifPresent(
            account ->
                cluster
                    .people()
                    .update(ACCOUNTS, account.with(Items.of(HOLD), "metadata", "finalizers")));
  }

  private static List<KubeObject> held(Simulation cluster) {
    return cluster.list(ACCOUNTS).stream()
        .filter(account -> account.finalizers().contains(HOLD))
        .toList();
  }

  private static void release(Simulation cluster, KubeObject held) {
    cluster.people().update(ACCOUNTS, held.without("metadata", "finalizers"));
  }

  private static void change(Simulation cluster) {
    any(cluster)
        .ifPresent(
            account ->
                cluster
                    .people()
                    .update(ACCOUNTS, account.with(false, "automountServiceAccountToken")));
  }

  @Test
  void givesEveryNamespaceItsAccount() {
    Seeds.each(
        seed -> {
          Simulation cluster =
              Simulation.of(seed)
                  .running(
                      ServiceAccountController::new,
                      () -> new NamespaceController(Simulation::types));
          cluster.always("accounts are made, not changed", ServiceAccountSimulationTest::onlyMakes);
          cluster.during(TROUBLE, 24, DEEDS);
          cluster.rest(REST);
          held(cluster).forEach(held -> release(cluster, held));
          cluster.rest(REST);
          cluster.conclude(
              () ->
                  assertThat(cluster.list(ACCOUNTS))
                      .noneMatch(KubeObject::isBeingDeleted)
                      .extracting(account -> account.namespace() + "/" + account.name())
                      .containsExactlyInAnyOrderElementsOf(
                          Teams.living(cluster).stream().map(name -> name + "/default").toList()));
          long revision = cluster.revision();
          cluster.rest(REST);
          assertThat(cluster.revision()).as("writes at rest").isEqualTo(revision);
        });
  }

  /** Only a namespace that goes takes its account with it. */
  private static void onlyMakes(Step step) {
    if (step.byController() && step.isOf(ACCOUNTS)) {
      boolean lives = Teams.lives(step, step.delta().key());
      assertThat(step.delta().before() == null).as("new").isEqualTo(lives);
      assertThat(step.deletes()).as("deletes").isEqualTo(!lives);
      assertThat(step.delta().key().name()).isEqualTo("default");
    }
  }
}
