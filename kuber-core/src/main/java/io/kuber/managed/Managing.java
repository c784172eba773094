package io.kuber.managed;

import io.kuber.object.Items;
import io.kuber.object.Tree;

/** {@code metadata.managedFields} of an object. */
public final class Managing {
  private static final String METADATA = "metadata";
  private static final String FIELD = "managedFields";

  private Managing() {}

  /** The entries as the object has them; empty where it has none. */
  public static Items of(Tree object) {
    return object.items(METADATA, FIELD);
  }

  /** The object without entries. */
  public static Tree unmanaged(Tree object) {
    return object.tree(METADATA).has(FIELD) ? object.withoutAt(METADATA, FIELD) : object;
  }

  /** The object with these entries; without any where there are none. */
  public static Tree managed(Tree object, Items entries) {
    return entries.isEmpty() ? unmanaged(object) : object.withAt(entries, METADATA, FIELD);
  }

  /** The later state with the earlier times, when nothing else is different. */
  public static Tree keepingTimes(Tree earlier, Tree later) {
    Items before = of(earlier);
    Items after = of(later);
    return !before.equals(after)
            && ManagedFields.sameButTimes(before, after)
            && unmanaged(earlier).equals(unmanaged(later))
        ? managed(later, before)
        : later;
  }

  /** Whether a body asks to forget all owners: by an empty list, or by one empty entry. */
  static boolean isReset(Tree object) {
    if (!(object.at(METADATA, FIELD) instanceof Items items)) {
      return false;
    }
    return items.isEmpty() || (items.size() == 1 && items.tree(0).isEmpty());
  }
}
