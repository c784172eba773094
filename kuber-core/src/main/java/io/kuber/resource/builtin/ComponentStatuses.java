package io.kuber.resource.builtin;

import io.kuber.object.KubeObject;
import io.kuber.object.Tree;
import io.kuber.resource.Columns;
import io.kuber.resource.Kind;
import io.kuber.resource.KindRules;
import io.kuber.resource.Resources;
import io.kuber.resource.Verb;
import io.kuber.resource.Version;
import java.util.List;
import java.util.Set;

/**
 * {@code v1 ComponentStatus}, deprecated since v1.19: can only be read. All components of kuber are
 * one process, which answers the request: there is nothing of another one to tell, so the list is
 * empty.
 */
final class ComponentStatuses implements KindRules {
  private static final Columns COLUMNS =
      Columns.none()
          .name()
          .text("Status", (component, now) -> status(component))
          .text("Message", (component, now) -> healthy(component).text("message"))
          .text("Error", (component, now) -> healthy(component).text("error"));

  static final Kind KIND =
      new Kind(
          List.of(Version.of(Resources.COMPONENT_STATUSES, COLUMNS)),
          List.of(Verb.GET, Verb.LIST),
          Set.of(),
          new ComponentStatuses());

  private ComponentStatuses() {}

  private static Tree healthy(KubeObject component) {
    return component.tree().items("conditions").trees().stream()
        .filter(condition -> condition.text("type").equals("Healthy"))
        .findFirst()
        .orElse(Tree.EMPTY);
  }

  private static String status(KubeObject component) {
    return healthy(component).text("status").equals("True") ? "Healthy" : "Unhealthy";
  }
}
