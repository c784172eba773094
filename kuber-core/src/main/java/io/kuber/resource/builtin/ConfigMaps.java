package io.kuber.resource.builtin;

import io.kuber.object.KubeObject;
import io.kuber.object.Tree;
import io.kuber.resource.Columns;
import io.kuber.resource.FieldPath;
import io.kuber.resource.Kind;
import io.kuber.resource.KindRules;
import io.kuber.resource.Problems;
import io.kuber.resource.Resources;
import io.kuber.resource.check.MetadataCheck;
import io.kuber.resource.check.Names;

/** {@code v1 ConfigMap}. */
final class ConfigMaps implements KindRules {
  static final Kind KIND =
      Kind.of(
          Resources.CONFIG_MAPS,
          new ConfigMaps(),
          Columns.none().name().text("Data", (map, now) -> Long.toString(count(map))).age());

  private ConfigMaps() {}

  private static long count(KubeObject map) {
    return map.tree().tree("data").size() + (long) map.tree().tree("binaryData").size();
  }

  @Override
  public void check(KubeObject map, Problems problems) {
    MetadataCheck.check(map, Names.SUBDOMAIN, problems);
    DataCheck.checkKeys("data", map.tree().tree("data"), problems);
    DataCheck.checkKeys("binaryData", map.tree().tree("binaryData"), problems);
    Tree binary = map.tree().tree("binaryData");
    map.tree()
        .tree("data")
        .forEach(
            (key, value) -> {
              if (binary.has(key)) {
                problems.invalid(
                    FieldPath.ROOT.child("data").key(key),
                    key,
                    "duplicate of key present in binaryData");
              }
            });
    long size = DataCheck.sizeOfTexts(map.tree().tree("data")) + DataCheck.sizeOfBytes(binary);
    DataCheck.checkSize(FieldPath.ROOT.key(""), size, problems);
  }

  @Override
  public void checkUpdate(KubeObject updated, KubeObject old, Problems problems) {
    MetadataCheck.checkUpdate(updated, old, problems);
    DataCheck.checkImmutable(updated, old, problems, "data", "binaryData");
  }
}
