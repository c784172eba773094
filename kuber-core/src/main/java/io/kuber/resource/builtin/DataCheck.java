package io.kuber.resource.builtin;

import com.google.common.base.Utf8;
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
        (key, value) -> {
          FieldPath path = FieldPath.ROOT.child(field).key(key);
          Names.CONFIG_KEY.check(path, key, problems);
          checkBeginning(path, key, problems);
        });
  }

  /** Volumes have files of the keys, and names with two dots for themselves. */
  private static void checkBeginning(FieldPath path, String key, Problems problems) {
    if (key.equals(".") || key.equals("..")) {
      problems.invalid(path, key, "must not be '" + key + "'");
    } else if (key.startsWith("..")) {
      problems.invalid(path, key, "must not start with '..'");
    }
  }

  /** Reports values that are too much together, where Kubernetes says so. */
  static void checkSize(FieldPath field, long size, Problems problems) {
    if (size > MAX_SIZE) {
      problems.tooLong(field, MAX_SIZE);
    }
  }

  /** The bytes of values that are texts. */
  static long sizeOfTexts(Tree data) {
    long size = 0;
    for (String value : data.texts().values()) {
      size += Utf8.encodedLength(value);
    }
    return size;
  }

  /** The bytes of values in base64, which fills its last four letters up. */
  static long sizeOfBytes(Tree data) {
    long size = 0;
    for (String value : data.texts().values()) {
      int filled = value.endsWith("==") ? 2 : value.endsWith("=") ? 1 : 0;
      size += value.length() / 4 * 3L - filled;
    }
    return size;
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
