package io.kuber.server.tunnel;

import io.kuber.api.RemoteProcess;
import io.kuber.json.Json;
import io.kuber.json.MalformedException;
import io.kuber.object.Tree;

/** What a client says about its terminal: {@code {"Width":80,"Height":24}}. */
final class TerminalSize {
  private static final int MAX = 0xffff;

  private TerminalSize() {}

  /** Tells the process; a size that is no size is ignored, as kubelets do. */
  static void apply(byte[] json, RemoteProcess process) {
    try {
      Tree size = Json.parse(json);
      long columns = size.number(0, "Width");
      long rows = size.number(0, "Height");
      if (columns > 0 && columns <= MAX && rows > 0 && rows <= MAX) {
        process.resize((int) columns, (int) rows);
      }
    } catch (MalformedException ignored) {
      // Nothing to resize to.
    }
  }
}
