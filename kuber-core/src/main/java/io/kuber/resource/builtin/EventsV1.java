package io.kuber.resource.builtin;

import io.kuber.object.KubeObject;
import io.kuber.object.Tree;
import io.kuber.resource.Conversion;
import java.util.Map;

/**
 * {@code events.k8s.io Event}: the same events under other names (kubernetes/kubernetes,
 * pkg/apis/events/v1/conversion.go).
 */
final class EventsV1 implements Conversion {
  /** Names of this version, and those of the core group. */
  private static final Map<String, String> NAMES =
      Map.of(
          "regarding", "involvedObject",
          "note", "message",
          "reportingController", "reportingComponent",
          "deprecatedSource", "source",
          "deprecatedFirstTimestamp", "firstTimestamp",
          "deprecatedLastTimestamp", "lastTimestamp",
          "deprecatedCount", "count");

  @Override
  public KubeObject toStored(KubeObject sent) {
    return renamed(sent, true);
  }

  @Override
  public KubeObject fromStored(KubeObject stored) {
    return renamed(stored, false);
  }

  private static KubeObject renamed(KubeObject event, boolean toCore) {
    Tree tree = event.tree();
    for (Map.Entry<String, String> names : NAMES.entrySet()) {
      String from = toCore ? names.getKey() : names.getValue();
      String to = toCore ? names.getValue() : names.getKey();
      Object value = tree.get(from);
      if (value != null) {
        tree = tree.without(from).with(to, value);
      }
    }
    return KubeObject.of(tree);
  }
}
