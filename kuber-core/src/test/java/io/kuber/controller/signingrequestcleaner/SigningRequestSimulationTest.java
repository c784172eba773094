package io.kuber.controller.signingrequestcleaner;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.kuber.controller.simulation.Seeds;
import io.kuber.controller.simulation.Simulation;
import io.kuber.controller.simulation.Step;
import io.kuber.object.Items;
import io.kuber.object.KubeObject;
import io.kuber.object.Tree;
import io.kuber.resource.ResourceType;
import io.kuber.resource.Resources;
import io.kuber.view.Condition;
import io.kuber.view.Timestamps;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** Requests go a while after they were decided, and none goes too soon, whatever goes wrong. */
final class SigningRequestSimulationTest {
  private static final ResourceType REQUESTS = Resources.CERTIFICATE_SIGNING_REQUESTS;
  private static final Duration TROUBLE = Duration.ofMinutes(5);
  private static final Duration DAY = Duration.ofHours(25);
  private static final int NAMES = 6;

  private static final String WISH =
      Base64.getEncoder()
          .encodeToString(
              "-----BEGIN CERTIFICATE REQUEST-----\nMIIB\n-----END CERTIFICATE REQUEST-----\n"
                  .getBytes(UTF_8));

  private static final List<Consumer<Simulation>> DEEDS =
      List.of(
          SigningRequestSimulationTest::create,
          SigningRequestSimulationTest::create,
          cluster -> decide(cluster, "Approved"),
          cluster -> decide(cluster, "Denied"),
          SigningRequestSimulationTest::sign);

  /** Refused when it is there. */
  private static void create(Simulation cluster) {
    cluster
        .people()
        .create(
            REQUESTS,
            REQUESTS
                .object("", "wish-" + cluster.below(NAMES))
                .with(
                    Tree.of(
                        "request",
                        WISH,
                        "signerName",
                        "example.com/shop",
                        "usages",
                        Items.of("client auth")),
                    "spec"));
  }

  /** Refused when it was decided otherwise. */
  private static void decide(Simulation cluster, String how) {
    Tree condition =
        Condition.of(how, "True", "Because", "", cluster.now())
            .with("lastUpdateTime", Timestamps.seconds(cluster.now()))
            .tree();
    cluster
        .any(cluster.list(REQUESTS))
        .ifPresent(
            request ->
                cluster
                    .people()
                    .updateSubresource(
                        REQUESTS,
                        "approval",
                        request.with(Items.of(condition), "status", "conditions")));
  }

  private static void sign(Simulation cluster) {
    cluster
        .any(cluster.list(REQUESTS))
        .filter(request -> Condition.find(request.status(), "Approved").isPresent())
        .ifPresent(
            request ->
                cluster
                    .people()
                    .updateSubresource(
                        REQUESTS, "status", request.with(WISH, "status", "certificate")));
  }

  @Test
  void takesRequestsWhoseTimeIsOver() {
    Seeds.each(
        seed -> {
          Simulation cluster = Simulation.of(seed).running(SigningRequestController::new);
          cluster.always("its time is over", step -> isOver(step, cluster.now()));
          cluster.during(TROUBLE, 30, DEEDS);
          cluster.rest(DAY);
          cluster.conclude(
              () ->
                  assertThat(cluster.list(REQUESTS))
                      .noneMatch(request -> isOver(request, cluster.now())));
          long revision = cluster.revision();
          cluster.rest(DAY);
          assertThat(cluster.revision()).as("writes at rest").isEqualTo(revision);
        });
  }

  /** The controller does nothing but delete, and only what is over as it is now. */
  private static void isOver(Step step, Instant now) {
    if (step.byController()) {
      assertThat(step.deletes()).isTrue();
      assertThat(isOver(step.delta().after().object(), now)).isTrue();
    }
  }

  private static boolean isOver(KubeObject request, Instant now) {
    Tree status = request.status();
    if (status.items("conditions").isEmpty()) {
      Instant made = Timestamps.parse(request.metadata().text("creationTimestamp"));
      return !made.plus(Duration.ofHours(24)).isAfter(now);
    }
    Instant decided = new Condition(status.items("conditions").tree(0)).updatedAt();
    boolean isOpen =
        Condition.find(status, "Approved").isPresent() && status.text("certificate").isEmpty();
    return !isOpen && !decided.plus(Duration.ofHours(1)).isAfter(now);
  }
}
