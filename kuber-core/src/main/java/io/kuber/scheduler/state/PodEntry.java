package io.kuber.scheduler.state;

import io.kuber.object.KubeObject;
import io.kuber.object.Tree;
import io.kuber.store.Key;
import io.kuber.view.Pods;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * A pod as the scheduler sees it.
 *
 * @param shape what it shares with pods like it
 * @param priority higher goes first, and may push out lower
 * @param stopping whether its deletion was asked for
 * @param claims what it mounts, and whether the claim is made for this pod alone
 */
public record PodEntry(
    Key key,
    KubeObject object,
    PodShape shape,
    long priority,
    boolean stopping,
    List<ClaimName> claims) {
  /** More important first: by priority, then those that run for longer. */
  public static final Comparator<PodEntry> IMPORTANCE =
      Comparator.comparingLong(PodEntry::priority)
          .reversed()
          .thenComparing(PodEntry::startTime)
          .thenComparing(PodEntry::key);

  /** Sorts behind every time there is. */
  private static final String NOT_STARTED = "~";

  /**
   * A claim for a volume, in the namespace of its pod.
   *
   * @param ephemeral whether it is made for the pod and goes with it
   */
  public record ClaimName(String name, boolean ephemeral) {}

  /** Copies the list. */
  public PodEntry {
    claims = List.copyOf(claims);
  }

  static PodEntry of(Key key, KubeObject pod, PodShape shape) {
    return new PodEntry(
        key, pod, shape, pod.spec().number(0, "priority"), pod.isBeingDeleted(), claims(pod));
  }

  private static List<ClaimName> claims(KubeObject pod) {
    List<ClaimName> claims = new ArrayList<>(0);
    for (Tree volume : pod.spec().items("volumes").trees()) {
      if (volume.has("persistentVolumeClaim")) {
        claims.add(new ClaimName(volume.text("persistentVolumeClaim", "claimName"), false));
      } else if (volume.has("ephemeral")) {
        claims.add(new ClaimName(pod.name() + "-" + volume.text("name"), true));
      }
    }
    return claims;
  }

  /** Whether every rule answers for both pods alike, at any place and time. */
  public boolean isLike(PodEntry other) {
    return shape == other.shape
        && priority == other.priority
        && stopping == other.stopping
        && claims.equals(other.claims);
  }

  /** The node the pod is bound to; empty before it is. */
  public String nodeName() {
    return Pods.nodeName(object);
  }

  /** The node that was made free for the pod; empty for none. */
  public String nominatedNode() {
    return object.status().text("nominatedNodeName");
  }

  /** The scheduler that is to place the pod. */
  public String schedulerName() {
    String name = object.spec().text("schedulerName");
    return name.isEmpty() ? "default-scheduler" : name;
  }

  /** When the pod began to run, as text that sorts; one that has not begun comes last. */
  public String startTime() {
    String time = object.status().text("startTime");
    return time.isEmpty() ? NOT_STARTED : time;
  }
}
