package io.kuber.node.volume;

import io.kuber.node.volume.VolumeKind.Request;
import io.kuber.object.KubeObject;
import io.kuber.object.Tree;
import io.kuber.resource.ResourceType;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;

/**
 * What ConfigMaps and Secrets have in common as files: keys, some of them at paths of their own.
 */
final class KeyedFiles {
  private KeyedFiles() {}

  /** The object that a source refers to; empty when it may be missing and is. */
  static Optional<KubeObject> find(
      ResourceType type, String noun, String name, Tree source, Request request) {
    Optional<KubeObject> object = request.sources().find(type, request.pod().namespace(), name);
    if (object.isEmpty() && !source.isTrue("optional")) {
      throw new VolumeException(noun + " \"" + name + "\" not found");
    }
    return object;
  }

  /**
   * A file per key, or only those under {@code items}.
   *
   * @param missing how to begin the message about a key that is not there
   */
  static Map<String, ProjectedFile> select(
      SortedMap<String, byte[]> data, Tree source, int mode, String missing) {
    Map<String, ProjectedFile> files = new LinkedHashMap<>();
    List<Tree> items = source.items("items").trees();
    if (items.isEmpty()) {
      data.forEach((key, content) -> files.put(key, ProjectedFile.of(content, mode)));
    }
    for (Tree item : items) {
      byte[] content = data.get(item.text("key"));
      if (content != null) {
        int own = (int) item.number(mode, "mode");
        files.put(item.text("path"), ProjectedFile.of(content, own));
      } else if (!source.isTrue("optional")) {
        throw new VolumeException(missing + item.text("key"));
      }
    }
    return files;
  }
}
