package io.kuber.testkit.assertj;

import io.kuber.object.KubeObject;
import io.kuber.object.OwnerReference;
import io.kuber.testkit.history.Change;
import io.kuber.testkit.history.ClusterEvent;
import io.kuber.testkit.history.FieldPointer;
import io.kuber.testkit.history.Phrase;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * What can be said of every object.
 *
 * @param <SELF> the type of these assertions
 */
public abstract class ResourceAssert<SELF extends ResourceAssert<SELF>>
    extends PatientAssert<SELF, Object> {
  private final Subject subject;

  ResourceAssert(Subject subject, Class<SELF> self) {
    super(subject.cluster(), subject, self);
    this.subject = subject;
  }

  @Override
  String subject() {
    return subject.toString();
  }

  @Override
  String report() {
    return subject
        .now()
        .map(object -> Report.of(subject, object))
        .orElseGet(() -> Report.ofMissing(subject));
  }

  /** Expects something of the object, which has to be there. */
  SELF expectOf(String expectation, Function<KubeObject, Optional<String>> wrong) {
    return expect(
        expectation, () -> subject.now().map(wrong).orElseGet(() -> Optional.of(missing())));
  }

  private String missing() {
    return subject.served().isPresent()
        ? "there is none"
        : "no kind " + subject.kind() + " of " + subject.apiVersion() + " is served";
  }

  /** Wrong unless it is so. */
  static Optional<String> unless(boolean isSo, String otherwise) {
    return isSo ? Optional.empty() : Optional.of(otherwise);
  }

  /** It is there. */
  public SELF exists() {
    return expectOf("to exist", object -> Optional.empty());
  }

  /** It is not there, or not any more. */
  public SELF doesNotExist() {
    return expect("not to exist", () -> subject.now().map(object -> "it does"));
  }

  /** It has a label. */
  public SELF hasLabel(String name) {
    return expectOf(
        "to have the label " + name,
        object -> unless(object.labels().containsKey(name), "it has " + object.labels()));
  }

  /** It has a label with that value. */
  public SELF hasLabel(String name, String value) {
    return expectOf(
        "to have the label " + name + "=" + value,
        object -> unless(value.equals(object.labels().get(name)), "it has " + object.labels()));
  }

  /** It has an annotation with that value. */
  public SELF hasAnnotation(String name, String value) {
    return expectOf(
        "to have the annotation " + name + "=" + value,
        object ->
            unless(value.equals(object.annotations().get(name)), "it has " + object.annotations()));
  }

  /** It cannot go before somebody has taken that finalizer away. */
  public SELF hasFinalizer(String finalizer) {
    return expectOf(
        "to have the finalizer " + finalizer,
        object -> unless(object.finalizers().contains(finalizer), "it has " + object.finalizers()));
  }

  /** It has no finalizer. */
  public SELF hasNoFinalizers() {
    return expectOf(
        "to have no finalizers",
        object -> unless(object.finalizers().isEmpty(), "it has " + object.finalizers()));
  }

  /** Its deletion was asked for, and it is still there. */
  public SELF isBeingDeleted() {
    return expectOf(
        "to be being deleted", object -> unless(object.isBeingDeleted(), "nobody asked for that"));
  }

  /** It is owned by an object of that kind and name, so that it goes when that goes. */
  public SELF isOwnedBy(String kind, String name) {
    return expectOf(
        "to be owned by " + kind + " " + name,
        object ->
            unless(
                object.owners().stream()
                    .anyMatch(owner -> owner.kind().equals(kind) && owner.name().equals(name)),
                owners(object)));
  }

  private static String owners(KubeObject object) {
    List<OwnerReference> owners = object.owners();
    return owners.isEmpty()
        ? "nobody owns it"
        : "it is owned by "
            + owners.stream().map(owner -> owner.kind() + " " + owner.name()).toList();
  }

  /** It has a condition of that type and status, such as {@code Available} and {@code True}. */
  public SELF hasCondition(String type, String status) {
    return expectOf(
        "to have the condition " + type + "=" + status,
        object ->
            Phrase.condition(object, type)
                .map(
                    condition ->
                        unless(
                            condition.text("status").equals(status),
                            "it has " + Phrase.ofCondition(condition)))
                .orElseGet(() -> Optional.of("it has no condition " + type)));
  }

  /** Somebody wrote an event about it, such as {@code ScalingReplicaSet}. */
  public SELF hasEvent(String reason) {
    return expect(
        "to have an event " + reason,
        () -> {
          List<String> reasons =
              Report.events(subject).stream().map(ClusterEvent::reason).distinct().toList();
          return unless(
              reasons.contains(reason),
              reasons.isEmpty() ? "it has no events" : "it has " + reasons);
        });
  }

  /**
   * A field belongs to a manager, who has written or applied it.
   *
   * @param path such as {@code spec.replicas} or {@code spec.template.spec.containers[name=web]}
   */
  public SELF fieldOwnedBy(String path, String manager) {
    FieldPointer pointer = FieldPointer.of(path);
    return expectOf(
        "to have its field " + path + " owned by " + manager,
        object -> {
          List<String> owners = FieldOwners.of(pointer, object);
          return unless(
              owners.contains(manager),
              owners.isEmpty() ? "nobody owns that field" : "that is owned by " + owners);
        });
  }

  /** A field has a value; see {@link #at} for more that can be said of it. */
  public SELF hasField(String path, Object value) {
    at(path).isEqualTo(value);
    return myself;
  }

  /**
   * A field, about which something can be said.
   *
   * @param path such as {@code $.spec.containers[0].image}, {@code spec.containers[name=web].image}
   *     or {@code metadata.labels['app.kubernetes.io/name']}
   */
  public FieldAssert<SELF> at(String path) {
    return new FieldAssert<>(myself, path);
  }

  /** It is as the test wants it; {@code what} says in words how that is. */
  public SELF matches(String what, Predicate<KubeObject> isSo) {
    return expectOf("to be such that " + what, object -> unless(isSo.test(object), "it is not"));
  }

  /** As far as the history goes back, the field never had that value. */
  public SELF neverHad(String path, Object value) {
    return expect(
        "never to have had " + path + " " + Values.shown(value),
        () -> {
          Optional<Change> first = past(path, value);
          return first.map(
              change -> "it had, from revision " + change.revision() + " at " + change.at());
        });
  }

  /** At some time, now perhaps not any more, the field had that value. */
  public SELF onceHad(String path, Object value) {
    return expect(
        "once to have had " + path + " " + Values.shown(value),
        () -> unless(past(path, value).isPresent(), "it never had"));
  }

  private Optional<Change> past(String path, Object value) {
    FieldPointer pointer = FieldPointer.of(path);
    Optional<Object> wanted = Optional.of(Values.of(value));
    return subject.key().stream()
        .flatMap(key -> subject.cluster().history().changes(key).stream())
        .filter(change -> pointer.in(change.after().tree()).equals(wanted))
        .findFirst();
  }
}
