package io.kuber.view;

import static org.assertj.core.api.Assertions.assertThat;

import io.kuber.controller.ControlPlane;
import io.kuber.object.KubeObject;
import io.kuber.reconcile.Controller;
import io.kuber.reconcile.Plan;
import io.kuber.reconcile.Trigger;
import io.kuber.resource.Resources;
import io.kuber.selector.LabelSelector;
import io.kuber.store.Key;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ViewTest {
  /** Selects pods whenever one changes. */
  private static final class Selecting implements Controller {
    private final LabelSelector selector;
    private List<String> selected = List.of();

    Selecting(String selector) {
      this.selector = LabelSelector.parse(selector);
    }

    @Override
    public String name() {
      return "selecting";
    }

    @Override
    public List<Trigger> triggers() {
      return List.of(Trigger.itself(Resources.PODS));
    }

    @Override
    public Plan plan(View view, Key key, Instant now) {
      selected =
          view.select(Resources.PODS, "default", selector).stream().map(KubeObject::name).toList();
      return Plan.NOTHING;
    }
  }

  private final Selecting both = new Selecting("app=web,tier=front");
  private final Selecting others = new Selecting("app!=web");
  private final ControlPlane plane = new ControlPlane(both, others);

  private KubeObject pod(String name, String labels) {
    return plane.create(
        Resources.PODS,
        "{metadata: {name: %s, labels: %s}, spec: {containers: [{name: c, image: i}]}}"
            .formatted(name, labels));
  }

  @Test
  void selectsPodsByAllLabels() {
    pod("a", "{app: web, tier: front}");
    pod("b", "{app: web, tier: back}");
    pod("c", "{app: db, tier: front}");
    assertThat(both.selected).containsExactly("a");
    assertThat(others.selected).containsExactly("c");
  }

  @Test
  void followsLabelsThatChange() {
    KubeObject pod = pod("a", "{app: web, tier: front}");
    KubeObject moved = plane.update(Resources.PODS, pod.with("back", "metadata", "labels", "tier"));
    assertThat(both.selected).isEmpty();
    plane.update(Resources.PODS, moved.with("front", "metadata", "labels", "tier"));
    assertThat(both.selected).containsExactly("a");
    plane.delete(Resources.PODS, pod, "");
    assertThat(both.selected).isEmpty();
  }
}
