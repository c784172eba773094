package io.kuber.node.volume;

import io.kuber.node.volume.VolumeKind.Request;
import io.kuber.object.Tree;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/** {@code downwardAPI}: what the pod may know of itself. */
record DownwardFiles() implements Projection {
  @Override
  public String field() {
    return "downwardAPI";
  }

  @Override
  public Map<String, ProjectedFile> files(Tree source, int mode, Request request) {
    Map<String, ProjectedFile> files = new LinkedHashMap<>();
    for (Tree item : source.items("items").trees()) {
      byte[] content = request.sources().own(item).getBytes(StandardCharsets.UTF_8);
      int own = (int) item.number(mode, "mode");
      files.put(item.text("path"), ProjectedFile.of(content, own));
    }
    return files;
  }
}
