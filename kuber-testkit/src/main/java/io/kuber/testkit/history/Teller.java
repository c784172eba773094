package io.kuber.testkit.history;

import io.kuber.object.KubeObject;
import io.kuber.object.Tree;
import io.kuber.resource.Resources;
import io.kuber.testkit.history.Change.What;
import io.kuber.testkit.history.Line.Tone;
import io.kuber.view.Pods;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Says in one line what an entry tells a person, or that it tells nothing. Pure. */
final class Teller {
  /** Fields of one change that are named; the rest is counted. */
  private static final int MAX_FIELDS = 4;

  /** Characters of a line; messages of the scheduler can be long. */
  private static final int MAX_TEXT = 240;

  private static final String PODS = Resources.PODS.qualifiedName();
  private static final String EVENTS = Resources.EVENTS.qualifiedName();

  /** The ends of paths that say only that something else has changed, or when. */
  private static final List<String> ECHOES =
      List.of(
          "metadata.generation",
          "observedGeneration",
          "lastTransitionTime",
          "lastUpdateTime",
          "lastProbeTime",
          "lastHeartbeatTime",
          ".message",
          ".reason");

  private static final Set<Integer> ROUTINE = Set.of(404, 409);

  private Teller() {}

  static Optional<Line> tell(Entry entry) {
    if (entry instanceof Request request) {
      return request(request);
    }
    if (entry instanceof Restoration restoration) {
      String text = "other objects from revision " + restoration.revision() + " on";
      return Optional.of(new Line(entry.at(), Tone.MOVING, "restored", text));
    }
    if (entry instanceof Disturbance disturbance) {
      return Optional.of(new Line(entry.at(), Tone.BAD, "fault", cut(disturbance.text())));
    }
    Change change = (Change) entry;
    if (change.key().resource().equals(EVENTS)) {
      return change.what() == What.DELETED ? Optional.empty() : event(change);
    }
    return switch (change.what()) {
      case CREATED -> Optional.of(line(change, Tone.GOOD, "created", by(change)));
      case DELETED -> Optional.of(line(change, Tone.MOVING, "deleted", ""));
      case CHANGED -> change.isHeartbeat() ? Optional.empty() : changed(change);
    };
  }

  /** Successful requests show in what they changed; what controllers try again is their routine. */
  private static Optional<Line> request(Request request) {
    boolean routine = request.user().startsWith("system:") && ROUTINE.contains(request.code());
    return request.isRefused() && !routine
        ? Optional.of(new Line(request.at(), Tone.BAD, "refused", cut(request.toString())))
        : Optional.empty();
  }

  private static Optional<Line> event(Change change) {
    ClusterEvent event = ClusterEvent.of(change.after());
    Tone tone = event.isWarning() ? Tone.BAD : Tone.CALM;
    String text = Names.of(event.kind(), event.namespace(), event.name()) + " " + event.text();
    return Optional.of(new Line(change.at(), tone, "event", cut(text)));
  }

  private static Optional<Line> changed(Change change) {
    Optional<String> what = change.key().resource().equals(PODS) ? move(change) : fields(change);
    return what.map(text -> line(change, Tone.MOVING, "changed", by(change) + ": " + text));
  }

  /** From which state a pod went to which; anything else of it as of other objects. */
  private static Optional<String> move(Change change) {
    String before = change.before().map(Phrase::ofPod).orElse("");
    String after = Phrase.ofPod(change.after());
    if (!before.equals(after)) {
      return Optional.of(before + " -> " + after);
    }
    return Pods.isFinished(change.after())
        ? Optional.empty()
        : told(change.differences().stream().filter(each -> !isOf(each, "status")).toList());
  }

  private static Optional<String> fields(Change change) {
    return told(change.differences());
  }

  private static boolean isOf(Difference difference, String field) {
    return difference.path().equals(field) || difference.path().startsWith(field + ".");
  }

  private static Optional<String> told(List<Difference> all) {
    List<Difference> differences =
        all.stream().filter(each -> ECHOES.stream().noneMatch(each.path()::endsWith)).toList();
    if (differences.isEmpty()) {
      return Optional.empty();
    }
    int more = differences.size() - MAX_FIELDS;
    return Optional.of(
        differences.stream()
            .limit(MAX_FIELDS)
            .map(Teller::text)
            .collect(Collectors.joining("; ", "", more > 0 ? "; and " + more + " more" : "")));
  }

  /** Of a condition that is new only what it says, not when. */
  private static String text(Difference difference) {
    return difference.after().orElse("") instanceof Tree tree
            && difference.path().contains("conditions[type=")
        ? "condition " + Phrase.ofCondition(tree)
        : difference.toString();
  }

  private static Line line(Change change, Tone tone, String label, String rest) {
    KubeObject object = change.after();
    return new Line(change.at(), tone, label, cut(Names.of(object) + rest));
  }

  private static String by(Change change) {
    List<String> managers = change.managers();
    return managers.isEmpty() ? "" : " by " + String.join(", ", managers);
  }

  private static String cut(String text) {
    String line = text.replace("\n", " ");
    return line.length() <= MAX_TEXT ? line : line.substring(0, MAX_TEXT) + "...";
  }
}
