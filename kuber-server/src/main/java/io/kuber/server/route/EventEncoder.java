package io.kuber.server.route;

import io.kuber.api.ApiException;
import io.kuber.api.WatchStream;
import io.kuber.api.WatchStream.Event;
import io.kuber.json.Json;
import io.kuber.object.KubeObject;
import io.kuber.object.Tree;
import io.kuber.server.format.Format.Encoding;
import io.kuber.server.format.Format.Shape;
import io.kuber.server.format.Protobufs;
import io.kuber.store.Stored;
import io.kuber.watch.WatchEvent;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Events of one watch as bytes. What looks the same for all watchers of a version and format is
 * encoded once and shared; the rows of tables are not, because they tell an age. Belongs to one
 * watch, because a table's head is only in the first event.
 */
final class EventEncoder {
  private final Rendering rendering;

  /** All that the bytes of an event depend on, but for the type of the event. */
  private final String view;

  private boolean headSent;

  EventEncoder(Rendering rendering) {
    this.rendering = rendering;
    this.view = " " + rendering.served().type().apiVersion() + " " + rendering.format();
  }

  byte[] encoded(Event event) {
    Stored stored = event.stored();
    if (stored == null) {
      return bookmark(event.revision(), event.endsInitialEvents());
    }
    WatchEvent source = event.source();
    return source == null || rendering.format().shape() == Shape.TABLE
        ? fresh(event.type(), stored, event.revision())
        : source.encoded(
            event.type() + view, delta -> fresh(event.type(), stored, event.revision()));
  }

  private byte[] fresh(WatchStream.Type type, Stored stored, long revision) {
    return rendering.isVerbatim(stored)
        ? verbatim(type, stored, revision)
        : framed(type.name(), shaped(stored, revision));
  }

  private static byte[] verbatim(WatchStream.Type type, Stored stored, long revision) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(stored.value().length + 96);
    out.writeBytes(("{\"type\":\"" + type + "\",\"object\":").getBytes(StandardCharsets.US_ASCII));
    Splice.write(stored, revision, out);
    out.writeBytes(new byte[] {'}', '\n'});
    return out.toByteArray();
  }

  private Tree shaped(Stored stored, long revision) {
    KubeObject object =
        stored.object().with(Long.toString(revision), "metadata", "resourceVersion");
    if (rendering.format().shape() != Shape.TABLE) {
      return rendering.shaped(rendering.shown(object));
    }
    boolean first = !headSent;
    headSent = true;
    return rendering.row(object, first);
  }

  byte[] bookmark(long revision) {
    return bookmark(revision, false);
  }

  private byte[] bookmark(long revision, boolean endsInitialEvents) {
    Tree metadata = Tree.of("resourceVersion", Long.toString(revision));
    if (endsInitialEvents) {
      metadata = metadata.with("annotations", Tree.of("k8s.io/initial-events-end", "true"));
    }
    KubeObject marker =
        KubeObject.of(
            Tree.of(
                "kind",
                rendering.served().type().kind(),
                "apiVersion",
                rendering.served().type().apiVersion(),
                "metadata",
                metadata));
    boolean table = rendering.format().shape() == Shape.TABLE;
    return framed("BOOKMARK", table ? rendering.emptyTable(marker) : rendering.shaped(marker));
  }

  byte[] error(ApiException failure) {
    return framed("ERROR", failure.toStatus());
  }

  private byte[] framed(String type, Tree object) {
    if (rendering.format().encoding() == Encoding.PROTOBUF) {
      return Protobufs.event(type, object);
    }
    byte[] json = Json.print(Tree.of("type", type, "object", object));
    byte[] line = Arrays.copyOf(json, json.length + 1);
    line[json.length] = '\n';
    return line;
  }
}
