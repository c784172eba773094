package io.kuber.reconcile;

import io.kuber.client.Client;
import io.kuber.client.Client.PatchType;
import io.kuber.object.KubeObject;
import io.kuber.object.Tree;
import io.kuber.resource.Resources;
import io.kuber.view.Timestamps;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes notes as Events. The same note again raises the count of its Event instead of making
 * another. Nobody waits for an Event and nothing fails because of one.
 *
 * <p>Owned by the loop of its component.
 */
public final class EventRecorder {
  private static final Logger LOG = LoggerFactory.getLogger(EventRecorder.class);

  /** Notes remembered for counting; the one said longest ago is forgotten first. */
  private static final int MAX_REMEMBERED = 4096;

  private final Client client;
  private final InstantSource clock;
  private final Map<Said, Told> told =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Said, Told> eldest) {
          return size() > MAX_REMEMBERED;
        }
      };
  private long written;

  /** Writes through the client at the times of the clock. */
  public EventRecorder(Client client, InstantSource clock) {
    this.client = client;
    this.clock = clock;
  }

  private record Said(String component, String uid, boolean warning, String reason, String text) {}

  private record Told(String name, long count) {}

  /** Writes a note in the name of a component. */
  public void record(String component, Note note) {
    Instant now = clock.instant();
    Said said =
        new Said(component, note.about().uid(), note.warning(), note.reason(), note.message());
    Told before = told.get(said);
    if (before == null) {
      String name = note.about().name() + "." + Long.toHexString(uniqueNanos(component, now));
      told.put(said, new Told(name, 1));
      write(client.create(Resources.EVENTS, event(component, note, name, now)), note);
    } else {
      told.put(said, new Told(before.name(), before.count() + 1));
      Tree patch = Tree.of("count", before.count() + 1, "lastTimestamp", Timestamps.seconds(now));
      write(
          client.patch(
              Resources.EVENTS, namespaceOf(note), before.name(), "", PatchType.MERGE, patch),
          note);
    }
  }

  private static void write(CompletionStage<KubeObject> written, Note note) {
    written.whenComplete(
        (event, failure) -> {
          if (failure != null) {
            LOG.debug("event {} about {} is lost", note.reason(), note.about().name(), failure);
          }
        });
  }

  /**
   * Two notes of one instant about one object need two names, also those of two components, which
   * count for themselves: in virtual time they often have the same instant.
   */
  private long uniqueNanos(String component, Instant now) {
    long nanos = now.getEpochSecond() * 1_000_000_000L + now.getNano();
    long apart = Math.floorMod(component.hashCode(), 1_000) * 1_000_000L;
    return nanos + apart + written++ % 1_000_000;
  }

  /** Events about objects of cluster scope live in the namespace default. */
  private static String namespaceOf(Note note) {
    return note.about().namespace().isEmpty() ? "default" : note.about().namespace();
  }

  private static KubeObject event(String component, Note note, String name, Instant now) {
    String time = Timestamps.seconds(now);
    Tree tree =
        Resources.EVENTS
            .object(namespaceOf(note), name)
            .tree()
            .with("involvedObject", reference(note.about()))
            .with("reason", note.reason())
            .with("message", note.message())
            .with("source", Tree.of("component", component))
            .with("firstTimestamp", time)
            .with("lastTimestamp", time)
            .with("count", 1L)
            .with("type", note.warning() ? "Warning" : "Normal")
            .with("reportingComponent", component)
            .with("reportingInstance", "");
    Tree doing = note.action().isEmpty() ? tree : tree.with("action", note.action());
    return KubeObject.of(
        note.related().map(other -> doing.with("related", reference(other))).orElse(doing));
  }

  private static Tree reference(KubeObject about) {
    Tree.Builder reference = Tree.builder().put("kind", about.kind());
    if (!about.namespace().isEmpty()) {
      reference.put("namespace", about.namespace());
    }
    return reference
        .put("name", about.name())
        .put("uid", about.uid())
        .put("apiVersion", about.apiVersion())
        .put("resourceVersion", about.resourceVersion())
        .build();
  }
}
