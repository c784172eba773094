package io.kuber.controller.serviceaccounttoken;

import static org.assertj.core.api.Assertions.assertThat;

import io.kuber.client.Client.DeleteOptions;
import io.kuber.controller.simulation.Seeds;
import io.kuber.controller.simulation.Simulation;
import io.kuber.controller.simulation.Step;
import io.kuber.object.Items;
import io.kuber.object.KubeObject;
import io.kuber.object.Tree;
import io.kuber.resource.ResourceType;
import io.kuber.resource.Resources;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** Secrets hold the token of the account that they name, and none outlives it, come what may. */
final class AccountTokenSimulationTest {
  private static final ResourceType SECRETS = Resources.SECRETS;
  private static final ResourceType ACCOUNTS = Resources.SERVICE_ACCOUNTS;
  private static final String TYPE = "kubernetes.io/service-account-token";
  private static final String NAME = "kubernetes.io/service-account.name";
  private static final String UID = "kubernetes.io/service-account.uid";
  private static final Duration TROUBLE = Duration.ofSeconds(30);
  private static final Duration REST = Duration.ofMinutes(4);
  private static final int NAMES = 3;

  private static final List<Consumer<Simulation>> DEEDS =
      List.of(
          AccountTokenSimulationTest::createAccount,
          AccountTokenSimulationTest::createAccount,
          cluster -> createSecret(cluster, TYPE),
          cluster -> createSecret(cluster, TYPE),
          cluster -> createSecret(cluster, "Opaque"),
          cluster -> change(cluster, "token"),
          cluster -> change(cluster, "ca.crt"),
          cluster -> delete(cluster, SECRETS),
          cluster -> delete(cluster, ACCOUNTS));

  /** Refused when it is there. Names a Secret that may come, or have gone. */
  private static void createAccount(Simulation cluster) {
    Tree secret = Tree.of("name", "secret-" + cluster.below(NAMES));
    cluster
        .people()
        .create(
            ACCOUNTS,
            ACCOUNTS
                .object("default", "account-" + cluster.below(NAMES))
                .with(Items.of(secret), "secrets"));
  }

  private static void createSecret(Simulation cluster, String type) {
    String account = "account-" + cluster.below(NAMES);
    cluster
        .people()
        .create(
            SECRETS,
            SECRETS
                .object("default", "secret-" + cluster.below(NAMES))
                .with(type, "type")
                .with(Tree.of(NAME, account), "metadata", "annotations"));
  }

  private static void change(Simulation cluster, String entry) {
    cluster
        .any(cluster.list(SECRETS))
        .ifPresent(secret -> cluster.people().update(SECRETS, secret.without("data", entry)));
  }

  private static void delete(Simulation cluster, ResourceType type) {
    cluster
        .any(cluster.list(type))
        .ifPresent(
            object ->
                cluster
                    .people()
                    .delete(type, "default", object.name(), DeleteOptions.ofUid(object.uid())));
  }

  @Test
  void fillsSecretsOfAccountsThatAreThere() {
    Seeds.each(
        seed -> {
          Simulation cluster =
              Simulation.of(seed)
                  .running(() -> new AccountTokenController(new PlainTokens(), "PEM"));
          cluster.always("deletes only what has no account", this::hasNoAccount);
          cluster.during(TROUBLE, 40, DEEDS);
          cluster.rest(REST);
          cluster.conclude(() -> check(cluster));
          long revision = cluster.revision();
          cluster.rest(REST);
          assertThat(cluster.revision()).as("writes at rest").isEqualTo(revision);
        });
  }

  /** What a controller deletes is a token whose account is not there when it goes. */
  private void hasNoAccount(Step step) {
    if (step.byController() && step.isOf(SECRETS) && step.deletes()) {
      KubeObject secret = step.delta().after().object();
      assertThat(secret.tree().text("type")).isEqualTo(TYPE);
      String uid = secret.annotations().getOrDefault(UID, "");
      assertThat(step.all(ACCOUNTS))
          .noneMatch(account -> !uid.isEmpty() && account.uid().equals(uid));
    }
  }

  private static void check(Simulation cluster) {
    for (KubeObject secret : cluster.list(SECRETS)) {
      if (!secret.tree().text("type").equals(TYPE)) {
        assertThat(secret.tree().tree("data").isEmpty()).isTrue();
        continue;
      }
      Optional<KubeObject> account =
          cluster.list(ACCOUNTS).stream()
              .filter(found -> found.name().equals(secret.annotations().get(NAME)))
              .findFirst();
      assertThat(account).as("account of %s", secret.name()).isPresent();
      assertThat(secret.annotations()).containsEntry(UID, account.get().uid());
      assertThat(secret.tree().tree("data").texts()).containsKeys("token", "ca.crt", "namespace");
    }
  }
}
