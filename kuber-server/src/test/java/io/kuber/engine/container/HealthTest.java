package io.kuber.engine.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kuber.object.Items;
import io.kuber.object.Tree;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What checks say of a container. */
final class HealthTest {
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
  private static final List<String> SHELL = List.of("/bin/sh", "-c");
  private static final HealthPlan PLAN =
      new HealthPlan(
          List.of("true"), Duration.ofSeconds(1), Duration.ofSeconds(1), Duration.ofSeconds(10), 2);

  private static Health.Check check(long second, int code) {
    return new Health.Check(START.plusSeconds(second), START.plusSeconds(second), code, "");
  }

  @Test
  void failuresCountOnceTheStartIsOverAndTwoAreEnough() {
    Health early = Health.STARTING.after(check(1, 1), PLAN, START).after(check(2, 1), PLAN, START);
    assertThat(early.status()).isEqualTo("starting");
    Health once = early.after(check(11, 1), PLAN, START);
    assertThat(once.status()).isEqualTo("starting");
    Health twice = once.after(check(12, 1), PLAN, START);
    assertThat(twice.status()).isEqualTo("unhealthy");
    assertThat(twice.streak()).isEqualTo(2);
    assertThat(twice.after(check(13, 0), PLAN, START).status()).isEqualTo("healthy");
  }

  @Test
  void failuresCountAfterAFirstSuccessEvenEarly() {
    Health well = Health.STARTING.after(check(1, 0), PLAN, START);
    assertThat(well.words()).isEqualTo("healthy");
    Health ill = well.after(check(2, 1), PLAN, START).after(check(3, -1), PLAN, START);
    assertThat(ill.status()).isEqualTo("unhealthy");
  }

  @Test
  void remembersTheLastFiveChecks() {
    Health health = Health.STARTING;
    for (int i = 0; i < 9; i++) {
      health = health.after(check(i, 0), PLAN, START);
    }
    assertThat(health.log()).hasSize(Health.MOST_CHECKS).first().isEqualTo(check(4, 0));
  }

  @Test
  void clientsOverwriteWhatImagesSayFieldByField() {
    Tree image =
        Tree.of(
            "Healthcheck",
            Tree.of("Test", Items.of("CMD-SHELL", "look"), "Interval", 5_000_000_000L));
    Tree client = Tree.of("Healthcheck", Tree.of("Retries", 7L));
    HealthPlan plan = HealthPlan.of(HealthPlan.complete(client, image), SHELL).orElseThrow();
    assertThat(plan.command()).containsExactly("/bin/sh", "-c", "look");
    assertThat(plan.interval()).isEqualTo(Duration.ofSeconds(5));
    assertThat(plan.timeout()).isEqualTo(Duration.ofSeconds(30));
    assertThat(plan.retries()).isEqualTo(7);
    Tree none = Tree.of("Healthcheck", Tree.of("Test", Items.of("NONE")));
    assertThat(HealthPlan.of(HealthPlan.complete(none, image), SHELL)).isEmpty();
  }

  @Test
  void namesTheFlagThatIsWrong() {
    Tree short1 = Tree.of("Healthcheck", Tree.of("Test", Items.of("CMD", "x"), "Interval", 5L));
    assertThatThrownBy(() -> HealthPlan.of(short1, SHELL))
        .hasMessageStartingWith("--health-interval: ");
  }
}
