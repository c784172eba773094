package io.kuber.controller.statefulset;

import io.kuber.object.KubeObject;
import io.kuber.object.Tree;
import io.kuber.reconcile.Share;
import io.kuber.reconcile.history.Revision;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.function.Predicate;

/**
 * Which pods an update replaces, and when (upstream: updateStatefulSetAfterInvariantEstablished).
 */
final class Updates {
  private final boolean rolling;
  private final boolean plain;
  private final long start;
  private final long wanted;
  private final long partition;
  private final long maxUnavailable;

  /** Of a StatefulSet with the ordinals from {@code start} up to, but not, {@code end}. */
  Updates(KubeObject set, long start, long end) {
    Tree strategy = set.spec().tree("updateStrategy");
    Tree update = strategy.tree("rollingUpdate");
    this.rolling = !strategy.text("type").equals("OnDelete");
    this.plain = rolling && !strategy.has("rollingUpdate");
    this.start = start;
    this.wanted = end - start;
    this.partition = update.number(0, "partition");
    this.maxUnavailable = Math.max(1, Share.roundedDown(update, "maxUnavailable", 1L, wanted));
  }

  /** Whether a new pod of the ordinal is made of the old template. */
  boolean isHeldBack(long ordinal, long currentReplicas) {
    long held = plain ? currentReplicas : partition;
    return rolling && ordinal < start + held;
  }

  /**
   * The pods to delete next, so that they come back with the new template: highest ordinals first,
   * and no more at once than the strategy allows. One that is unavailable anyway costs nothing.
   */
  List<KubeObject> next(
      NavigableMap<Long, KubeObject> pods, Revision update, Predicate<KubeObject> isUnavailable) {
    List<KubeObject> next = new ArrayList<>();
    if (!rolling) {
      return next;
    }
    long available = pods.values().stream().filter(isUnavailable.negate()).count();
    long room = maxUnavailable - (wanted - available);
    for (Map.Entry<Long, KubeObject> member : pods.descendingMap().entrySet()) {
      KubeObject pod = member.getValue();
      boolean old =
          member.getKey() >= start + partition
              && !StatefulSetStatus.revisionOf(pod).equals(update.name());
      boolean free = isUnavailable.test(pod);
      if (old && !pod.isBeingDeleted() && (free || room > 0)) {
        next.add(pod);
        room -= free ? 0 : 1;
      }
    }
    return next;
  }
}
