package io.kuber.managed;

import io.kuber.managed.PathElement.FieldName;
import io.kuber.object.Items;
import io.kuber.object.Nil;
import io.kuber.object.Tree;
import io.kuber.schema.TypeSchema;
import org.jspecify.annotations.Nullable;

/**
 * Finds out what differs between two states of an object, field by field. Lives as long as the walk
 * over one node; what is the same leaves no trace and costs no memory.
 */
final class Comparer {
  private @Nullable FieldSetBuilder removed;
  private @Nullable FieldSetBuilder modified;
  private @Nullable FieldSetBuilder added;

  private Comparer() {}

  /** What differs; throws {@link MisfitException}. */
  static Comparison compare(Tree before, Tree after, TypeSchema type) {
    return inside(before, after, Place.of(type));
  }

  private static Comparison inside(@Nullable Object before, @Nullable Object after, Place place) {
    Comparer comparer = new Comparer();
    if (place.isList() && (before instanceof Items || after instanceof Items)) {
      comparer.elements(before, after, place);
    } else {
      comparer.fields(before, after, place);
    }
    return comparer.result();
  }

  private Comparison result() {
    return removed == null && modified == null && added == null
        ? Comparison.SAME
        : new Comparison(built(removed), built(modified), built(added));
  }

  private static FieldSet built(@Nullable FieldSetBuilder builder) {
    return builder == null ? FieldSet.EMPTY : builder.build();
  }

  private void fields(@Nullable Object before, @Nullable Object after, Place place) {
    Tree left = before instanceof Tree tree ? tree : Tree.EMPTY;
    Tree right = after instanceof Tree tree ? tree : Tree.EMPTY;
    Lookup inRight = new Lookup(right);
    for (int i = 0; i < left.size(); i++) {
      String name = left.nameAt(i);
      field(name, left.valueAt(i), inRight.get(name, i), place);
    }
    Lookup inLeft = new Lookup(left);
    for (int i = 0; i < right.size(); i++) {
      String name = right.nameAt(i);
      if (inLeft.get(name, i) == null) {
        field(name, null, right.valueAt(i), place);
      }
    }
  }

  private void field(String name, @Nullable Object before, @Nullable Object after, Place place) {
    if (before == after) {
      return;
    }
    boolean always = (before == null || after == null) && place.hasAlways(name);
    Object left = always && before == null ? Tree.EMPTY : before;
    Object right = always && after == null ? Tree.EMPTY : after;
    Place child = place.child(name);
    if (isLeaf(left, right, child)) {
      if (left == null || !left.equals(right)) {
        note(new FieldName(name), left, right, Comparison.SAME, true);
      }
    } else {
      Comparison inner = inside(left, right, child);
      if (left == null || right == null || !inner.isSame() || isMixed(left, right, child)) {
        note(new FieldName(name), left, right, inner, isMixed(left, right, child));
      }
    }
  }

  private void elements(@Nullable Object before, @Nullable Object after, Place place) {
    Elements left = Elements.of(before, place.list());
    Elements right = Elements.of(after, place.list());
    for (PathElement element : left.distinct()) {
      element(element, left, right, place.element());
    }
    for (PathElement element : right.distinct()) {
      if (left.count(element) == 0) {
        element(element, left, right, place.element());
      }
    }
  }

  /** An element that stands in a list twice has one owner as a whole. */
  private void element(PathElement element, Elements left, Elements right, Place place) {
    int before = left.count(element);
    int after = right.count(element);
    if (before > 1 && after > 1) {
      if (!left.all(element).equals(right.all(element))) {
        note(element, element, element, Comparison.SAME, true);
      }
      return;
    }
    Object old = before > 1 ? null : left.first(element);
    Object now = after > 1 ? null : right.first(element);
    if (old != null || now != null) {
      if (old == now) {
        return;
      }
      Comparison inner = isLeaf(old, now, place) ? Comparison.SAME : inside(old, now, place);
      note(element, old, now, inner, isLeaf(old, now, place) && !same(old, now));
    }
    if (before > 1) {
      removed = into(removed, element, true, FieldSet.EMPTY);
    }
    if (after > 1) {
      added = into(added, element, true, FieldSet.EMPTY);
    }
  }

  private static boolean same(@Nullable Object left, @Nullable Object right) {
    return left != null && left.equals(right);
  }

  /** Takes down what became of one field, and of those inside it. */
  private void note(
      PathElement element,
      @Nullable Object before,
      @Nullable Object after,
      Comparison inner,
      boolean isOther) {
    boolean isNew = before == null;
    boolean isGone = after == null;
    added = into(added, element, isNew, inner.added());
    removed = into(removed, element, isGone, inner.removed());
    modified = into(modified, element, isOther && !isNew && !isGone, inner.modified());
  }

  private static @Nullable FieldSetBuilder into(
      @Nullable FieldSetBuilder builder, PathElement element, boolean isMember, FieldSet below) {
    if (!isMember && below.isEmpty()) {
      return builder;
    }
    FieldSetBuilder target = builder == null ? new FieldSetBuilder() : builder;
    target.add(element, isMember, below);
    return target;
  }

  /** Nothing on both sides keeps the difference between empty and null. */
  private static boolean isLeaf(@Nullable Object before, @Nullable Object after, Place place) {
    return (place.isLeaf(before) && place.isLeaf(after)) || (isNothing(before) && isNothing(after));
  }

  private static boolean isNothing(@Nullable Object value) {
    return value == null
        || value == Nil.NIL
        || (value instanceof Tree tree && tree.isEmpty())
        || (value instanceof Items items && items.isEmpty());
  }

  /** Whether a value with fields inside took the place of one without, or the other way round. */
  private static boolean isMixed(@Nullable Object before, @Nullable Object after, Place place) {
    return before != null
        && after != null
        && before != Nil.NIL
        && after != Nil.NIL
        && place.isLeaf(before) != place.isLeaf(after);
  }
}
