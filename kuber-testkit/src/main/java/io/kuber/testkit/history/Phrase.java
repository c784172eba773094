package io.kuber.testkit.history;

import io.kuber.object.KubeObject;
import io.kuber.object.Tree;
import io.kuber.view.Pods;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The state of an object in a few words. Pure. */
public final class Phrase {
  private static final List<String> CONTAINERS =
      List.of("initContainerStatuses", "containerStatuses");

  private Phrase() {}

  /** {@code Running on node-1, ready}, {@code Pending: Unschedulable}, {@code CrashLoopBackOff}. */
  public static String ofPod(KubeObject pod) {
    List<String> words = new ArrayList<>();
    words.add(trouble(pod).orElseGet(() -> Pods.phase(pod)) + place(pod));
    if (Pods.isReady(pod)) {
      words.add("ready");
    } else if (Pods.phase(pod).equals("Running")) {
      words.add("not ready");
    }
    long restarts = Pods.maxRestarts(pod);
    if (restarts > 0) {
      words.add(restarts == 1 ? "restarted once" : "restarted " + restarts + " times");
    }
    if (pod.isBeingDeleted()) {
      words.add("terminating");
    }
    return String.join(", ", words);
  }

  private static String place(KubeObject pod) {
    return Pods.nodeName(pod).isEmpty() ? "" : " on " + Pods.nodeName(pod);
  }

  private static Optional<String> trouble(KubeObject pod) {
    Stream<String> waiting =
        CONTAINERS.stream()
            .flatMap(list -> pod.status().items(list).trees().stream())
            .map(status -> status.tree("state", "waiting").text("reason"))
            .filter(reason -> !reason.isEmpty() && !reason.equals("ContainerCreating"));
    Stream<String> unscheduled =
        condition(pod, "PodScheduled").stream()
            .filter(condition -> condition.text("status").equals("False"))
            .map(condition -> Pods.phase(pod) + ": " + condition.text("reason"));
    return Stream.concat(waiting, unscheduled).findFirst();
  }

  /** A condition of an object. */
  public static Optional<Tree> condition(KubeObject object, String type) {
    return object.status().items("conditions").trees().stream()
        .filter(condition -> condition.text("type").equals(type))
        .findFirst();
  }

  /** {@code Available=False (MinimumReplicasUnavailable: Deployment does not have ...)}. */
  public static String ofCondition(Tree condition) {
    String why =
        Stream.of(condition.text("reason"), condition.text("message"))
            .filter(text -> !text.isEmpty())
            .collect(Collectors.joining(": "));
    return condition.text("type")
        + "="
        + condition.text("status")
        + (why.isEmpty() ? "" : " (" + why + ")");
  }
}
