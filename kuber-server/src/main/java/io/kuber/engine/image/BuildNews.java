package io.kuber.engine.image;

import io.kuber.engine.wire.ProgressLines;
import java.io.IOException;
import java.io.OutputStream;

/**
 * What a build tells its client.
 *
 * @param quiet whether nothing but the result is told
 */
record BuildNews(ProgressLines lines, boolean quiet) {
  /** Tells something that a person reads. */
  void say(String text) throws IOException {
    if (!quiet) {
      lines.stream(text);
    }
  }

  /** Where commands of the build write. */
  BuildOutput output() {
    return new BuildOutput(quiet ? new ProgressLines(OutputStream.nullOutputStream()) : lines);
  }
}
