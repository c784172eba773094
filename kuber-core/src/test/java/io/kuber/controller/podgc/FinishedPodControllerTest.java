package io.kuber.controller.podgc;

import static org.assertj.core.api.Assertions.assertThat;

import io.kuber.controller.ControlPlane;
import io.kuber.resource.Resources;
import java.time.Duration;
import org.junit.jupiter.api.Test;

final class FinishedPodControllerTest {
  private static final String POD =
      "{metadata: {name: %s}, spec: {containers: [{name: a, image: b}]}}";

  @Test
  void deletesTheOldestThatHaveEnded() {
    ControlPlane plane = new ControlPlane(new FinishedPodController(2));
    for (String name : new String[] {"old", "running", "older", "new"}) {
      plane.create(Resources.PODS, POD.formatted(name));
      plane.advance(Duration.ofSeconds(2));
    }
    for (String name : new String[] {"old", "older", "new"}) {
      plane.status(Resources.PODS, name, "{phase: Failed}");
    }
    assertThat(plane.names(Resources.PODS)).containsExactly("new", "older", "running");
  }

  @Test
  void deletesEvictedOnesBeforeOthers() {
    ControlPlane plane = new ControlPlane(new FinishedPodController(2));
    for (String name : new String[] {"a", "b", "evicted"}) {
      plane.create(Resources.PODS, POD.formatted(name));
      plane.advance(Duration.ofSeconds(2));
    }
    plane.status(Resources.PODS, "evicted", "{phase: Failed, reason: Evicted}");
    plane.status(Resources.PODS, "a", "{phase: Succeeded}");
    plane.status(Resources.PODS, "b", "{phase: Succeeded}");
    assertThat(plane.names(Resources.PODS)).containsExactly("a", "b");
  }
}
