package io.kuber.node.volume;

import io.kuber.node.volume.VolumeKind.Request;
import io.kuber.object.KubeObject;
import io.kuber.object.Tree;
import io.kuber.resource.Resources;
import java.util.Base64;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * {@code secret}: a file per key of a Secret.
 *
 * @param nameField the field of the source that names it
 */
record SecretFiles(String nameField) implements Projection {
  @Override
  public String field() {
    return "secret";
  }

  @Override
  public Map<String, ProjectedFile> files(Tree source, int mode, Request request) {
    SortedMap<String, byte[]> data =
        KeyedFiles.find(Resources.SECRETS, "secret", source.text(nameField), source, request)
            .map(SecretFiles::data)
            .orElseGet(TreeMap::new);
    return KeyedFiles.select(data, source, mode, "references non-existent secret key: ");
  }

  private static SortedMap<String, byte[]> data(KubeObject secret) {
    SortedMap<String, byte[]> data = new TreeMap<>();
    secret
        .tree()
        .tree("data")
        .texts()
        .forEach((key, base64) -> data.put(key, Base64.getDecoder().decode(base64)));
    return data;
  }
}
