package io.kuber.testkit.history;

import io.kuber.object.Items;
import io.kuber.object.KubeObject;
import io.kuber.object.Tree;
import io.kuber.resource.Resources;
import io.kuber.store.Delta;
import io.kuber.store.Key;
import io.kuber.store.Stored;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One change of one object. Immutable; objects are parsed when somebody asks for them. */
public final class Change implements Entry {
  private final long order;
  private final Instant at;
  private final Delta delta;

  Change(long order, Instant at, Delta delta) {
    this.order = order;
    this.at = at;
    Stored before = delta.before();
    this.delta =
        new Delta(before == null ? null : bare(before), bare(delta.after()), delta.deleted());
  }

  /**
   * The bytes alone: a tree that others have parsed and kept would take three times their memory.
   */
  private static Stored bare(Stored stored) {
    return new Stored(stored.key(), stored.revision(), stored.value());
  }

  /** What became of an object. */
  public enum What {
    /** It came to be. */
    CREATED,
    /** It changed. */
    CHANGED,
    /** It is gone. */
    DELETED
  }

  @Override
  public long order() {
    return order;
  }

  @Override
  public Instant at() {
    return at;
  }

  /** What it came to. */
  public What what() {
    if (delta.deleted()) {
      return What.DELETED;
    }
    return delta.before() == null ? What.CREATED : What.CHANGED;
  }

  /** The object that changed. */
  public Key key() {
    return delta.key();
  }

  /** The revision that the change made. */
  public long revision() {
    return delta.revision();
  }

  /** The object before; empty where it did not exist. */
  public Optional<KubeObject> before() {
    return Optional.ofNullable(delta.before()).map(Stored::passing);
  }

  /** The object then; of one that is gone, its last state. */
  public KubeObject after() {
    return delta.after().passing();
  }

  /** The fields that changed, in the order of their paths; nothing for one that came or went. */
  public List<Difference> differences() {
    return what() == What.CHANGED && delta.before() != null
        ? Differences.between(delta.before().passing().tree(), after().tree())
        : List.of();
  }

  /**
   * Who made it: the managers whose entries in {@code metadata.managedFields} came or changed; none
   * for a deletion, and where nothing changed that somebody owns.
   */
  public List<String> managers() {
    Items known = before().map(Change::managed).orElse(Items.EMPTY);
    List<String> managers = new ArrayList<>();
    for (Tree entry : managed(after()).trees()) {
      String manager = entry.text("manager");
      if (!known.contains(entry) && !managers.contains(manager)) {
        managers.add(manager);
      }
    }
    return managers;
  }

  private static Items managed(KubeObject object) {
    return object.metadata().items("managedFields");
  }

  /**
   * Whether it is but a sign of life, of which there is no end: a lease that is renewed, a node
   * that says again what it said before.
   */
  public boolean isHeartbeat() {
    return isHeartbeat(delta);
  }

  /** As {@link #isHeartbeat()}, of a change that is in no history. */
  public static boolean isHeartbeat(Delta delta) {
    Stored before = delta.before();
    return isRenewal(delta)
        || before != null
            && !delta.deleted()
            && delta.key().resource().equals(Resources.NODES.qualifiedName())
            && lasting(before.passing()).equals(lasting(delta.after().passing()));
  }

  /** Whether a lease was renewed, which is told without looking into the object. */
  static boolean isRenewal(Delta delta) {
    return delta.before() != null
        && !delta.deleted()
        && delta.key().resource().equals(Resources.LEASES.qualifiedName());
  }

  /** A node without what it says anew at every report. */
  private static KubeObject lasting(KubeObject node) {
    return node.without("metadata", "resourceVersion")
        .without("metadata", "managedFields")
        .withChild(
            "status",
            status ->
                status.withEach("conditions", condition -> condition.without("lastHeartbeatTime")));
  }

  /** How many bytes it keeps; the state before is kept by the change that made it, if at all. */
  long size() {
    return delta.after().value().length;
  }

  @Nullable Stored stored() {
    return delta.deleted() ? null : delta.after();
  }

  @Nullable Stored storedBefore() {
    return delta.before();
  }

  /** One line: revision, time, what, key, and the whole object in canonical JSON. */
  @Override
  public String toString() {
    return "%d %s %s %s %s"
        .formatted(
            revision(),
            at,
            what().name().toLowerCase(Locale.ROOT),
            key(),
            new String(delta.after().value(), StandardCharsets.UTF_8));
  }
}
