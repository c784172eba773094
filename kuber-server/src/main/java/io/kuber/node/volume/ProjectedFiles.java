package io.kuber.node.volume;

import io.kuber.node.volume.VolumeKind.Request;
import io.kuber.object.Tree;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** {@code projected}: several sources in one directory, later ones over earlier ones. */
record ProjectedFiles() implements Projection {
  private static final List<Projection> SOURCES =
      List.of(
          new SecretFiles("name"),
          new ConfigMapFiles("name"),
          new DownwardFiles(),
          new TokenFiles());

  @Override
  public String field() {
    return "projected";
  }

  @Override
  public Map<String, ProjectedFile> files(Tree source, int mode, Request request) {
    Map<String, ProjectedFile> files = new LinkedHashMap<>();
    for (Tree part : source.items("sources").trees()) {
      for (int i = 0; i < part.size(); i++) {
        if (part.valueAt(i) instanceof Tree own) {
          files.putAll(projection(part.nameAt(i)).files(own, mode, request));
        }
      }
    }
    return files;
  }

  private static Projection projection(String field) {
    return SOURCES.stream()
        .filter(projection -> projection.field().equals(field))
        .findFirst()
        .orElseThrow(() -> new VolumeException("this node makes no files of a projected " + field));
  }
}
