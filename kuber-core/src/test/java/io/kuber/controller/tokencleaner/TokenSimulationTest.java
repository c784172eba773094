package io.kuber.controller.tokencleaner;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.kuber.client.Client.DeleteOptions;
import io.kuber.controller.simulation.Seeds;
import io.kuber.controller.simulation.Simulation;
import io.kuber.controller.simulation.Step;
import io.kuber.object.KubeObject;
import io.kuber.object.Tree;
import io.kuber.resource.ResourceType;
import io.kuber.resource.Resources;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** Tokens go when their time is over, and none goes that was prolonged, whatever goes wrong. */
final class TokenSimulationTest {
  private static final ResourceType SECRETS = Resources.SECRETS;
  private static final String TOKEN = "bootstrap.kubernetes.io/token";
  private static final String NAMESPACE = "kube-system";
  private static final Duration TROUBLE = Duration.ofMinutes(1);
  private static final Duration REST = Duration.ofMinutes(10);
  private static final int NAMES = 6;

  private static final List<Consumer<Simulation>> DEEDS =
      List.of(
          cluster -> create(cluster, NAMESPACE, TOKEN),
          cluster -> create(cluster, NAMESPACE, TOKEN),
          cluster -> create(cluster, NAMESPACE, "Opaque"),
          cluster -> create(cluster, "default", TOKEN),
          cluster -> prolong(cluster, 3600),
          cluster -> prolong(cluster, cluster.below(60)),
          TokenSimulationTest::touch,
          TokenSimulationTest::delete);

  private static String end(Simulation cluster, int seconds) {
    String end = cluster.now().plusSeconds(seconds).toString();
    return Base64.getEncoder().encodeToString(end.getBytes(UTF_8));
  }

  /** Refused when it is there. Every fourth never ends. */
  private static void create(Simulation cluster, String namespace, String type) {
    KubeObject secret =
        SECRETS
            .object(namespace, "bootstrap-token-" + cluster.below(NAMES))
            .with(type, "type")
            .with(Tree.of("token-id", "", "expiration", end(cluster, cluster.below(60))), "data");
    cluster
        .people()
        .create(SECRETS, cluster.below(4) == 0 ? secret.without("data", "expiration") : secret);
  }

  private static void prolong(Simulation cluster, int seconds) {
    cluster
        .any(cluster.list(SECRETS))
        .ifPresent(
            secret ->
                cluster
                    .people()
                    .update(SECRETS, secret.with(end(cluster, seconds), "data", "expiration")));
  }

  /** A change that says nothing about the end. */
  private static void touch(Simulation cluster) {
    cluster
        .any(cluster.list(SECRETS))
        .ifPresent(
            secret ->
                cluster
                    .people()
                    .update(
                        SECRETS,
                        secret.with("n" + cluster.below(100), "metadata", "labels", "touched")));
  }

  private static void delete(Simulation cluster) {
    cluster
        .any(cluster.list(SECRETS))
        .ifPresent(
            secret ->
                cluster
                    .people()
                    .delete(
                        SECRETS,
                        secret.namespace(),
                        secret.name(),
                        DeleteOptions.ofUid(secret.uid())));
  }

  @Test
  void takesTokensWhoseTimeIsOver() {
    Seeds.each(
        seed -> {
          Simulation cluster = Simulation.of(seed).running(TokenController::new);
          cluster.create(Resources.NAMESPACES, "{metadata: {name: kube-system}}");
          cluster.always("its time is over", step -> isOver(step, cluster.now()));
          cluster.during(TROUBLE, 30, DEEDS);
          cluster.rest(REST);
          cluster.conclude(
              () ->
                  assertThat(cluster.list(SECRETS))
                      .noneMatch(secret -> isOver(secret, cluster.now())));
          long revision = cluster.revision();
          cluster.rest(REST);
          assertThat(cluster.revision()).as("writes at rest").isEqualTo(revision);
        });
  }

  /** Controllers do nothing but delete, and only what is over as it is now. */
  private static void isOver(Step step, Instant now) {
    if (step.byController()) {
      assertThat(step.deletes()).isTrue();
      assertThat(isOver(step.delta().after().object(), now)).isTrue();
    }
  }

  private static boolean isOver(KubeObject secret, Instant now) {
    String end = secret.tree().tree("data").text("expiration");
    return secret.namespace().equals(NAMESPACE)
        && secret.tree().text("type").equals(TOKEN)
        && !end.isEmpty()
        && !Instant.parse(new String(Base64.getDecoder().decode(end), UTF_8)).isAfter(now);
  }
}
