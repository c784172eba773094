package io.kuber.testkit.time;

import io.kuber.object.Items;
import io.kuber.object.KubeObject;
import io.kuber.resource.Resources;
import io.kuber.store.Delta;
import io.kuber.store.Key;
import io.kuber.store.Stored;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Locale;

/**
 * One change of the store.
 *
 * @param at the virtual time
 * @param what it came to
 * @param after the object then; of one that is gone, its last state
 * @param heartbeat whether it is but a sign of life, of which there is no end: a lease that is
 *     renewed, a node that says again what it said before
 */
public record HistoryEntry(Instant at, What what, Stored after, boolean heartbeat) {
  /** What became of an object. */
  public enum What {
    /** It came to be. */
    CREATED,
    /** It changed. */
    CHANGED,
    /** It is gone. */
    DELETED
  }

  static HistoryEntry of(Delta delta, Instant at) {
    What what =
        delta.deleted() ? What.DELETED : delta.before() == null ? What.CREATED : What.CHANGED;
    return new HistoryEntry(at, what, delta.after(), isHeartbeat(delta));
  }

  /** The object that changed. */
  public Key key() {
    return after.key();
  }

  private static boolean isHeartbeat(Delta delta) {
    Stored before = delta.before();
    if (before == null || delta.deleted()) {
      return false;
    }
    String resource = delta.key().resource();
    return resource.equals(Resources.LEASES.qualifiedName())
        || (resource.equals(Resources.NODES.qualifiedName())
            && lasting(before.passing()).equals(lasting(delta.after().passing())));
  }

  /** A node without what it says anew at every report. */
  private static KubeObject lasting(KubeObject node) {
    return node.without("metadata", "resourceVersion")
        .without("metadata", "managedFields")
        .withChild(
            "status",
            status ->
                status.with(
                    "conditions",
                    Items.copyOf(
                        status.items("conditions").trees().stream()
                            .map(condition -> condition.without("lastHeartbeatTime"))
                            .toList())));
  }

  /** One line, with the whole object in canonical JSON. */
  @Override
  public String toString() {
    return "%d %s %s %s %s"
        .formatted(
            after.revision(),
            at,
            what.name().toLowerCase(Locale.ROOT),
            key(),
            new String(after.value(), StandardCharsets.UTF_8));
  }
}
