package io.kuber.scheduler.state;

import io.kuber.object.KubeObject;
import io.kuber.object.Tree;
import io.kuber.resource.ResourceType;
import io.kuber.resource.Resources;
import io.kuber.selector.LabelSelector;
import io.kuber.selector.Requirement;
import io.kuber.store.Image;
import io.kuber.store.Stored;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The spread rules of pods that have none of their own: softly over hosts and zones, those together
 * that one Service or one owner selects (upstream: podtopologyspread, systemDefaultConstraints;
 * helper, DefaultSelector). Owned by the scheduler's loop.
 */
final class DefaultSpread {
  private static final int HOST_SKEW = 3;
  private static final int ZONE_SKEW = 5;

  /** What can change the rules; a change of any of these forgets what was found out. */
  static final Set<String> SOURCES =
      Set.of(
          Resources.SERVICES.qualifiedName(),
          Resources.REPLICATION_CONTROLLERS.qualifiedName(),
          Resources.REPLICA_SETS.qualifiedName(),
          Resources.STATEFUL_SETS.qualifiedName());

  private static final Map<String, ResourceType> OWNERS =
      Map.of(
          "ReplicationController", Resources.REPLICATION_CONTROLLERS,
          "ReplicaSet", Resources.REPLICA_SETS,
          "StatefulSet", Resources.STATEFUL_SETS);

  private final Map<PodShape, List<SpreadRule>> known = new HashMap<>();

  void forget(PodShape shape) {
    known.remove(shape);
  }

  /** What selects pods changed, as a whole or in its selector. */
  void changed(@Nullable KubeObject before, @Nullable KubeObject after) {
    Object old = before == null ? "" : before.spec().tree("selector");
    if (after == null || !after.spec().tree("selector").equals(old)) {
      known.clear();
    }
  }

  /** The soft rules of a shape: its own, or those by default. */
  List<SpreadRule> softRules(PodShape shape, Image image) {
    return known.computeIfAbsent(
        shape,
        unused ->
            shape.spread().isEmpty()
                ? byDefault(selector(shape, image))
                : shape.spread().stream().filter(rule -> !rule.hard()).toList());
  }

  private static List<SpreadRule> byDefault(LabelSelector selector) {
    return selector.isEmpty()
        ? List.of()
        : List.of(
            SpreadRule.byDefault("kubernetes.io/hostname", HOST_SKEW, selector),
            SpreadRule.byDefault("topology.kubernetes.io/zone", ZONE_SKEW, selector));
  }

  private static LabelSelector selector(PodShape shape, Image image) {
    Map<String, String> labels = new LinkedHashMap<>();
    Iterator<Stored> services =
        image.scan(Resources.SERVICES.qualifiedName(), shape.namespace(), null);
    while (services.hasNext()) {
      Map<String, String> selected = services.next().object().spec().tree("selector").texts();
      if (!selected.isEmpty() && LabelSelector.ofLabels(selected).matches(shape.labels())) {
        labels.putAll(selected);
      }
    }
    List<Requirement> rules = new ArrayList<>();
    owner(shape, image).ifPresent(owner -> add(owner, labels, rules));
    rules.addAll(LabelSelector.ofLabels(labels).requirements());
    return LabelSelector.of(rules);
  }

  private static Optional<KubeObject> owner(PodShape shape, Image image) {
    ResourceType type = OWNERS.get(shape.owner().text("kind"));
    return type == null
        ? Optional.empty()
        : Optional.ofNullable(image.get(type.key(shape.namespace(), shape.owner().text("name"))))
            .map(Stored::object);
  }

  /** The selector of a ReplicationController is a plain map of labels. */
  private static void add(KubeObject owner, Map<String, String> labels, List<Requirement> rules) {
    Tree selector = owner.spec().tree("selector");
    if (owner.kind().equals("ReplicationController")) {
      labels.putAll(selector.texts());
    } else if (!selector.isEmpty()) {
      rules.addAll(LabelSelector.of(selector).requirements());
    }
  }
}
