package io.kuber.controller.namespace;

import static org.assertj.core.api.Assertions.assertThat;

import io.kuber.controller.ControlPlane;
import io.kuber.controller.namespace.ForeignContent.Found;
import io.kuber.object.KubeObject;
import io.kuber.resource.Resources;
import io.kuber.view.Condition;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Namespaces that hold something in other servers of the API. */
final class ForeignContentTest {
  private Found found = Found.UNKNOWN;

  private final ControlPlane plane =
      new ControlPlane(new NamespaceController(() -> Resources.ALL, (namespace, uid) -> found));

  @BeforeEach
  void deleteNamespace() {
    plane.create(Resources.NAMESPACES, "{metadata: {name: team}}");
    plane.delete(Resources.NAMESPACES, team(), "");
  }

  private KubeObject team() {
    return plane.get(Resources.NAMESPACES, "team").orElseThrow();
  }

  private Condition condition(String type) {
    return Condition.find(team().status(), type).orElseThrow();
  }

  private void finds(Found next) {
    found = next;
    plane.advance(Duration.ofSeconds(3));
  }

  @Test
  void waitsUntilTheyWereAsked() {
    plane.advance(Duration.ofMinutes(1));
    assertThat(team().isBeingDeleted()).isTrue();
    finds(Found.NOTHING);
    assertThat(plane.get(Resources.NAMESPACES, "team")).isEmpty();
  }

  @Test
  void tellsWhoseContentIsNotKnown() {
    finds(new Found(true, List.of("a.example/v1: stale"), List.of(), Map.of(), Map.of()));
    Condition failure = condition("NamespaceDeletionDiscoveryFailure");
    assertThat(failure.isTrue()).isTrue();
    assertThat(failure.reason()).isEqualTo("DiscoveryFailed");
    assertThat(failure.tree().text("message"))
        .isEqualTo(
            "Discovery failed for some groups, 1 failing: unable to retrieve the complete list of"
                + " server APIs: a.example/v1: stale");
    finds(Found.NOTHING);
    assertThat(plane.get(Resources.NAMESPACES, "team")).isEmpty();
  }

  @Test
  void tellsWhatCouldNotBeDeletedAndWhatIsLeft() {
    finds(
        new Found(
            true,
            List.of(),
            List.of("it answers 500"),
            Map.of("orders.a.example", 2),
            Map.of("a.example/hold", 2)));
    assertThat(condition("NamespaceDeletionContentFailure").tree().text("message"))
        .isEqualTo("Failed to delete all resource types, 1 remaining: it answers 500");
    assertThat(condition("NamespaceContentRemaining").tree().text("message"))
        .isEqualTo("Some resources are remaining: orders.a.example has 2 resource instances");
    assertThat(condition("NamespaceFinalizersRemaining").tree().text("message"))
        .endsWith("finalizers remaining: a.example/hold in 2 resource instances");
    finds(Found.NOTHING);
    assertThat(plane.get(Resources.NAMESPACES, "team")).isEmpty();
  }
}
