package io.kuber.testkit.chaos;

import io.kuber.json.Json;
import io.kuber.json.MalformedException;
import io.kuber.object.Tree;
import io.kuber.testkit.chaos.Fault.DoubledEvent;
import io.kuber.testkit.chaos.Fault.LostBookmark;
import io.kuber.testkit.chaos.Fault.LostEvent;
import io.kuber.testkit.chaos.Fault.SlowEvent;
import io.kuber.testkit.chaos.Fault.Target;
import io.kuber.testkit.chaos.Fault.WatchClosed;
import io.kuber.testkit.chaos.Fault.WatchExpired;
import java.nio.charset.StandardCharsets;

/** The way of the encoded events of one watch to its client, in order. For any thread. */
final class EventLane {
  /** The type stands this near to the beginning of an event, in every encoding. */
  private static final int HEAD = 64;

  private final Faults faults;
  private final Asked asked;
  private final Outlet outlet;
  private final Lane lane;

  EventLane(Faults faults, Asked asked, Outlet outlet) {
    this.faults = faults;
    this.asked = asked;
    this.outlet = outlet;
    this.lane = new Lane(faults);
  }

  /** Where events go. */
  interface Outlet {
    void send(byte[] event);

    void end();
  }

  /** One event, as it comes from the server. */
  void send(byte[] event) {
    if (faults.isQuiet()) {
      lane.pass(() -> outlet.send(event));
      return;
    }
    boolean isBookmark = isBookmark(event);
    Asked about = isBookmark ? asked : about(event);
    Fault fault = faults.strike(isBookmark ? Target.BOOKMARK : Target.EVENT, about).orElse(null);
    if (fault instanceof LostEvent || fault instanceof LostBookmark) {
      return;
    }
    if (fault instanceof SlowEvent slow) {
      lane.hold(slow.time());
    }
    if (fault instanceof WatchClosed) {
      lane.pass(outlet::end);
    } else if (fault instanceof WatchExpired) {
      lane.pass(() -> outlet.send(expired()));
      lane.pass(outlet::end);
    } else {
      lane.pass(() -> outlet.send(event));
      if (fault instanceof DoubledEvent) {
        lane.pass(() -> outlet.send(event));
      }
    }
  }

  /** The end, as it comes from the server. */
  void end() {
    lane.pass(outlet::end);
  }

  private static boolean isBookmark(byte[] event) {
    int length = Math.min(HEAD, event.length);
    return new String(event, 0, length, StandardCharsets.ISO_8859_1).contains("BOOKMARK");
  }

  /** Events in protobuf do not tell whom they are about. */
  private Asked about(byte[] event) {
    if (event.length == 0 || event[0] != '{') {
      return asked;
    }
    try {
      Tree object = Json.parse(event).tree("object");
      Tree metadata =
          object.has("rows") && !object.items("rows").isEmpty()
              ? object.items("rows").tree(0).tree("object", "metadata")
              : object.tree("metadata");
      return asked.about(metadata.text("namespace"), metadata.text("name"));
    } catch (MalformedException protobuf) {
      return asked;
    }
  }

  private static byte[] expired() {
    Tree error = Tree.of("type", "ERROR", "object", Refusals.expired().toStatus());
    return (new String(Json.print(error), StandardCharsets.UTF_8) + "\n")
        .getBytes(StandardCharsets.UTF_8);
  }
}
