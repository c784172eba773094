package io.kuber.resource.builtin;

import io.kuber.object.KubeObject;
import io.kuber.object.Tree;
import io.kuber.resource.FieldPath;
import io.kuber.resource.Problems;
import io.kuber.resource.check.Names;
import java.util.Objects;

/** What ConfigMaps and Secrets have in common: keys, a size, and a lock. */
final class DataCheck {
  private static final int MAX_SIZE = 1 << 20;

  private DataCheck() {}

  static void checkKeys(String field, Tree data, Problems problems) {
    data.forEach(
        (key, value) ->
            Names.CONFIG_KEY.check(FieldPath.ROOT.child(field).key(key), key, problems));
  }

  static void checkSize(KubeObject object, Problems problems) {
    long size = 0;
    for (String value : object.tree().tree("data").texts().values()) {
      size += value.length();
    }
    for (String value : object.tree().tree("binaryData").texts().values()) {
      size += value.length();
    }
    if (size > MAX_SIZE) {
      problems.tooLong(FieldPath.ROOT, MAX_SIZE);
    }
  }

  static void checkImmutable(
      KubeObject updated, KubeObject old, Problems problems, String... fields) {
    if (!old.tree().isTrue("immutable")) {
      return;
    }
    if (!updated.tree().isTrue("immutable")) {
      problems.forbidden(
          FieldPath.ROOT.child("immutable"), "field is immutable when `immutable` is set");
    }
    for (String field : fields) {
      if (!Objects.equals(updated.tree().get(field), old.tree().get(field))) {
        problems.forbidden(
            FieldPath.ROOT.child(field), "field is immutable when `immutable` is set");
      }
    }
  }
}
