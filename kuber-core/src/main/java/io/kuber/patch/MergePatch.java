package io.kuber.patch;

import io.kuber.object.Nil;
import io.kuber.object.Tree;

/** Merge patch, RFC 7386: objects merge, nulls delete, everything else replaces. */
public final class MergePatch {
  private MergePatch() {}

  /** The object with the patch merged into it. */
  public static Tree apply(Tree object, Tree patch) {
    Tree merged = object;
    for (int i = 0; i < patch.size(); i++) {
      String name = patch.nameAt(i);
      Object value = patch.valueAt(i);
      if (value == Nil.NIL) {
        merged = merged.without(name);
      } else if (value instanceof Tree inner) {
        merged = merged.with(name, apply(object.tree(name), inner));
      } else {
        merged = merged.with(name, value);
      }
    }
    return merged;
  }
}
