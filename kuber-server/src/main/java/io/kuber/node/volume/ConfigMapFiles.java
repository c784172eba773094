package io.kuber.node.volume;

import io.kuber.node.volume.VolumeKind.Request;
import io.kuber.object.KubeObject;
import io.kuber.object.Tree;
import io.kuber.resource.Resources;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * {@code configMap}: a file per key of a ConfigMap.
 *
 * @param nameField the field of the source that names it
 */
record ConfigMapFiles(String nameField) implements Projection {
  @Override
  public String field() {
    return "configMap";
  }

  @Override
  public Map<String, ProjectedFile> files(Tree source, int mode, Request request) {
    SortedMap<String, byte[]> data =
        KeyedFiles.find(Resources.CONFIG_MAPS, "configmap", source.text(nameField), source, request)
            .map(ConfigMapFiles::data)
            .orElseGet(TreeMap::new);
    return KeyedFiles.select(data, source, mode, "configmap references non-existent config key: ");
  }

  private static SortedMap<String, byte[]> data(KubeObject map) {
    SortedMap<String, byte[]> data = new TreeMap<>();
    map.tree()
        .tree("data")
        .texts()
        .forEach((key, text) -> data.put(key, text.getBytes(StandardCharsets.UTF_8)));
    map.tree()
        .tree("binaryData")
        .texts()
        .forEach((key, base64) -> data.put(key, Base64.getDecoder().decode(base64)));
    return data;
  }
}
