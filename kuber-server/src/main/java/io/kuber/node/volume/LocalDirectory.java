package io.kuber.node.volume;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** {@code local} of persistent volumes: a directory of one node (upstream pkg/volume/local). */
final class LocalDirectory implements VolumeKind {
  @Override
  public String field() {
    return "local";
  }

  @Override
  public Made make(Request request) throws IOException {
    Path path = Path.of(request.source().text("path"));
    if (!Files.exists(path)) {
      throw new VolumeException("path \"" + path + "\" does not exist");
    }
    boolean readOnly = request.source().isTrue("readOnly");
    if (!readOnly) {
      FileGroup.of(request.pod(), false).give(path);
    }
    return new Made.Place(path, readOnly);
  }
}
