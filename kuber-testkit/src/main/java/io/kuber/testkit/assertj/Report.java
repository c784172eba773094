package io.kuber.testkit.assertj;

import io.kuber.object.Items;
import io.kuber.object.KubeObject;
import io.kuber.object.OwnerReference;
import io.kuber.object.Tree;
import io.kuber.resource.Resources;
import io.kuber.store.Key;
import io.kuber.testkit.history.ClusterEvent;
import io.kuber.testkit.history.Names;
import io.kuber.testkit.history.ObservedCluster;
import io.kuber.testkit.history.Phrase;
import io.kuber.testkit.history.Timeline;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What people want to know of an object of which an assertion did not hold. */
final class Report {
  /** Pods, events and names that are shown of each. */
  private static final int MOST = 8;

  /** Lines of what lately happened. */
  private static final int LINES = 12;

  private Report() {}

  /** A time as people write it: {@code 30 s}, {@code 1 h}. */
  static String shown(Duration time) {
    if (time.toMillisPart() > 0) {
      return time.toMillis() + " ms";
    }
    if (time.toSecondsPart() > 0) {
      return time.toSeconds() + " s";
    }
    return time.toMinutesPart() > 0 ? time.toMinutes() + " min" : time.toHours() + " h";
  }

  /** Of an object that is there. */
  static String of(Subject subject, KubeObject object) {
    return state(object)
        + section("pods", pods(subject.cluster(), object))
        + section("events", events(subject).stream().map(ClusterEvent::text).toList())
        + lately(subject);
  }

  /** Of an object that is not there. */
  static String ofMissing(Subject subject) {
    return section("there are", names(subject)) + lately(subject);
  }

  private static String state(KubeObject object) {
    List<String> lines = new ArrayList<>();
    String status = object.kind().equals("Pod") ? Phrase.ofPod(object) : scalars(object.status());
    if (!status.isEmpty()) {
      lines.add(status);
    }
    object
        .status()
        .items("conditions")
        .trees()
        .forEach(condition -> lines.add(Phrase.ofCondition(condition)));
    if (object.isBeingDeleted()) {
      lines.add(
          "being deleted since "
              + object.metadata().text("deletionTimestamp")
              + ", finalizers "
              + object.finalizers());
    }
    return section("status", lines);
  }

  private static String scalars(Tree status) {
    List<String> fields = new ArrayList<>();
    status.forEach(
        (name, value) -> {
          if (!(value instanceof Tree) && !(value instanceof Items)) {
            fields.add(name + " " + value);
          }
        });
    return String.join(", ", fields);
  }

  /** The pods that it owns, itself or by a ReplicaSet or a Job of its own. */
  private static List<String> pods(ObservedCluster cluster, KubeObject owner) {
    if (owner.namespace().isEmpty()) {
      return List.of();
    }
    List<String> owners =
        Stream.concat(
                Stream.of(owner.uid()),
                Stream.of(Resources.REPLICA_SETS, Resources.JOBS)
                    .flatMap(type -> objects(cluster, type.qualifiedName(), owner.namespace()))
                    .filter(each -> isOwned(each, List.of(owner.uid())))
                    .map(KubeObject::uid))
            .toList();
    return objects(cluster, Resources.PODS.qualifiedName(), owner.namespace())
        .filter(pod -> isOwned(pod, owners))
        .map(pod -> pod.name() + "  " + Phrase.ofPod(pod))
        .toList();
  }

  private static boolean isOwned(KubeObject object, List<String> owners) {
    return object.owners().stream().map(OwnerReference::uid).anyMatch(owners::contains);
  }

  private static Stream<KubeObject> objects(
      ObservedCluster cluster, String resource, String namespace) {
    List<KubeObject> objects = new ArrayList<>();
    cluster
        .image()
        .scan(resource, namespace, null)
        .forEachRemaining(stored -> objects.add(stored.passing()));
    return objects.stream();
  }

  /** What was said about the object, or once about one of that name. */
  static List<ClusterEvent> events(Subject subject) {
    String namespace = subject.key().map(Key::namespace).orElse("");
    return objects(subject.cluster(), Resources.EVENTS.qualifiedName(), "")
        .map(ClusterEvent::of)
        .filter(event -> event.isAbout(subject.kind(), namespace, subject.name()))
        .toList();
  }

  private static List<String> names(Subject subject) {
    return subject.others().stream().map(Names::of).toList();
  }

  /** What lately happened to the object. */
  static String lately(Subject subject) {
    return subject
        .key()
        .map(
            key ->
                Timeline.of(subject.cluster().history().entries())
                    .about(key, subject.kind())
                    .text(LINES, false))
        .filter(lines -> !lines.isEmpty())
        .map(lines -> "lately:\n" + lines)
        .orElse("");
  }

  /** A title and lines below it; nothing without lines. */
  static String section(String title, List<String> lines) {
    if (lines.isEmpty()) {
      return "";
    }
    int more = lines.size() - MOST;
    return lines.stream()
            .limit(MOST)
            .map(line -> "  " + line + "\n")
            .collect(Collectors.joining("", title + ":\n", ""))
        + (more > 0 ? "  and " + more + " more\n" : "");
  }
}
