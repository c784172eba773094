package io.kuber.managed;

import io.kuber.managed.PathElement.FieldName;
import io.kuber.object.Items;
import io.kuber.object.Nil;
import io.kuber.object.Tree;
import io.kuber.schema.TypeSchema;

/**
 * The fields that somebody writes who writes a new object: what {@link Comparer} finds between
 * nothing and the object, found in one walk.
 */
final class NewFields {
  private NewFields() {}

  /** The fields of an object; throws {@link MisfitException}. */
  static FieldSet of(Tree object, TypeSchema type) {
    return fields(object, Place.of(type));
  }

  private static FieldSet fields(Tree tree, Place place) {
    FieldSetBuilder set = new FieldSetBuilder(tree.size());
    for (int i = 0; i < tree.size(); i++) {
      String name = tree.nameAt(i);
      Object value = tree.valueAt(i);
      Place child = place.child(name);
      boolean isMember = !(value instanceof Tree && place.hasAlways(name));
      if (isMember || !isNothing(value)) {
        set.add(new FieldName(name), isMember || child.isLeaf(value), below(value, child));
      }
    }
    return set.build();
  }

  private static FieldSet elements(Items items, Place place) {
    FieldSetBuilder set = new FieldSetBuilder(items.size());
    Elements elements = Elements.of(items, place.list());
    for (PathElement element : elements.distinct()) {
      Object first = elements.first(element);
      FieldSet below =
          first == null || elements.count(element) > 1
              ? FieldSet.EMPTY
              : below(first, place.element());
      set.add(element, true, below);
    }
    return set.build();
  }

  private static FieldSet below(Object value, Place place) {
    if (isNothing(value) || place.isLeaf(value)) {
      return FieldSet.EMPTY;
    }
    return value instanceof Tree tree ? fields(tree, place) : elements((Items) value, place);
  }

  private static boolean isNothing(Object value) {
    return value == Nil.NIL
        || (value instanceof Tree tree && tree.isEmpty())
        || (value instanceof Items items && items.isEmpty());
  }
}
