package io.kuber.engine.wire;

import io.kuber.json.Json;
import io.kuber.object.Tree;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/**
 * The news of something that takes long, such as a pull or a build: JSON objects, one a line, which
 * clients show as they come. For any thread.
 */
public final class ProgressLines implements AutoCloseable {
  private final OutputStream out;

  /** Writes to {@code out}, which belongs to this from now on. */
  public ProgressLines(OutputStream out) {
    this.out = out;
  }

  /** A line of its own, such as {@code Pulling from library/busybox}. */
  public void status(String text) throws IOException {
    line(Tree.of("status", text));
  }

  /** How it stands with a part, such as a layer, whose line is replaced. */
  public void status(String id, String text) throws IOException {
    line(Tree.of("status", text, "progressDetail", Tree.EMPTY, "id", id));
  }

  /** How far a part has come, in bytes; 0 for a {@code total} that nobody knows. */
  public void progress(String id, String text, long current, long total) throws IOException {
    Tree detail =
        total > 0 ? Tree.of("current", current, "total", total) : Tree.of("current", current);
    line(Tree.of("status", text, "progressDetail", detail, "id", id));
  }

  /** Text as a build writes it, with its line ends. */
  public void stream(String text) throws IOException {
    line(Tree.of("stream", text));
  }

  /** A result for programs, such as the id of an image. */
  public void aux(Tree result) throws IOException {
    line(Tree.of("aux", result));
  }

  /** That it has failed, which clients end with. */
  public void error(String message) throws IOException {
    line(Tree.of("errorDetail", Tree.of("message", message), "error", message));
  }

  /** That a command has failed with an exit code. */
  public void error(int code, String message) throws IOException {
    line(
        Tree.of("errorDetail", Tree.of("code", (long) code, "message", message), "error", message));
  }

  /** Any object. */
  public synchronized void line(Tree object) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    line.write(Json.print(object));
    line.write('\r');
    line.write('\n');
    out.write(line.toByteArray());
    out.flush();
  }

  /** Completes the answer. */
  @Override
  public void close() throws IOException {
    out.close();
  }
}
