package io.kuber.controller.namespace;

import static org.assertj.core.api.Assertions.assertThat;

import io.kuber.controller.ControlPlane;
import io.kuber.object.KubeObject;
import io.kuber.resource.Resources;
import io.kuber.view.Condition;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class NamespaceControllerTest {
  private final ControlPlane plane = new ControlPlane(new NamespaceController(() -> Resources.ALL));

  @BeforeEach
  void makeNamespace() {
    plane.create(Resources.NAMESPACES, "{metadata: {name: team}}");
  }

  private void create(String name, String finalizers) {
    plane.create(
        Resources.CONFIG_MAPS,
        "{metadata: {namespace: team, name: %s, finalizers: %s}}".formatted(name, finalizers));
  }

  private KubeObject team() {
    return plane.get(Resources.NAMESPACES, "team").orElseThrow();
  }

  private String message(String condition) {
    return Condition.find(team().status(), condition).orElseThrow().tree().text("message");
  }

  @Test
  void endsEmptyNamespaceAtOnce() {
    plane.delete(Resources.NAMESPACES, team(), "");
    assertThat(plane.names(Resources.NAMESPACES)).containsExactly("default");
  }

  @Test
  void takesItsContentAlong() {
    create("a", "[]");
    create("b", "[]");
    plane.create(Resources.CONFIG_MAPS, "{metadata: {name: elsewhere}}");
    plane.delete(Resources.NAMESPACES, team(), "");
    assertThat(plane.names(Resources.NAMESPACES)).containsExactly("default");
    assertThat(plane.names(Resources.CONFIG_MAPS)).containsExactly("elsewhere");
  }

  @Test
  void waitsForFinalizersAndSaysSo() {
    create("held", "[example.com/hold]");
    plane.delete(Resources.NAMESPACES, team(), "");
    assertThat(team().status().text("phase")).isEqualTo("Terminating");
    assertThat(message("NamespaceContentRemaining"))
        .isEqualTo("Some resources are remaining: configmaps. has 1 resource instances");
    assertThat(message("NamespaceFinalizersRemaining"))
        .isEqualTo(
            "Some content in the namespace has finalizers remaining: example.com/hold in 1 resource"
                + " instances");
    KubeObject held = plane.list(Resources.CONFIG_MAPS).get(0);
    plane.update(Resources.CONFIG_MAPS, held.without("metadata", "finalizers"));
    assertThat(plane.names(Resources.NAMESPACES)).containsExactly("default");
  }
}
