package io.kuber.cli.docker;

import io.kuber.cli.output.CommandFailure;
import io.kuber.json.Json;
import io.kuber.object.Tree;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * What an engine tells while it works: lines of JSON. On a terminal the line of each layer is
 * redrawn in its place; elsewhere there is a line for each thing that happens, without figures.
 * Used by one thread.
 */
final class Progress {
  private final PrintStream out;
  private final boolean terminal;
  private final List<String> drawn = new ArrayList<>();
  private Consumer<Tree> aux = tree -> {};

  Progress(PrintStream out, boolean terminal) {
    this.out = out;
    this.terminal = terminal;
  }

  /** Also hands over what is told to programs: the ids of images. */
  Progress onAux(Consumer<Tree> action) {
    aux = action;
    return this;
  }

  /** Shows all of it; throws what the engine says went wrong. */
  void show(InputStream lines) throws IOException {
    for (String line = Lines.next(lines); !line.isEmpty(); line = Lines.next(lines)) {
      show(Json.parse(line.getBytes(StandardCharsets.UTF_8)));
    }
  }

  private void show(Tree told) {
    if (told.has("errorDetail") || told.has("error")) {
      String message = told.text("errorDetail", "message");
      String said = message.isEmpty() ? told.text("error") : message;
      int code = (int) told.number(0, "errorDetail", "code");
      throw code == 0 ? new CommandFailure(said) : new StepFailure(code, said);
    }
    if (told.get("aux") instanceof Tree tree) {
      aux.accept(tree);
    }
    if (told.has("stream")) {
      out.print(told.text("stream"));
    } else if (told.has("status")) {
      status(told, told.text("id"));
    }
    out.flush();
  }

  private void status(Tree told, String id) {
    String text = (id.isEmpty() ? "" : id + ": ") + told.text("status");
    String bar = bar(told);
    if (terminal && !id.isEmpty()) {
      draw(id, text + (bar.isEmpty() ? "" : " " + bar));
    } else if (bar.isEmpty()) {
      out.println(text);
      drawn.clear();
    }
  }

  private void draw(String id, String text) {
    int place = drawn.indexOf(id);
    if (place < 0) {
      drawn.add(id);
      out.println("\u001b[2K" + text);
      return;
    }
    int up = drawn.size() - place;
    out.print("\u001b[" + up + "A\u001b[2K\r" + text + "\r\u001b[" + up + "B");
  }

  private static String bar(Tree told) {
    long total = told.number(0, "progressDetail", "total");
    long current = told.number(0, "progressDetail", "current");
    if (current == 0 && total == 0) {
      return told.text("progress");
    }
    if (total <= 0) {
      return Sizes.exact(current);
    }
    int done = (int) Math.min(50, current * 50 / total);
    return "["
        + "=".repeat(done)
        + ">"
        + " ".repeat(50 - done)
        + "] "
        + Sizes.exact(current)
        + "/"
        + Sizes.exact(total);
  }
}
